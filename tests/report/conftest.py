"""Verbs carried out in this process, on a real emulator; what they show, without what differs from run to run."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from faasctl import keyring_access
from faasctl.cli.entry import enter
from faasctl.redaction import redactor

SNAPSHOTS = Path(__file__).with_name("snapshots")
UPDATE = "FAASCTL_UPDATE_SNAPSHOTS"
"""Set it to write the snapshots instead of comparing; then read the difference."""

DEFINITION = """\
version: 1
target: local
account: demo
function:
  name: OrderBot
  code: functions/OrderBot/index.js
  environment:
    GREETING: Hello
bot:
  name: Order bot
  agent: orderbot@example.com
  escalation: {skill: Human Agents}
  data_disclaimer: {accepted_by: jane@example.com, accepted_on: 2026-11-20}
"""
CODE = """\
async function lambda(input) {
  return { messages: [process.env.GREETING] };
}
"""
_VARYING = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "<uuid>"),
    (re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z"), "<when>"),
    (re.compile(r"(?<=\()\d+(\.\d+)? m?s(?=\)$)", re.MULTILINE), "<time>"),
    (re.compile(r"(?<=\bin )\d+(\.\d+)? m?s"), "<time>"),
    (re.compile(r"  \d+(\.\d+)? m?s$", re.MULTILINE), "  <time>"),
)


def steady(text: str) -> str:
    """`text` with placeholders for ids, times and durations."""
    for pattern, name in _VARYING:
        text = pattern.sub(name, text)
    return text


@dataclass(frozen=True, kw_only=True)
class Shown:
    status: int
    stdout: str
    stderr: str


@dataclass(frozen=True, kw_only=True)
class Project:
    """The working folder, with a bot."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def write(self, text: str, name: str = "functions/OrderBot/index.js") -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def define(self, *replacements: tuple[str, str]) -> None:
        """Writes the definition with some of its text replaced."""
        text = DEFINITION
        for before, after in replacements:
            assert before in text
            text = text.replace(before, after)
        self.write(text, "bot.yaml")

    def run(self, *arguments: str) -> Shown:
        self.capture.readouterr()
        status = enter(arguments)
        captured = self.capture.readouterr()
        return Shown(status=status, stdout=captured.out, stderr=captured.err)


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Project]:
    for name in [name for name in os.environ if name.startswith("FAASCTL_") and name != "FAASCTL_NODE"]:
        if name != UPDATE:
            monkeypatch.delenv(name)
    monkeypatch.setattr(keyring_access, "read", lambda *_, **__: None)  # the machine's own is none of ours
    monkeypatch.chdir(tmp_path)
    made = Project(folder=tmp_path, capture=capsys)
    made.define()
    made.write(CODE)
    known, on_term = set(redactor._secrets), signal.getsignal(signal.SIGTERM)
    yield made
    signal.signal(signal.SIGTERM, on_term)
    redactor._secrets.clear()
    redactor._secrets.update(known)


@pytest.fixture
def snapshot() -> Callable[[str, str], None]:
    """Compares a text with snapshots/<name>.txt, letter by letter."""

    def compare(name: str, text: str) -> None:
        path = SNAPSHOTS / f"{name}.txt"
        if os.environ.get(UPDATE):
            path.write_text(steady(text), encoding="utf-8")
        assert steady(text) == path.read_text(encoding="utf-8")

    return compare
