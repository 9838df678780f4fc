"""The folders of faasctl are layers: a file imports its own layer and those below, inside functions too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "faasctl"

HEIGHTS = (
    frozenset({"cli"}),
    frozenset({"report", "scaffold"}),
    frozenset({"rollout"}),
    frozenset({"conversation"}),
    frozenset({"emulator"}),
    frozenset({"liveperson"}),
    frozenset({"definition"}),
    frozenset({"javascript"}),
    frozenset({"facts"}),
)
"""From the top to the bottom; the modules beside these folders lie below all of them."""

STRANGERS = frozenset({("emulator", "liveperson"), ("emulator", "definition")})
"""Pairs that lie one above the other and are still kept apart: these meet over HTTP."""

LONGEST_FILE = 400
OURS = ("faasctl", "tests", "docs", "benchmarks", "examples")
CODE = (".py", ".cjs", ".js", ".sh")

MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__main__.py")
"""Without the entrance, which starts the top layer and is imported by nobody."""


def _layer(parts: tuple[str, ...]) -> str | None:
    """The layer that a dotted path below the package belongs to; None for the modules beside the folders."""
    return parts[0] if parts and (PACKAGE / parts[0]).is_dir() else None


def _imported(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Line and dotted path below the package of everything of ours that a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = ("faasctl", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Import, ast.ImportFrom, ast.Call)):
            continue
        if isinstance(node, ast.Import):
            names = [tuple(alias.name.split(".")) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = (*above, *(node.module.split(".") if node.module else ()))
            names = [(*base, alias.name) for alias in node.names]
        else:
            loads = _called(node) in ("import_module", "__import__")
            names = [tuple(_text(argument).split(".")) for argument in node.args[:1] if loads]
        for name in names:
            if name[0] == "faasctl":
                yield node.lineno, name[1:]


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _height(layer: str | None) -> int:
    """0 is the top."""
    if layer is None:
        return len(HEIGHTS)
    return next(height for height, layers in enumerate(HEIGHTS) if layer in layers)


def _broken(importer: str | None, imported: str | None) -> bool:
    if importer == imported:
        return False
    return (importer, imported) in STRANGERS or _height(imported) <= _height(importer)


def test_every_folder_of_the_package_is_a_layer() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders <= frozenset[str]().union(*HEIGHTS)


@pytest.mark.parametrize(
    ("importer", "imported", "broken"),
    [
        ("cli", "facts", False),
        ("facts", "cli", True),
        ("report", "scaffold", True),
        ("emulator", "javascript", False),
        ("emulator", "liveperson", True),
        ("emulator", "definition", True),
        ("liveperson", "emulator", True),
        ("facts", None, False),
        (None, "facts", True),
        (None, None, False),
    ],
)
def test_the_rule_itself(importer: str | None, imported: str | None, *, broken: bool) -> None:
    assert _broken(importer, imported) is broken


def test_imports_are_found_wherever_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    path = tmp_path / "facts" / "some.py"
    path.parent.mkdir()
    path.write_text(
        "import faasctl.cli\n"
        "from ..report import text\n"
        "from . import events\n"
        "def late():\n"
        "    from faasctl import rollout\n"
        "    importlib.import_module('faasctl.emulator.server')\n"
    )
    assert [name for _, name in sorted(_imported(path))] == [
        ("cli",),
        ("report", "text"),
        ("facts", "events"),
        ("rollout",),
        ("emulator", "server"),
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_imports_only_its_own_layer_and_those_below(path: Path) -> None:
    layer = _layer(path.relative_to(PACKAGE).parts)
    wrong = [
        f"line {line}: {layer or 'a module at the bottom'} imports faasctl.{'.'.join(name)}"
        for line, name in _imported(path)
        if _broken(layer, _layer(name))
    ]
    assert wrong == []


def test_no_file_of_code_is_longer_than_it_should_be() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for folder in OURS
        for path in (ROOT / folder).rglob("*")
        if path.suffix in CODE and path.is_file()
    }
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}
