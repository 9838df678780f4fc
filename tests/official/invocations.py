"""LivePerson's invocation client on an account of either generation."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.emulator.conftest import CUSTOM_INTEGRATION
from tests.emulator.v1.conftest import LambdaClient
from tests.npm_packages import CLIENT, installed, wheel_node
from tests.official.calls import UUID, Call, Requests

if TYPE_CHECKING:
    from faasctl.facts.services import Generation
    from tests.emulator.conftest import ContractClient

_PROGRAM = Path(__file__).with_name("call.cjs")
_NOBODY = "00000000-0000-4000-8000-000000000000"
_UNUSED_EVENT = "bot_connectors_error_hook"
CODE: dict[Generation, tuple[str, str]] = {
    "v1": (
        "function lambda(input, callback) { callback(null, { heard: input.payload }); }",
        "function lambda(input, callback) { callback(new Error('boom')); }",
    ),
    "v2": (
        "async function lambda(input) { return { heard: input.payload }; }",
        "async function lambda(input) { throw new Error('boom'); }",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`more` are settings of the client."""

    what: str
    method: str
    argument: dict[str, Any]
    more: dict[str, Any] = field(default_factory=dict)


class Invocations:
    """`client` is the developer's; the account holds one function that answers, one that fails, and a draft."""

    def __init__(self, client: ContractClient, generation: Generation, surroundings: Mapping[str, str]) -> None:
        self._client = client
        self._generation = generation
        self._surroundings = surroundings
        self._package = installed(*CLIENT)
        self._credentials = client.credentials()["client"]
        echo, boom = CODE[generation]
        if generation == "v1":
            lambdas = LambdaClient(client)
            self.echo = lambdas.deployed("Echo", echo)
            self.boom = lambdas.deployed("Boom", boom, None)
            self.draft = str(lambdas.create("Draft", echo, None).json["uuid"])
        else:
            self.echo = client.deployed("Echo", echo)
            self.boom = client.deployed("Boom", boom, None)
            self.draft = client.pushed("Draft", echo, None)
        self._requests = Requests(client)

    def run(self, asked: Asked) -> Call:
        identity = {"clientId": self._credentials["clientId"], "clientSecret": self._credentials["clientSecret"]}
        settings = {"accountId": self._client.account, "authStrategy": identity, **asked.more}
        self._requests.since()
        done = subprocess.run(
            [
                *(wheel_node(), str(_PROGRAM), str(self._package)),
                *(json.dumps(settings), asked.method, json.dumps(asked.argument)),
            ],
            env={**self._surroundings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return Call(
            what=asked.what,
            call=asked.method,
            status=done.returncode,
            shown=self._steady(json.loads(done.stdout)),
            requests=self._requests.since(),
        )

    def _steady(self, result: Any) -> str:
        body = result.get("given", {}).get("body") if isinstance(result.get("given"), dict) else None
        if isinstance(body, list):
            for entry in body:
                entry.pop("timestamp", None)
            if body and "state" in body[0]:
                result["given"]["body"] = [f"{entry['name']}: {entry['state']}" for entry in body]
        text = json.dumps(result, ensure_ascii=False).replace(self._client.account, "ACCOUNT")
        return re.sub(r"\s+", " ", UUID.sub("UUID", text))

    def calls(self) -> Iterator[Asked]:
        body = {"headers": [], "payload": {"name": "Ada"}}
        by_event = {"eventId": CUSTOM_INTEGRATION, "lpEventSource": "tests", "body": body}
        own = {"bearer": self._client.bearer}
        yield Asked(what="invoke by UUID", method="invoke", argument=self._by_uuid(self.echo, body))
        yield Asked(what="a function that fails", method="invoke", argument=self._by_uuid(self.boom, body))
        yield Asked(
            what="a function that is not deployed", method="invoke", argument=self._by_uuid(self.draft, body)
        )
        yield Asked(what="an unknown UUID", method="invoke", argument=self._by_uuid(_NOBODY, body))
        if self._generation == "v2":
            yield Asked(
                what="its error in V1's form",
                method="invoke",
                argument={**self._by_uuid(self.boom, body), "v1CompError": True},
            )
        yield Asked(what="invoke by event", method="invoke", argument=by_event)
        yield Asked(
            what="an event that nobody listens to",
            method="invoke",
            argument={**by_event, "eventId": _UNUSED_EVENT},
        )
        yield Asked(
            what="an event that has a function", method="isImplemented", argument={"eventId": CUSTOM_INTEGRATION}
        )
        yield Asked(what="an event that has none", method="isImplemented", argument={"eventId": _UNUSED_EVENT})
        yield Asked(
            what="for a skill", method="isImplemented", argument={"eventId": CUSTOM_INTEGRATION, "skillId": "4711"}
        )
        yield Asked(
            what="a wrong client secret",
            method="invoke",
            argument=self._by_uuid(self.echo, body),
            more={"authStrategy": {"clientId": self._credentials["clientId"], "clientSecret": "wrong"}},
        )
        lists = ["getLambdas"] if self._generation == "v1" else ["getLambdas", "getFunctions"]
        for method in lists:
            user = {"userId": "1"}
            yield Asked(what="all functions", method=method, argument=user, more=own)
            yield Asked(
                what="those of two states",
                method=method,
                argument={**user, "state": ["Productive", "Modified"]},
                more=own,
            )
            yield Asked(
                what="those of an event", method=method, argument={**user, "eventId": CUSTOM_INTEGRATION}, more=own
            )
            yield Asked(what="all functions, with the OAuth token", method=method, argument=user)

    def _by_uuid(self, uuid: str, body: Mapping[str, Any]) -> dict[str, Any]:
        return {"lambdaUuid": uuid, "lpEventSource": "tests", "body": body}
