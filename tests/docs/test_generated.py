"""What the documentation tells of the code is what the code is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def _generate(folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(folder / "generate.py"), *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DOCS, tmp_path / "docs"))


def test_no_page_is_out_of_date() -> None:
    checked = _generate(DOCS, "--check")
    assert (checked.returncode, checked.stderr) == (0, "")


def test_pages_do_not_depend_on_the_terminal_or_on_settings() -> None:
    checked = _generate(
        DOCS, "--check", COLUMNS="40", TERM="dumb", FAASCTL_FILE="other.yaml", FAASCTL_OUTPUT="json", LANG="C"
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_a_page_that_is_out_of_date_is_named_and_left_alone_by_check(copy: Path) -> None:
    page = copy / "exit-codes.md"
    stale = page.read_text("utf-8").replace("Done, or nothing to do.", "Well.")
    page.write_text(stale, "utf-8")
    checked = _generate(copy, "--check")
    assert checked.returncode == 1
    assert checked.stderr == "out of date: exit-codes.md; run `python docs/generate.py`\n"
    assert page.read_text("utf-8") == stale


def test_a_page_that_is_out_of_date_is_written_again(copy: Path) -> None:
    page = copy / "exit-codes.md"
    page.write_text(page.read_text("utf-8").replace("Done, or nothing to do.", "Well."), "utf-8")
    assert _generate(copy).returncode == 0
    assert page.read_text("utf-8") == (DOCS / "exit-codes.md").read_text("utf-8")


def test_a_wrong_argument_is_refused(copy: Path) -> None:
    assert _generate(copy, "--chekc").returncode == 2


def test_every_path_of_ours_that_the_emulator_serves_is_documented() -> None:
    from faasctl.emulator.operator.routes import OperatorRoutes

    page = (DOCS / "emulator.md").read_text("utf-8")
    routes = object.__new__(OperatorRoutes).routes()
    assert [route.path for route in routes if f"{route.path}`" not in page] == []


PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        linked = (page.parent / name) if name else page
        if not linked.exists() or (anchor and anchor not in _anchors(linked)):
            broken.append(target)
    assert broken == []


def _anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_the_readme_holds_the_two_commands_that_set_everything_up_once_each() -> None:
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    assert lines.count('pip install ".[node]" && faasctl up --file bot.yaml.example') == 1
    assert lines.count('pip install -e ".[test]" && pytest') == 1
