"""Verbs run in this process against one emulator, on accounts whose calls go wrong as a fault plan says."""

from __future__ import annotations

import contextlib
import http.client
import io
import itertools
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from faasctl.cli.entry import enter
from faasctl.emulator.endpoint import write_endpoint
from faasctl.emulator.server import Emulator
from faasctl.files import private_folder
from faasctl.liveperson import retry
from faasctl.redaction import redactor

if TYPE_CHECKING:
    from faasctl.emulator.endpoint import Endpoint

_numbers = itertools.count(1)
CODE = (
    "async function lambda(input) {\n  return { messages: [`Hello ${input.payload.message}`], context: {} };\n}\n"
)

V1_CODE = (
    "function lambda(input, callback) {\n  callback(null, { messages: [`Hello ${input.payload.message}`] });\n}\n"
)


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A verb that came to its end."""

    status: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        return json.loads(self.stdout)


@dataclass(frozen=True, kw_only=True)
class Bot:
    """A project and its account, which is the target `cloud`, rehearsed on the emulator."""

    folder: Path
    endpoint: Endpoint = field(repr=False)
    account: str
    platform: str
    hosts: Path
    environ: pytest.MonkeyPatch = field(repr=False)

    def run(self, verb: str, *arguments: str, target: str = "cloud") -> Ended:
        """The verb with --output json, as entry.enter carries it out."""
        file = ("--file", str(self.folder / "bot.yaml"))
        placed = ("--account", self.account) if verb == "whoami" else ("--target", target)
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = enter([verb, *file, *placed, "--output", "json", *arguments])
        return Ended(status=int(status), stdout=out.getvalue(), stderr=err.getvalue())

    def breaks(self, *faults: Mapping[str, Any], seed: int = 0) -> None:
        """From now on the account's calls meet these faults."""
        self.ask("PUT", f"/emulator/accounts/{self.account}/faults", {"seed": seed, "faults": list(faults)})

    def hits(self) -> list[int]:
        """How many calls each fault has spoilt."""
        plan = self.ask("GET", f"/emulator/accounts/{self.account}/faults")
        return [fault["hit"] for fault in plan["faults"]]

    def mends(self) -> None:
        self.ask("DELETE", f"/emulator/accounts/{self.account}/faults")

    def function_names(self) -> list[str]:
        kind = "lambdas" if self.platform == "v1" else "functions"
        functions = self.ask("GET", f"/api/account/{self.account}/{kind}?userId=1")
        return [function["name"] for function in functions]

    def deployments(self) -> list[str]:
        records = self.ask("GET", f"/api/account/{self.account}/deployments")
        return [record["deploymentState"] for record in records]

    def forget_hosts(self) -> None:
        """Lets the next verb ask the domain API again."""
        for file in self.hosts.glob("faasctl/*"):
            file.unlink()

    def write_code(self, code: str) -> None:
        (self.folder / "index.js").write_text(code)

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        connection = http.client.HTTPConnection(self.endpoint.url.removeprefix("http://"), timeout=20)
        try:
            headers = {"Authorization": f"Bearer {self.endpoint.operator_token}"}
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        assert response.status < 300, content
        return json.loads(content) if content else None


MakeBot = Callable[..., Bot]


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    """What holds for a module: no waiting between repeats, no settings of the machine, a person who says yes."""
    with pytest.MonkeyPatch.context() as made:
        made.setattr(retry, "FIRST_PAUSE", 0.001)
        for name in ("FAASCTL_TOKEN", "FAASCTL_CLIENT_ID", "HTTPS_PROXY", "https_proxy"):
            made.delenv(name, raising=False)
        made.setattr("faasctl.cli.confirming.confirmer", lambda _: lambda _: "jane")
        yield made


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory, patch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    folder = tmp_path_factory.mktemp("faults")
    patch.setenv("HOME", str(folder))
    patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    secrets = set(redactor._secrets)
    with Emulator(folder / "emulator") as emulator:
        patch.setenv("FAASCTL_REACH_AT", emulator.endpoint.url)
        yield emulator.endpoint
    redactor._secrets.clear()
    redactor._secrets.update(secrets)


@pytest.fixture(scope="module")
def make_bot(endpoint: Endpoint, patch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> MakeBot:
    """Makes a bot of which nothing is in its account yet, and signs in to it."""

    def make(*, platform: str = "v2") -> Bot:
        bot = Bot(
            folder=tmp_path_factory.mktemp("bot"),
            endpoint=endpoint,
            account=f"account-{next(_numbers)}",
            platform=platform,
            hosts=Path(os.environ["XDG_CACHE_HOME"]),
            environ=patch,
        )
        bot.write_code(V1_CODE if platform == "v1" else CODE)
        (bot.folder / "bot.yaml").write_text(yaml.safe_dump(_definition(bot.account, platform)))
        held = {"skills": ["Human Agents"], "agents": ["orderbot@example.com"], "platform": platform}
        bot.ask("PUT", f"/emulator/accounts/{bot.account}", held)
        private_folder(bot.folder / ".faasctl/emulator")
        write_endpoint(bot.folder / ".faasctl/emulator", endpoint)
        sign_in(bot)
        return bot

    return make


def sign_in(bot: Bot) -> None:
    """Puts the credentials of the bot's account into the environment."""
    user = bot.ask("GET", f"/emulator/accounts/{bot.account}/credentials")["user"]
    bot.environ.setenv("FAASCTL_USERNAME", user["username"])
    bot.environ.setenv("FAASCTL_PASSWORD", user["password"])


def _definition(account: str, platform: str) -> dict[str, Any]:
    return {
        "version": 1,
        "target": "cloud",
        "account": account,
        "function": {"name": "OrderBot", "code": "index.js"},
        "bot": {
            "name": "Order bot",
            "agent": "orderbot@example.com",
            "escalation": {"skill": "Human Agents"},
            "data_disclaimer": {"accepted_by": "jane@example.com", "accepted_on": "2026-11-20"},
        },
        "emulator": {"platform": platform, "agents": ["orderbot@example.com"], "skills": ["Human Agents"]},
    }
