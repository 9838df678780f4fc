"""The program as a user runs it: a process of its own, a folder with a bot, the real emulator and real Node."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml

from faasctl.emulator.endpoint import Endpoint, read_endpoint
from faasctl.emulator.processes import process_lives
from faasctl.emulator.server import Emulator
from faasctl.javascript.node import find_node
from tests.terminal import Terminal, at_a_terminal
from tests.waiting import SECONDS, until

_CODE = """\
async function lambda(input) {
  const { message = '' } = input?.payload ?? {};
  return { messages: [`${process.env.GREETING ?? 'Hello'} ${message}`], context: {} };
}
"""
CONSENT = {"accepted_by": "jane@example.com", "accepted_on": "2026-11-20"}
DEFINITION: dict[str, Any] = {
    "version": 1,
    "target": "local",
    "account": "demo",
    "function": {"name": "OrderBot", "code": "functions/OrderBot/index.js", "environment": {"GREETING": "Hello"}},
    "bot": {
        "name": "Order bot",
        "agent": "orderbot@example.com",
        "escalation": {"skill": "Human Agents"},
        "data_disclaimer": CONSENT,
    },
}
_FAASCTL = (sys.executable, "-m", "faasctl")
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "TMPDIR")


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A run of the program that came to its end."""

    arguments: tuple[str, ...]
    status: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The one JSON value that stdout holds."""
        return json.loads(self.stdout)

    @property
    def steps(self) -> dict[str, str]:
        """Status of each step, by name."""
        return {step["step"]: step["status"] for step in self.json["result"]["steps"]}

    @property
    def checks(self) -> dict[str, dict[str, Any]]:
        """The checks of the test connection, by name."""
        return {check["name"]: check for check in self.json["result"]["test_connection"]["checks"]}


@dataclass(kw_only=True)
class Project:
    """A folder with bot.yaml and a function; `environ` is what the program runs with."""

    code: ClassVar[str] = _CODE
    folder: Path
    environ: dict[str, str] = field(default_factory=dict)

    def write(self, text: str, name: str = "functions/OrderBot/index.js") -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def define(self, **changes: Any) -> Path:
        """Writes the definition with `changes` merged into its sections; None takes a key out."""
        text = yaml.safe_dump(_merged(DEFINITION, changes), sort_keys=False, allow_unicode=True)
        return self.write(text, "bot.yaml")

    def start(
        self,
        *arguments: str,
        environ: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        stdin: int = subprocess.DEVNULL,
        stderr: int = subprocess.PIPE,
    ) -> subprocess.Popen[str]:
        """Starts the program; the caller waits for its end."""
        return subprocess.Popen(
            [*_FAASCTL, *arguments],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            encoding="utf-8",
            env={**self.environ, **(environ or {})},
            cwd=cwd or self.folder,
        )

    def at_a_terminal(self, *arguments: str, **more: Any) -> AbstractContextManager[Terminal]:
        """The program while a person runs it at a terminal; it has ended when the block has."""
        return at_a_terminal(*arguments, cwd=self.folder, environ=self.environ, **more)

    def run(self, *arguments: str, **more: Any) -> Ended:
        """Runs the program to its end; it never shows a traceback, and its JSON is JSON."""
        return self.ended(self.start(*arguments, **more), arguments)

    def ended(self, process: subprocess.Popen[str], arguments: tuple[str, ...] = ()) -> Ended:
        """Waits for the end of what `start` started."""
        try:
            stdout, stderr = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        ended = Ended(arguments=arguments, status=process.returncode, stdout=stdout or "", stderr=stderr or "")
        assert "Traceback" not in ended.stdout + ended.stderr, ended
        assert "itself went wrong" not in ended.stdout + ended.stderr, ended
        return ended

    def json(self, *arguments: str, status: int = 0, **more: Any) -> Ended:
        """Runs it with --output json, and expects this exit status, inside and out."""
        ended = self.run(*arguments, "--output", "json", **more)
        assert ended.status == status, (ended.stdout, ended.stderr)
        assert ended.json["exit_code"] == status
        return ended

    def ask_emulator(self, method: str, path: str, body: Any = None) -> Any:
        """A call of the operator to the running emulator."""
        endpoint = read_endpoint(self.folder / ".faasctl/emulator")
        assert endpoint is not None
        return self._ask(endpoint, method, path, body)

    def function_names(self) -> list[str]:
        """The names of all functions that the account holds; no emulator may be running."""
        with Emulator(self.folder / ".faasctl/emulator") as emulator:
            functions = self._ask(emulator.endpoint, "GET", "/api/account/demo/functions?userId=1")
        return [function["name"] for function in functions]

    def _ask(self, endpoint: Endpoint, method: str, path: str, body: Any = None) -> Any:
        connection = http.client.HTTPConnection(endpoint.url.removeprefix("http://"), timeout=20)
        try:
            headers = {"Authorization": f"Bearer {endpoint.operator_token}", "Content-Type": "application/json"}
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        assert response.status < 300, content
        return json.loads(content) if content else None


def _merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in changes.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = _merged(merged[key], value)
        else:
            merged[key] = value
    return merged


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A bot that greets; nothing of it is in the account yet, and nobody is at a terminal."""
    return _make_project(tmp_path / "bot")


@pytest.fixture
def make_project() -> Callable[[Path], Project]:
    """The same in any folder, which is made."""
    return _make_project


def _make_project(folder: Path) -> Project:
    """In an environment where nothing of the machine's own settings is left."""
    folder.mkdir(parents=True)
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    made = Project(
        folder=folder,
        environ={
            **inherited,
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "COLUMNS": "120",
        },
    )
    made.define()
    made.write(Project.code)
    return made


@pytest.fixture
def emulator(project: Project) -> Iterator[Project]:
    """The project, with an emulator that keeps running beside it."""
    assert project.run("emulator", "start").status == 0
    yield project
    assert project.run("emulator", "stop").status == 0


@dataclass(frozen=True, kw_only=True)
class NodeWatch:
    """A `node` for FAASCTL_NODE that writes down the id of each process it becomes."""

    path: Path
    log: Path

    @property
    def started(self) -> list[int]:
        return [int(line) for line in self.log.read_text().split()]

    def alive(self) -> list[int]:
        """The processes of Node that still run."""
        return [pid for pid in self.started if process_lives(pid)]

    def wait_until_gone(self) -> None:
        until(lambda: not self.alive(), "the end of every Node")


@pytest.fixture
def node_watch(project: Project) -> NodeWatch:
    """From now on the project's Node is watched."""
    log, path = project.folder.parent / "node.log", project.folder.parent / "node"
    log.touch()
    path.write_text(f"#!/bin/sh\necho $$ >> '{log}'\nexec '{find_node()}' \"$@\"\n")
    path.chmod(0o755)
    project.environ["FAASCTL_NODE"] = str(path)
    return NodeWatch(path=path, log=log)
