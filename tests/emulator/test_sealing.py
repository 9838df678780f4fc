"""Sealing texts with a key file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.emulator.sealing import Seal, Unsealable, is_sealed
from faasctl.errors import PlatformError


@pytest.fixture
def seal(tmp_path: Path) -> Seal:
    return Seal({"FAASCTL_STATE_KEY_FILE": str(tmp_path / "deep" / "emulator.key")})


@pytest.fixture(scope="module")
def kept_seal(tmp_path_factory: pytest.TempPathFactory) -> Seal:
    return Seal({"FAASCTL_STATE_KEY_FILE": str(tmp_path_factory.mktemp("seal") / "emulator.key")})


@given(text=st.text(st.characters()))
def test_every_text_comes_back(kept_seal: Seal, text: str) -> None:
    sealed = kept_seal.seal(text, of="thing")
    assert is_sealed(sealed)
    assert kept_seal.open(sealed, of="thing") == text


def test_one_text_is_sealed_differently_each_time(seal: Seal) -> None:
    assert seal.seal("text", of="thing") != seal.seal("text", of="thing")


def test_a_sealed_text_opens_only_in_its_place(seal: Seal) -> None:
    with pytest.raises(Unsealable, match="another thing"):
        seal.open(seal.seal("text", of="thing"), of="another thing")


def test_a_changed_text_does_not_open(seal: Seal) -> None:
    sealed = seal.seal("text", of="thing")
    for broken in (sealed[:-4], sealed[:12] + "AAAA" + sealed[16:], "sealed:1:", "sealed:1:?"):
        with pytest.raises(Unsealable):
            seal.open(broken, of="thing")


def test_another_process_finds_the_same_key(seal: Seal) -> None:
    again = Seal({"FAASCTL_STATE_KEY_FILE": str(seal.key_file)})
    assert again.open(seal.seal("text", of="thing"), of="thing") == "text"


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    key = tmp_path / "emulator.key"
    program = (
        "import sys; from faasctl.emulator.sealing import Seal;"
        f"print(Seal({{'FAASCTL_STATE_KEY_FILE': {str(key)!r}}}).seal('text', of='thing'))"
    )
    started = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) for _ in range(4)]
    texts = [process.communicate()[0].decode().strip() for process in started]
    seal = Seal({"FAASCTL_STATE_KEY_FILE": str(key)})
    assert [seal.open(text, of="thing") for text in texts] == ["text"] * 4
    assert [path.name for path in tmp_path.iterdir()] == ["emulator.key"]


@pytest.mark.parametrize("content", ["", "not hexadecimal", "00" * 31])
def test_a_file_that_holds_no_key_is_left_alone(tmp_path: Path, content: str) -> None:
    key = tmp_path / "emulator.key"
    key.write_text(content)
    with pytest.raises(PlatformError, match="holds no key"):
        Seal({"FAASCTL_STATE_KEY_FILE": str(key)}).seal("text", of="thing")
    assert key.read_text() == content


def test_a_place_that_cannot_hold_a_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PlatformError, match="cannot be used") as raised:
        Seal({"FAASCTL_STATE_KEY_FILE": str(tmp_path / "file" / "emulator.key")}).seal("text", of="thing")
    assert "FAASCTL_STATE_KEY_FILE" in (raised.value.hint or "")


def test_no_cryptography_is_imported_before_it_is_needed() -> None:
    program = (
        "import sys, faasctl.emulator.sealing, faasctl.emulator.secrets.state, faasctl.emulator.functions.state;"
        "print([name for name in sys.modules if name.startswith(('cryptography', 'platformdirs'))])"
    )
    printed = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=True, text=True).stdout
    assert printed.strip() == "[]"
