"""What `faasctl init` writes is a definition without mistakes, whatever the bot is called."""

from __future__ import annotations

import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from faasctl.definition.load import load
from faasctl.errors import UsageError
from faasctl.javascript.inspector import Inspector
from faasctl.scaffold import scaffold


@pytest.fixture(scope="module")
def inspector() -> Iterator[Inspector]:
    with Inspector() as inspector:
        yield inspector


@given(name=st.from_regex(r"[A-Za-z0-9_]{1,50}", fullmatch=True))
@settings(max_examples=40, deadline=None)
def test_every_name_that_the_platform_takes_gives_a_definition_without_mistakes(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        scaffold(Path(folder), name)
        definition = load(Path(folder) / "bot.yaml", environ={})
        assert definition.function.name == name
        assert definition.bot.name == name
        scenarios = yaml.safe_load((Path(folder) / "conversations" / f"{name}.yaml").read_text("utf-8"))
        assert [set(scenario) for scenario in scenarios["scenarios"]] == [{"name", "steps"}]


def test_the_code_that_is_written_passes_nodes_inspection(tmp_path: Path, inspector: Inspector) -> None:
    scaffold(tmp_path, "OrderBot")
    assert load(tmp_path / "bot.yaml", environ={}, inspector=inspector).account == "demo"


def test_it_returns_what_it_wrote_readable_for_all(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there"
    written = scaffold(folder, "OrderBot")
    assert [str(path.relative_to(folder)) for path in written] == [
        "bot.yaml",
        "functions/OrderBot/index.js",
        "conversations/OrderBot.yaml",
    ]
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o644}
    assert not any("{{" in path.read_text() for path in written)


def test_files_that_exist_are_all_named_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "bot.yaml").write_text("mine")
    scenario = tmp_path / "conversations" / "OrderBot.yaml"
    scenario.parent.mkdir()
    scenario.symlink_to("nowhere")
    with pytest.raises(UsageError) as caught:
        scaffold(tmp_path, "OrderBot")
    assert str(tmp_path / "bot.yaml") in caught.value.message
    assert str(scenario) in caught.value.message
    assert (tmp_path / "bot.yaml").read_text() == "mine"
    assert not (tmp_path / "functions").exists()


def test_a_file_where_a_folder_must_be_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "functions").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        scaffold(tmp_path, "OrderBot")
    assert not (tmp_path / "bot.yaml").exists()


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        ("order bot", "OrderBot"),
        ("../up", "Up"),
        ("", "MyBot"),
        ("über", "Uber"),
        ("OrderBot\n", "OrderBot"),
        ("x" * 51, "X" + "x" * 49),
    ],
)
def test_a_name_that_the_platform_refuses_is_refused_with_one_that_it_takes(
    tmp_path: Path, name: str, suggested: str
) -> None:
    with pytest.raises(UsageError) as caught:
        scaffold(tmp_path, name)
    assert caught.value.hint == f"Write for example {suggested}."
    assert list(tmp_path.iterdir()) == []
