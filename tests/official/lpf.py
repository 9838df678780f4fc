"""LivePerson's command-line client in a project of its own, and the story that it is taken through."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.npm_packages import CLI, installed, wheel_node
from tests.official.calls import Call, Requests
from tests.waiting import until

if TYPE_CHECKING:
    from tests.emulator.conftest import ContractClient

EVENT = "bot_connectors_custom_integration"
CODE = """function lambda(input, callback) {
  console.info("heard", input.payload);
  callback(null, { hello: input.payload.name, greeting: process.env.GREETING });
}
"""
FAILING = "function lambda(input, callback) { callback(new Error('boom')); }\n"
CONFIG = {
    "name": "Greeter",
    "event": EVENT,
    "description": "Greets",
    "input": {"headers": [], "payload": {"name": "Ada"}},
    "environmentVariables": [{"key": "GREETING", "value": "Hi"}],
}
_MINUTES = 60 * 1000
_SECONDS = 240
_BUCKET_SECONDS, _BUCKET_MARGIN_SECONDS = 300, 10


@dataclass(frozen=True, kw_only=True)
class Step:
    """`reads` is a pattern: what it finds in the output, in its groups or as a whole, is the result."""

    what: str
    arguments: list[str]
    reads: str
    before: Callable[[], object] = lambda: None
    status: int = 0


class Lpf:
    """One user's `lpf`; `client` is the operator's, and signs in as that user only when `lpf` is signed out."""

    def __init__(self, client: ContractClient, folder: Path, surroundings: Mapping[str, str]) -> None:
        self._client = client
        self._package = installed(*CLI)
        self.folder = folder
        self.function = folder / "functions" / "Greeter"
        self._surroundings = surroundings
        self._user = client.credentials()["user"]
        user = self._user
        self._varying = {
            user["username"]: "USER",
            user["password"]: "PASSWORD",
            user["userId"]: "ID",
            client.account: "ACCOUNT",
        }
        self._requests = Requests(client)
        example = self._package / "bin" / "example"
        shutil.copytree(example / "bin", folder / "bin")  # all that `lpf init` does besides its own npm install
        (folder / "functions").mkdir()
        shutil.copy(example / "functions" / "settings.json", folder / "functions")
        version = Path(surroundings["XDG_CACHE_HOME"]) / "liveperson-functions-cli" / "version"
        version.parent.mkdir(parents=True)
        version.write_text(json.dumps({"current": CLI[1]}), "utf-8")  # else it looks for a newer one at npm

    def run(self, step: Step) -> Call:
        step.before()
        self._requests.since()
        done = subprocess.run(
            [wheel_node(), str(self._package / "bin" / "run"), *step.arguments],
            cwd=self.folder,
            env={**self._surroundings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        output = done.stdout + done.stderr
        assert done.returncode == step.status, output
        found = re.findall(step.reads, output)
        assert found, f"{step.reads} is not in {output}"
        parts = [" ".join(part) if isinstance(part, tuple) else part for part in found]
        return Call(
            what=step.what,
            call=self._steady(" ".join(("lpf", *map(_quoted, step.arguments)))),
            status=done.returncode,
            shown=self._steady(" ".join(" ".join(parts).split())),
            requests=self._requests.since(),
        )

    def _steady(self, text: str) -> str:
        for value, name in self._varying.items():
            text = text.replace(value, name)
        return re.sub(r"\b\d{13}\b", "MS", text)

    def _login(self, password: str) -> list[str]:
        account = ["--accountId", self._client.account]
        return ["login", *account, "--username", self._user["username"], "--password", password]

    def write(self, code: str, config: Mapping[str, Any] = CONFIG) -> None:
        (self.function / "index.js").write_text(code, "utf-8")
        (self.function / "config.json").write_text(json.dumps(config), "utf-8")

    def _invoked_by_others(self) -> None:
        """Three invocations through the gateway, one of which fails: test calls leave neither logs nor counts."""
        left = _BUCKET_SECONDS - time.time() % _BUCKET_SECONDS
        if left < _BUCKET_MARGIN_SECONDS:  # all three are to fall into one bucket of the metrics
            time.sleep(left)
        uuid = self._client.send(
            "GET", f"{self._client.base}/lambdas?userId=1&v=1", bearer=self._client.endpoint.operator_token
        ).json[0]["uuid"]
        token = self._client.app_token()
        for payload, status in (({"name": "Ada"}, 200), ({"name": "Bob"}, 200), (None, 901)):
            body = {"timestamp": 0, "headers": [], "payload": payload}
            path = f"{self._client.base}/lambdas/{uuid}/invoke?v=1&externalSystem=tests"
            assert self._client.send("POST", path, body, bearer=token).status == status

    def _deployed(self) -> None:
        """Waits until nothing is being deployed."""
        path, token = f"{self._client.base}/lambdas?userId=1&v=1", self._client.endpoint.operator_token

        def is_there() -> bool:
            return bool(self._client.send("GET", path, bearer=token).json[0]["state"] == "Productive")

        until(is_there, "the deployment", seconds=_SECONDS)

    def story(self) -> Iterator[Step]:
        """From nothing to a function that is deployed, used, changed and taken down."""
        greeter, watched = ["Greeter"], ["Greeter", "--yes"]
        since = str(int(time.time() * 1000) - 10 * _MINUTES)
        yield Step(
            what="log in with a wrong password",
            arguments=self._login("wrong"),
            status=1,
            reads="Check your credentials",
        )
        yield Step(what="log in", arguments=self._login(self._user["password"]), reads="Welcome to")
        yield Step(
            what="list functions of an empty account",
            arguments=["get", "functions"],
            status=1,
            reads="There are no functions created on your account!",
        )
        yield Step(
            what="create a function, in the project",
            arguments=["create:function", "--name", "Greeter", "--description", "Greets", "--event", EVENT],
            reads='The function "Greeter" has been created',
        )
        yield Step(
            what="push a new function",
            arguments=["push", *watched],
            before=lambda: self.write(CODE),
            reads=r"(Pushing Greeter) \[(completed)\]",
        )
        yield Step(what="push it unchanged", arguments=["push", *watched], reads="Push Skipped: [^.]+")
        yield Step(
            what="push it changed",
            arguments=["push", *watched],
            before=lambda: self.write(CODE, {**CONFIG, "description": "Greets people"}),
            reads=r"(Pushing Greeter) \[(completed)\]",
        )
        yield Step(
            what="push code without a lambda",
            arguments=["push", *watched],
            before=lambda: self.write("const nothing = 1;\n"),
            status=1,
            reads="is not a valid lambda",
        )
        yield Step(what="list functions", arguments=["get", "functions"], reads=rf"Greeter +Draft(?=.+{EVENT})")
        yield Step(what="deploy", arguments=["deploy", *watched], reads=r"(Deploying Greeter) \[(completed)\]")
        yield Step(
            what="list deployments",
            arguments=["get", "deployments"],
            reads=r"(Greeter +Up to date) .+ (USER|\S+@\S+) +(successful)",
        )
        yield Step(what="list events", arguments=["get", "events"], reads=EVENT)
        yield Step(
            what="invoke (as a test)",
            arguments=["invoke", *greeter],
            reads=r'(?s)\{\s+"result".+\}',
        )
        yield Step(
            what="invoke on this machine",
            arguments=["invoke", *greeter, "--local"],
            before=lambda: self.write(CODE),
            reads=r'(?s)\{\s+"result".+\}',
        )
        yield Step(
            what="account: what is used of its limits",
            arguments=["get", "account"],
            before=self._invoked_by_others,
            reads=r"(?m)^.+: +\d+ / \d+$|Total Invocations: +\d+",
        )
        yield Step(
            what="logs",
            arguments=["logs", *greeter, "--start", since],
            reads=r'lambdaUUID;requestID;timestamp;level;message;extras|Info;heard;"\[.+\]"',
        )
        yield Step(
            what="logs of one level",
            arguments=["logs", *greeter, "--start", since, "--levels", "Warn"],
            reads=r"(?s).+",
        )
        yield Step(
            what="metrics as a table",
            arguments=["metrics", *greeter, "--last", "1h"],
            reads=r"(Successful Invocations.+Errors)|GMT +([1-9]\d* .+\d)",
        )
        yield Step(
            what="metrics as JSON",
            arguments=["metrics", *greeter, "--last", "12h", "--output", "json"],
            reads=r"'Unknown Errors': 0,\s+'Successful Invocations': [1-9]\d*,(?:\s+'[^']+': \d+,?)+",
        )
        yield Step(
            what="metrics as CSV",
            arguments=["metrics", *greeter, "--last", "7d", "--output", "csv"],
            reads=r"(?m)^From,To,(.+)|^\d+,\d+,(\d+,[1-9]\d*,.+)",
        )
        yield Step(
            what="create a schedule",
            arguments=["create:schedule", "-f", "Greeter", "-c", "0 4 * * *"],
            reads="The schedule has been created",
        )
        yield Step(
            what="allow a domain",
            arguments=["add:domain", "api.example.com"],
            reads="Domain api.example.com was added to your account successfully",
        )
        yield Step(
            what="allow what is no domain",
            arguments=["add:domain", "http://api.example.com"],
            reads="no scheme, no path",
        )
        yield Step(
            what="pull",
            arguments=["pull", *watched],
            before=lambda: self.write("// lost\n"),
            reads=r"(Pulling Greeter) \[(completed)\]",
        )
        yield Step(
            what="push without watching",
            arguments=["push", *watched, "--no-watch"],
            before=lambda: self.write(FAILING),
            reads=r"(?s)^\s*$",
        )
        yield Step(
            what="list functions: one with changes",
            arguments=["get", "functions"],
            reads=rf"Greeter +Modified(?=.+{EVENT})",
        )
        yield Step(
            what="deploy again, without watching",
            arguments=["deploy", *watched, "--no-watch"],
            reads=r"(?s)^\s*$",
        )
        yield Step(
            what="invoke a function that fails",
            arguments=["invoke", *greeter],
            before=self._deployed,
            reads="(?m)^boom$",
        )
        yield Step(
            what="undeploy", arguments=["undeploy", *watched], reads=r"(Undeploying Greeter) \[(completed)\]"
        )
        yield Step(
            what="invoke a function that is not deployed",
            arguments=["invoke", *greeter],
            reads="Greeter is not deployed",
        )
        yield Step(
            what="deploy a function that is not there",
            arguments=["deploy", "Nobody", "--yes"],
            status=1,
            reads="Function Nobody were not found on the platform",
        )
        account = ["--accountId", self._client.account]
        yield Step(what="log out", arguments=["logout", *account], reads="Logout successful")
        session = self._client.login(self._user).json
        token, user_id = session["bearer"], session["config"]["userId"]
        self._varying[token] = "TOKEN"
        yield Step(
            what="log in with a token from elsewhere",
            arguments=["login", *account, "--token", token, "--userId", user_id],
            reads="Welcome to",
        )
        yield Step(what="list functions with it", arguments=["get", "functions"], reads="Greeter +Draft")
        yield Step(
            what="log out, and forget the account",
            arguments=["logout", *account, "--delete"],
            reads="Account was successfully deleted locally",
        )


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word
