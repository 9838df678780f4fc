"""How each limit is stood upon: what a caller does to use so much of it, and what it is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from faasctl.facts import limits
from tests.emulator.v1.conftest import LambdaClient

if TYPE_CHECKING:
    from faasctl.emulator.store import Store
    from faasctl.facts.limits import Limit
    from faasctl.facts.services import Generation
    from tests.emulator.conftest import Answer, ContractClient

WITH_SKILLS = "controllerbot_messaging_ttr"
YEARLY = "0 0 1 1 *"
_KEPT_MS = 60_000


@dataclass(frozen=True, kw_only=True)
class Told:
    """The end of the last call: the HTTP status, None where there is none, and the code where one was told."""

    status: int | None = None
    code: str | None = None

    @property
    def taken(self) -> bool:
        return self.code is None and (self.status is None or self.status < 400)


class Account:
    """An account of either generation, with calls in that one's form."""

    def __init__(self, client: ContractClient, platform: Generation, store: Store) -> None:
        self.client = client
        self.platform = platform
        self.store = store
        self.lambdas = LambdaClient(client)

    def create(self, name: str = "Echo", body: str = "return 1", event: str | None = None, **more: Any) -> Answer:
        """`environment` is a mapping; `code` replaces what is made of `body`."""
        code = more.pop("code", None) or self.code(body)
        environment: Mapping[str, str] = more.pop("environment", {})
        if self.platform == "v1":
            pairs = [{"key": key, "value": value} for key, value in environment.items()]
            return self.lambdas.create(name, code, event, environment=pairs, **more)
        manifest = {"code": code, "environment": dict(environment), **more.pop("manifest", {})}
        return self.client.create(name, event, manifest=manifest, **more)

    def code(self, body: str) -> str:
        if self.platform == "v1":
            return f"async function lambda(input, callback) {{ callback(null, await run(input)); }}\n{_run(body)}"
        return f"async function lambda(input) {{ return run(input); }}\n{_run(body)}"

    def save(self, uuid: str, body: str) -> Answer:
        if self.platform == "v1":
            return self.lambdas.change(uuid, code=self.code(body))
        return self.client.push(uuid, self.code(body))

    def deployed(self, body: str = "return 1", name: str = "Echo") -> str:
        uuid = str(self.create(name, body).json["uuid"])
        self.deploy(uuid)
        self.wait_until_deployed(uuid)
        return uuid

    def deploy(self, uuid: str) -> Told:
        return told(self.client.call("POST", f"/deployments/{uuid}"))

    def wait_until_deployed(self, uuid: str) -> None:
        if self.platform == "v1":
            self.lambdas.wait_for_state(uuid, "Productive")
        else:
            self.client.wait_for_state(uuid, "Productive")

    def test(self, uuid: str, payload: Any = None) -> Answer:
        """A test invocation, as a user who signed in."""
        if self.platform == "v1":
            return self.lambdas.test_call(uuid, payload)
        return self.client.call("POST", f"/functions/{uuid}/test", {"headers": [], "payload": payload})

    def run(self, body: str, payload: Any = None) -> Answer:
        """The test invocation of a function of this body, in which `input` is its input."""
        return self.test(self.deployed(body), payload)


def _run(body: str) -> str:
    return f"async function run(input) {{ {body} }}"


def told(answer: Answer) -> Told:
    if answer.status < 400:
        return Told(status=answer.status)
    body = json.loads(answer.text)
    return Told(status=answer.status, code=body.get("code", body.get("errorCode")))


Use = Callable[[Account, int], Told]
Keep = Callable[[Account, int], int]


# ---- what is saved


def functions(account: Account, count: int) -> Told:
    return [told(account.create(f"F{number}")) for number in range(count)][-1]


def deployments(account: Account, count: int) -> Told:
    account.client.of_account("PUT", "", {"deployDelay": 600})
    uuids = [str(account.create(f"F{number}").json["uuid"]) for number in range(count)]
    return [account.deploy(uuid) for uuid in uuids][-1]


def skills(account: Account, count: int) -> Told:
    return told(account.create(event=WITH_SKILLS, skills=[f"skill {number}" for number in range(count)]))


def code(account: Account, characters: int) -> Told:
    return told(account.create(code=account.code("return 1").ljust(characters)))


def name(account: Account, characters: int) -> Told:
    return told(account.create("N" * characters))


def description(account: Account, characters: int) -> Told:
    return told(account.create(description="d" * characters))


def runtime(account: Account, characters: int) -> Told:
    return told(account.create(manifest={"runtime": "r" * characters}))


def variables(account: Account, count: int) -> Told:
    return told(account.create(environment={f"K{number}": "v" for number in range(count)}))


def variable_name(account: Account, characters: int) -> Told:
    return told(account.create(environment={"K" * characters: "v"}))


def variable_value(account: Account, characters: int) -> Told:
    return told(account.create(environment={"K": "v" * characters}))


