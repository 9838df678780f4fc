"""An account of Functions V2 (functions-api §3-§8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.errors import AnsweredError
from faasctl.facts.services import FUNCTIONS_UI
from faasctl.liveperson.answers import changes_nothing
from faasctl.liveperson.calls import V2, Query, quoted
from faasctl.liveperson.model import Counts, Deployment, Manifest, RemoteFunction
from faasctl.liveperson.parsing import parse_deployment, parse_function
from faasctl.liveperson.reading import Fields, read_object, read_objects, wrong_type
from faasctl.liveperson.retry import Repeat
from faasctl.liveperson.signed_in import SignedInAccount

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from faasctl.deadline import Deadline
    from faasctl.liveperson.platform import Dialect


class PlatformV2(SignedInAccount):
    """Implements `Platform`."""

    dialect: Dialect = "v2"
    wire = V2
    collection = "/functions"

    def functions(self, *, deadline: Deadline | None = None) -> tuple[RemoteFunction, ...]:
        purpose = f"listing the functions of account {self.account}"
        until = self._sooner(deadline)
        answer = self._transport.send(self._calls.manage("GET", self.collection, purpose, until), until)
        return tuple(self._remember(parse_function(fields)) for fields in read_objects(answer, purpose))

    def function(self, uuid: str, *, deadline: Deadline | None = None) -> RemoteFunction:
        purpose = f"reading function {self._name(uuid)}"
        until = self._sooner(deadline)
        answer = self._transport.send(self._calls.manage("GET", self._path(uuid), purpose, until), until)
        body = answer.json(purpose)
        if isinstance(body, list) and len(body) == 1:  # the official client has read either form (§4.2)
            body = body[0]
        return self._remember(parse_function(Fields(body, answer, purpose)))

    def create_function(
        self,
        name: str,
        *,
        description: str,
        event_id: str | None = None,
        skills: Sequence[str] = (),
        size: str | None = None,
        code: str = "",
        environment: Mapping[str, str] | None = None,
        deadline: Deadline | None = None,
    ) -> RemoteFunction:
        """`code` and `environment` are left to `update_manifest`: no client sends them here (§13.1)."""
        purpose = f"creating function {name}"
        until = self._sooner(deadline)
        body: dict[str, Any] = {"name": name, "description": description}
        body |= {"eventId": event_id} if event_id else {}
        body |= {"skills": list(skills)} if skills else {}
        body |= {"size": size} if size else {}
        request = self._calls.manage("POST", self.collection, purpose, until, json=body)
        return self._create(
            request, name, event_id, until, lambda answer: parse_function(read_object(answer, purpose))
        )

    def update_function(
        self, uuid: str, *, description: str, skills: Sequence[str], deadline: Deadline | None = None
    ) -> RemoteFunction:
        purpose = f"updating function {self._name(uuid)}"
        until = self._sooner(deadline)
        body = {"description": description, "skills": list(skills)}
        request = self._calls.manage("PUT", self._path(uuid), purpose, until, json=body, repeat=Repeat.ALWAYS)
        try:
            answer = self._transport.send(request, until)
        except AnsweredError as error:
            if changes_nothing(error):
                return self.function(uuid, deadline=until)
            raise
        return self._remember(parse_function(read_object(answer, purpose)))

    def update_manifest(
        self,
        uuid: str,
        manifest: Manifest,
        *,
        code: str | None = None,
        environment: Mapping[str, str] | None = None,
        deadline: Deadline | None = None,
    ) -> None:
        until = self._sooner(deadline)
        body: dict[str, Any] = {"version": manifest.version, "id": manifest.id}
        body |= {"code": code} if code is not None else {}
        body |= {"environment": dict(environment)} if environment is not None else {}
        purpose = f"updating the code of function {self._name(uuid)}"
        request = self._calls.manage("PUT", f"{self._path(uuid)}/manifest", purpose, until, json=body)

        def applied() -> bool:
            now = self.function(uuid, deadline=until).manifest
            return now is not None and now.holds(code, environment)

        self._send_change(request, until, applied)

    def redeploy(self, uuid: str, *, deadline: Deadline | None = None) -> None:
        self._start_deployment("PATCH", "redeploying", uuid, self._sooner(deadline))

    def deployments(self, uuid: str | None = None, *, deadline: Deadline | None = None) -> tuple[Deployment, ...]:
        purpose = f"reading the deployments of account {self.account}"
        until = self._sooner(deadline)
        answer = self._transport.send(self._calls.manage("GET", "/deployments", purpose, until), until)
        found = [parse_deployment(fields) for fields in read_objects(answer, purpose)]
        if all(deployment.created_at for deployment in found):  # the order of the list is only inferred (§6)
            found.sort(key=lambda deployment: deployment.created_at or "", reverse=True)
        return tuple(entry for entry in found if uuid is None or entry.function_uuid == uuid)

    def counts(self, *, deadline: Deadline | None = None) -> Counts:
        until = self._sooner(deadline)
        return Counts(functions=self._count("functions", until), deployments=self._count("deployments", until))

    def _count(self, what: str, until: Deadline) -> int:
        purpose = f"counting the {what} of account {self.account}"
        answer = self._transport.send(self._calls.manage("GET", f"/{what}/count", purpose, until), until)
        number = answer.json(purpose)
        if not isinstance(number, int) or isinstance(number, bool):
            raise wrong_type(answer, purpose, "the body", "a whole number", number)
        return number

    def _test_route(self, uuid: str) -> tuple[str, str]:
        return FUNCTIONS_UI, f"{self._path(uuid)}/test"

    def _logs_route(self, uuid: str) -> tuple[str, Query]:
        return f"/functions/{quoted(uuid)}/logs/export", ()
