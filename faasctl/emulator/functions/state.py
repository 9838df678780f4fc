"""The functions of all accounts: what is saved, and what may change when."""

from __future__ import annotations

import json
import sqlite3
import time
import uuid as uuids
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from faasctl.emulator.functions import errors
from faasctl.emulator.functions.model import DEFAULT_SIZE, RUNTIME, Function, Version
from faasctl.emulator.functions.rules import ManifestChange, MetaChange
from faasctl.emulator.sealing import is_sealed
from faasctl.facts import events, limits, states

if TYPE_CHECKING:
    from faasctl.emulator.sealing import Seal
    from faasctl.emulator.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFunction:
    name: str
    description: str
    event_id: str | None
    skills: tuple[str, ...]
    size: str | None
    sample_payload: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeKind:
    """How code is to be loaded, as the inspector found it."""

    interface: Literal["v1", "v2"] = "v2"
    module: Literal["esm", "commonjs"] = "esm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """Who saves a version, started from which (-1: from any), and how many versions stay."""

    by: str
    based_on: int
    refuse_stale: bool
    kept: int


class Functions:
    """Methods that take a uuid raise the not-found Refusal for a function that the account does not have."""

    def __init__(self, store: Store, seal: Seal, *, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._seal = seal
        self._clock = clock

    def find(
        self,
        account: str,
        *,
        in_states: Sequence[str] = (),
        event_id: str | None = None,
        name: str | None = None,
    ) -> list[Function]:
        """By name; a filter that is empty or None does not filter."""
        clauses, values = ["account = ?"], [account]
        if in_states:
            clauses.append(f"state IN ({', '.join('?' * len(in_states))})")
            values += in_states
        if event_id:
            clauses.append("event_id = ?")
            values.append(event_id)
        if name:
            clauses.append("name = ?")
            values.append(name)
        statement = f"SELECT * FROM functions WHERE {' AND '.join(clauses)} ORDER BY name"  # noqa: S608
        return [_function(row) for row in self._store.rows(statement, *values)]

    def get(self, account: str, uuid: str) -> Function:
        row = self._store.row("SELECT * FROM functions WHERE uuid = ? AND account = ?", uuid, account)
        if row is None:
            raise errors.not_found(account, uuid)
        return _function(row)

    def versions(self, uuid: str, count: int = limits.VERSIONS_KEPT.value) -> Sequence[Version]:
        """The newest `count` versions, newest first."""
        rows = self._store.rows(
            "SELECT * FROM versions WHERE function_uuid = ? ORDER BY version DESC LIMIT ?", uuid, count
        )
        return [self._version(row) for row in rows]

    def version(self, uuid: str, number: int) -> Version | None:
        row = self._store.row("SELECT * FROM versions WHERE function_uuid = ? AND version = ?", uuid, number)
        return None if row is None else self._version(row)

    def with_versions(
        self, account: str, uuid: str, count: int = limits.VERSIONS_KEPT.value
    ) -> tuple[Function, Sequence[Version]]:
        with self._store.reading():
            return self.get(account, uuid), self.versions(uuid, count)

    def count(self, account: str) -> int:
        return self._store.number("SELECT count(*) FROM functions WHERE account = ?", account)

    def create(
        self, account: str, new: NewFunction, change: ManifestChange | None, kind: CodeKind, by: str
    ) -> tuple[Function, Version]:
        """A Draft with an empty manifest at version 0 and, where `change` is given, that one saved on it."""
        with self._store.writing():
            self._check_room(account, new)
            uuid, now = str(uuids.uuid4()), self._clock()
            self._store.execute(
                "INSERT INTO functions (uuid, account, name, description, event_id, state, skills, size,"
                " manifest_id, sample_payload, created_at, created_by, updated_at, updated_by)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *(uuid, account, new.name, new.description, new.event_id, states.DRAFT, json.dumps(new.skills)),
                *(new.size or DEFAULT_SIZE, str(uuids.uuid4()), new.sample_payload, now, by, now, by),
            )
            empty = ManifestChange(code="", environment={}, custom_dependencies={}, runtime=RUNTIME)
            self._insert_version(uuid, 0, empty, CodeKind(), by)
            if change is not None and _differs(change, self.versions(uuid, 1)[0]):
                self._add_version(uuid, self.versions(uuid, 1)[0], change, kind, by)
            return self.get(account, uuid), self.versions(uuid, 1)[0]

    def _check_room(self, account: str, new: NewFunction) -> None:
        if self.find(account, name=new.name):
            raise errors.invalid(f"the account has a function {new.name} already")
        if self.count(account) >= limits.FUNCTIONS_PER_ACCOUNT.value:
            raise errors.invalid(f"an account holds at most {limits.FUNCTIONS_PER_ACCOUNT.value} functions")
        if new.event_id is not None:
            self._check_event(account, new.event_id, new.skills, None)

    def _check_event(self, account: str, event_id: str, skills: Sequence[str], uuid: str | None) -> None:
        """Where an event supports skills, functions share it as long as no skill is in two (§5.1)."""
        event = events.BY_ID[event_id]
        others = [other for other in self.find(account, event_id=event_id) if other.uuid != uuid]
        if not event.supports_skills:
            if len(others) >= event.function_limit:
                raise errors.invalid(f"at most {event.function_limit} functions may listen to {event_id}")
            return
        for other in others:
            if not skills or not other.skills or set(skills) & set(other.skills):
                raise errors.invalid(
                    f"{other.name} listens to {event_id} already; only functions with different skills share it"
                )

    def update(self, account: str, uuid: str, change: MetaChange, *, by: str) -> tuple[Function, Version]:
        """Changes what is not None. Another size needs a redeployment, description and skills do not."""
        with self._store.writing():
            before = self.get(account, uuid)
            self._refuse_while_deploying(before)
            if not self._save_meta(before, change, by):
                raise errors.unchanged()
            return self.get(account, uuid), self.versions(uuid, 1)[0]

    def _save_meta(self, before: Function, change: MetaChange, by: str) -> bool:
        """Whether anything changed."""
        description = before.description if change.description is None else change.description
        skills = before.skills if change.skills is None else change.skills
        size = change.size or before.size
        sample_payload = change.sample_payload or before.sample_payload
        after = (description, skills, size, sample_payload)
        if after == (before.description, before.skills, before.size, before.sample_payload):
            return False
        if before.event_id is not None and skills != before.skills:
            self._check_event(before.account, before.event_id, skills, before.uuid)
        state = _after_change(before.state) if size != before.size else before.state
        self._store.execute(
            "UPDATE functions SET description = ?, skills = ?, size = ?, sample_payload = ?, state = ?,"
            " updated_at = ?, updated_by = ? WHERE uuid = ?",
            *(description, json.dumps(skills), size, sample_payload, state, self._clock(), by, before.uuid),
        )
        return True

    def save_manifest(
        self, account: str, uuid: str, change: ManifestChange, kind: CodeKind | None, saving: Saving
    ) -> tuple[Function, Version]:
        """Saves a new version; `kind` is None where `change` holds no code. The old version keeps serving."""
        with self._store.writing():
            function = self.get(account, uuid)
            self._refuse_while_deploying(function)
            self._refuse_stale(uuid, saving)
            if not self._save_version(function, change, kind, saving):
                raise errors.unchanged()
            return self.get(account, uuid), self.versions(uuid, 1)[0]

    def save_whole(
        self,
        account: str,
        uuid: str,
        meta: MetaChange,
        change: ManifestChange,
        kind: CodeKind | None,
        saving: Saving,
    ) -> tuple[Function, Version]:
        """Both updates at once, as V1 has them."""
        with self._store.writing():
            before = self.get(account, uuid)
            self._refuse_while_deploying(before)
            self._refuse_stale(uuid, saving)
            changed = self._save_meta(before, meta, saving.by)
            if self._save_version(self.get(account, uuid), change, kind, saving):
                changed = True
            if not changed:
                raise errors.unchanged()
            return self.get(account, uuid), self.versions(uuid, 1)[0]

    def _refuse_stale(self, uuid: str, saving: Saving) -> None:
        current = self.versions(uuid, 1)[0].version
        if saving.refuse_stale and saving.based_on not in (-1, current):
            raise errors.stale(saving.based_on, current)

    def _save_version(
        self, function: Function, change: ManifestChange, kind: CodeKind | None, saving: Saving
    ) -> bool:
        """Whether there was anything to save."""
        current = self.versions(function.uuid, 1)[0]
        if not _differs(change, current):
            return False
        kind = kind or CodeKind(interface=current.interface, module=current.module)
        self._add_version(function.uuid, current, change, kind, saving.by, saving.kept)
        self._store.execute(
            "UPDATE functions SET state = ?, updated_at = ?, updated_by = ? WHERE uuid = ?",
            *(_after_change(function.state), self._clock(), saving.by, function.uuid),
        )
        return True

    def delete(self, account: str, uuid: str) -> None:
        with self._store.writing():
            function = self.get(account, uuid)
            self._refuse_while_deploying(function)
            if function.state != states.DRAFT:
                raise errors.still_deployed(function.name)
            self._store.execute("DELETE FROM functions WHERE uuid = ?", uuid)

    def _refuse_while_deploying(self, function: Function) -> None:
        """No change while a (un)deployment runs (functions-api §4.4)."""
        if function.undeployed_from is not None or self._store.row(
            "SELECT 1 FROM deployments_running WHERE function_uuid = ?",
            function.uuid,
        ):
            raise errors.busy(function.name)

    def _add_version(
        self,
        uuid: str,
        current: Version,
        change: ManifestChange,
        kind: CodeKind,
        by: str,
        kept: int = limits.VERSIONS_KEPT.value,
    ) -> None:
        whole = ManifestChange(
            code=current.code if change.code is None else change.code,
            environment=current.environment if change.environment is None else change.environment,
            custom_dependencies=current.custom_dependencies
            if change.custom_dependencies is None
            else change.custom_dependencies,
            runtime=change.runtime or current.runtime,
        )
        self._insert_version(uuid, current.version + 1, whole, kind, by)
        self._store.execute(
            "DELETE FROM versions WHERE function_uuid = ? AND version <= ?"
            " AND version IS NOT (SELECT serving_version FROM functions WHERE uuid = ?)",
            *(uuid, current.version + 1 - kept, uuid),
        )

    def _insert_version(self, uuid: str, number: int, whole: ManifestChange, kind: CodeKind, by: str) -> None:
        self._store.execute(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(uuid, number, whole.code, self._sealed_environment(uuid, number, whole.environment)),
            json.dumps(whole.custom_dependencies),
            *(whole.runtime, kind.interface, kind.module, self._clock(), by),
        )

    def _sealed_environment(self, uuid: str, number: int, environment: Mapping[str, str] | None) -> str:
        """An environment may hold secrets, so it is not readable at rest; an empty one costs no cryptography."""
        text = json.dumps(environment)
        return self._seal.seal(text, of=_environment_of(uuid, number)) if environment else text

    def _version(self, row: sqlite3.Row) -> Version:
        data = dict(row)
        uuid, environment = data.pop("function_uuid"), data["environment"]
        if is_sealed(environment):
            environment = self._seal.open(environment, of=_environment_of(uuid, data["version"]))
        data["environment"] = json.loads(environment)
        data["custom_dependencies"] = json.loads(data["custom_dependencies"])
        return Version(**data)


def _environment_of(uuid: str, number: int) -> str:
    return f"environment of function {uuid}, version {number}"


def _after_change(state: str) -> str:
    return states.MODIFIED if state == states.PRODUCTIVE else state


def _differs(change: ManifestChange, current: Version) -> bool:
    pairs: tuple[tuple[Any, Any], ...] = (
        (change.code, current.code),
        (change.environment, current.environment),
        (change.custom_dependencies, current.custom_dependencies),
        (change.runtime, current.runtime),
    )
    return any(new is not None and new != old for new, old in pairs)


def _function(row: sqlite3.Row) -> Function:
    return Function(**{**dict(row), "skills": tuple(json.loads(row["skills"]))})