def sample_payload(account: Account, characters: int) -> Told:
    return told(account.create(samplePayload=_as_long_as({"headers": []}, "payload", characters)))


# ---- schedules and secrets


def schedules(account: Account, count: int) -> Told:
    uuid = account.deployed()
    return [_schedule(account, uuid) for _ in range(count)][-1]


def schedule_payload(account: Account, characters: int) -> Told:
    return _schedule(account, account.deployed(), invocationBody={"payload": "p" * (characters - 2)})


def schedule_cron(account: Account, characters: int) -> Told:
    expression = "0" + " " * (characters - len(YEARLY)) + YEARLY[1:]
    return _schedule(account, account.deployed(), cronExpression=expression)


def schedule_description(account: Account, characters: int) -> Told:
    return _schedule(account, account.deployed(), description="d" * characters)


def _schedule(account: Account, uuid: str, **more: Any) -> Told:
    body = {"lambdaUUID": uuid, "cronExpression": YEARLY, "isActive": True, **more}
    return told(account.client.call("POST", "/schedules", body))


def secret_name(account: Account, characters: int) -> Told:
    return told(account.client.of_account("PUT", f"/secrets/{'k' * characters}", {"value": "v"}))


def secret_value(account: Account, characters: int) -> Told:
    quotes = 2 if account.platform == "v2" else 0  # V2 counts it as JSON
    return told(account.client.of_account("PUT", "/secrets/key", {"value": "v" * (characters - quotes)}))


# ---- invocations


def heap(account: Account, mebibytes: int) -> Told:
    body = f"""const all = [];
      for (let count = 0; count < {mebibytes}; count += 1) all.push(new Array(131072).fill(count));
      return all.length"""
    return told(account.run(body))


def outside_the_heap(account: Account, mebibytes: int) -> Told:
    return told(account.run(f"return Buffer.alloc({mebibytes} * 1024 * 1024, 1).length"))


def log_entries(account: Account, count: int) -> Told:
    account.client.of_account("PUT", "", {"failAtLogLimit": True})
    return told(account.run(f"for (let at = 0; at < {count}; at += 1) console.info('x')"))


def log_characters(account: Account, characters: int) -> Told:
    """Half of them as an extra."""
    account.client.of_account("PUT", "", {"failAtLogLimit": True})
    extra = characters // 2
    return told(account.run(f"console.info('x'.repeat({characters - extra}), 'y'.repeat({extra} - 2))"))


def test_input(account: Account, characters: int) -> Told:
    given = _as_long_as({"headers": []}, "payload", characters)
    return told(account.test(account.deployed(), given["payload"]))


def result(account: Account, characters: int) -> Told:
    return told(account.run(f"return 'r'.repeat({characters} - 2)"))


def request(account: Account, size: int) -> Told:
    uuid = account.deployed()
    body = json.dumps(_as_long_as({"headers": []}, "payload", size), separators=(",", ":")).encode()
    path = f"/lambdas/{uuid}/invoke?v=1&externalSystem=tests"
    return told(account.client.call("POST", path, raw=body, bearer=account.client.app_token()))


# Rates: again, where this machine was so slow that it took the whole second.


def requests_out(account: Account, count: int) -> Told:
    """LivePerson's hosts are the emulator here, so what goes out stays on this machine."""
    body = f"""const ask = async () => (await fetch('http://va.smt.liveperson.net/x')).status;
      for (;;) {{
        const start = performance.now();
        const statuses = await Promise.all(Array.from({{ length: {count} }}, ask));
        if (performance.now() - start < 900) return statuses.at(-1);
        await new Promise((next) => setTimeout(next, 1100));
      }}"""
    status = json.loads(account.run(body).text)["result"]
    return Told() if status == 404 else Told(status=status)


def connections_in_a_second(account: Account, count: int) -> Told:
    body = f"""for (;;) {{
        const start = performance.now();
        const codes = await Promise.all(Array.from({{ length: {count} }}, open));
        if (performance.now() - start < 900) return codes.at(-1);
        await new Promise((next) => setTimeout(next, 1100));
      }}"""
    return _connections(account, body)


def connections_in_a_minute(account: Account, count: int) -> Told:
    body = f"""let last = null;
      for (let at = 0; at < {count}; at += 500) {{
        const codes = await Promise.all(Array.from({{ length: Math.min(500, {count} - at) }}, open));
        last = codes.at(-1);
        await new Promise((next) => setTimeout(next, 1010));
      }}
      return last"""
    return _connections(account, body)


def _connections(account: Account, body: str) -> Told:
    opening = """const net = await import('node:net');
      const open = () => new Promise((resolve) => {
        const socket = net.connect(9, '127.0.0.1');
        socket.on('error', ({ code }) => resolve(code)).on('connect', () => { socket.destroy(); resolve('open') });
      });"""
    code = json.loads(account.run(opening + body).text)["result"]
    return Told() if code in ("ECONNREFUSED", "open") else Told(code=code)


# ---- logs


