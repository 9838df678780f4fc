"""A project folder with a definition that is right, to be changed by each test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest

from faasctl.definition.load import load
from faasctl.errors import InvalidDefinition
from faasctl.javascript.inspector import Inspector

if TYPE_CHECKING:
    from faasctl.definition.model import Definition
    from faasctl.findings import Finding

_CODE = "async function lambda(input) {\n  return { messages: ['hello'] };\n}\n"

_MINIMAL = """\
version: 1
target: local
account: demo
function: {name: OrderBot, code: functions/OrderBot/index.js}
bot:
  name: Order bot
  agent: orderbot@example.com
  escalation: {skill: Human Agents}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A folder with the code of `OrderBot` and of its three hooks, and a folder `conversations`."""

    code: ClassVar[str] = _CODE
    minimal: ClassVar[str] = _MINIMAL
    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / "bot.yaml"

    def write(self, text: str | bytes, name: str = "bot.yaml") -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def load(
        self,
        text: str | bytes,
        environ: Mapping[str, str] | None = None,
        *,
        inspector: Inspector | None = None,
        target: str | None = None,
    ) -> Definition:
        return load(self.write(text), environ=environ or {}, inspector=inspector, target=target)

    def findings(
        self,
        text: str | bytes,
        environ: Mapping[str, str] | None = None,
        *,
        inspector: Inspector | None = None,
        target: str | None = None,
    ) -> list[Finding]:
        """The findings, none where the definition is right."""
        try:
            self.load(text, environ, inspector=inspector, target=target)
        except InvalidDefinition as error:
            return list(error.findings)
        return []

    def the_finding(self, text: str | bytes, environ: Mapping[str, str] | None = None) -> Finding:
        """The only finding."""
        findings = self.findings(text, environ)
        assert len(findings) == 1, findings
        return findings[0]


def make_project(folder: Path) -> Project:
    project = Project(folder=folder)
    for name in ("OrderBot", "OrderBotPre", "OrderBotPost", "OrderBotError"):
        project.write(Project.code, f"functions/{name}/index.js")
    (folder / "conversations").mkdir()
    return project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path)


@pytest.fixture(scope="session")
def shared_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """For tests that write the same file again and again, as property-based ones do."""
    return make_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def inspector() -> Iterator[Inspector]:
    with Inspector() as running:
        yield running