def log_span(account: Account, milliseconds: int) -> Told:
    uuid = str(account.create().json["uuid"])
    start = 1_700_000_000_000
    return told(export(account, uuid, start, start + milliseconds))


def export(account: Account, uuid: str, start: int, end: int) -> Answer:
    span = f"startTimestamp={start}&endTimestamp={end}"
    if account.platform == "v1":
        return account.client.call("GET", f"/logs/export?v=1&lambdaUUID={uuid}&{span}")
    return account.client.call("GET", f"/functions/{uuid}/logs/export?{span}")


# ---- what is kept, and what goes


def versions_kept(account: Account, count: int) -> int:
    uuid = str(account.create().json["uuid"])  # an empty version, and the first
    for number in range(2, count):
        assert account.save(uuid, f"return {number}").status == 202
    return account.store.number("SELECT count(*) FROM versions WHERE function_uuid = ?", uuid)


def deployments_kept(account: Account, count: int) -> int:
    uuid = account.deployed()
    for _ in range(1, count):
        assert account.deploy(uuid).taken
        account.wait_until_deployed(uuid)
    return account.store.number("SELECT count(*) FROM deployments WHERE function_uuid = ?", uuid)


def entries_told(account: Account, count: int) -> int:
    import time

    uuid, now = str(account.create().json["uuid"]), int(time.time() * 1000)
    with account.store.writing():
        for _ in range(count):
            account.store.execute("INSERT INTO logs VALUES (NULL, ?, 'r', ?, 'Info', 'm', '[]')", uuid, now)
    return len(export(account, uuid, now - _KEPT_MS, now + _KEPT_MS).text.splitlines()) - 1


def _as_long_as(rest: Mapping[str, Any], key: str, characters: int) -> dict[str, Any]:
    """`rest` and `key` with a text, so that the whole is JSON of so many characters."""
    empty = json.dumps({**rest, key: ""}, separators=(",", ":"))
    return {**rest, key: "p" * (characters - len(empty))}


@dataclass(frozen=True, kw_only=True)
class Stand:
    """`unit` is how many of what `use` takes make one of what the limit counts."""

    limit: Limit
    use: Use
    unit: int = 1


USES: tuple[Stand, ...] = (
    Stand(limit=limits.FUNCTIONS_PER_ACCOUNT, use=functions),
    Stand(limit=limits.CONCURRENT_DEPLOYMENTS, use=deployments),
    Stand(limit=limits.SKILLS_PER_FUNCTION, use=skills),
    Stand(limit=limits.CODE_CHARACTERS, use=code),
    Stand(limit=limits.NAME_CHARACTERS, use=name),
    Stand(limit=limits.DESCRIPTION_CHARACTERS, use=description),
    Stand(limit=limits.RUNTIME_CHARACTERS, use=runtime),
    Stand(limit=limits.ENVIRONMENT_ENTRIES, use=variables),
    Stand(limit=limits.ENVIRONMENT_KEY_CHARACTERS, use=variable_name),
    Stand(limit=limits.ENVIRONMENT_VALUE_CHARACTERS, use=variable_value),
    Stand(limit=limits.LOG_ENTRIES, use=log_entries),
    Stand(limit=limits.LOG_CHARACTERS, use=log_characters),
    Stand(limit=limits.LOG_WINDOW_DAYS, use=log_span, unit=86_400_000),
    Stand(limit=limits.SCHEDULES_PER_ACCOUNT, use=schedules),
    Stand(limit=limits.SCHEDULE_PAYLOAD_CHARACTERS, use=schedule_payload),
    Stand(limit=limits.SCHEDULE_CRON_CHARACTERS, use=schedule_cron),
    Stand(limit=limits.SCHEDULE_DESCRIPTION_CHARACTERS, use=schedule_description),
    Stand(limit=limits.SECRET_NAME_CHARACTERS, use=secret_name),
    Stand(limit=limits.SECRET_VALUE_CHARACTERS, use=secret_value),
    Stand(limit=limits.SAMPLE_PAYLOAD_CHARACTERS, use=sample_payload),
    Stand(limit=limits.TEST_INPUT_CHARACTERS, use=test_input),
    Stand(limit=limits.OUTGOING_REQUESTS_PER_SECOND, use=requests_out),
    Stand(limit=limits.CONNECTIONS_PER_SECOND, use=connections_in_a_second),
    Stand(limit=limits.CONNECTIONS_PER_MINUTE, use=connections_in_a_minute),
    Stand(limit=limits.RESULT_CHARACTERS, use=result),
    Stand(limit=limits.REQUEST_BYTES, use=request),
)
"""Limits past which something is refused."""

KEEPS: tuple[tuple[Limit, Keep], ...] = (
    (limits.VERSIONS_KEPT, versions_kept),
    (limits.DEPLOYMENTS_KEPT, deployments_kept),
    (limits.LOG_EXPORT_ENTRIES, entries_told),
)
"""Limits past which something goes, or is not told."""
