"""What is read from a command line by hand, and from the environment."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer

from faasctl import keyring_access
from faasctl.cli import entry, options
from faasctl.cli.app import VERBS, load_verb
from faasctl.cli.consent import find_consent
from faasctl.cli.credentials import client_credentials, find_credential
from faasctl.cli.target import emulator_folder, state_folder
from faasctl.errors import NotSignedIn
from faasctl.liveperson.credentials import ApiKey, SessionToken, UserPassword
from faasctl.redaction import redactor


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["up"], False),
        (["up", "--output", "json"], True),
        (["up", "--output=json"], True),
        (["up", "-o", "json"], True),
        (["up", "-ojson"], True),
        (["up", "--output", "text"], False),
        (["up", "--output"], False),
        (["up", "json"], False),
    ],
)
def test_json_is_recognised_on_a_command_line_that_cannot_be_parsed(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], *, wanted: bool
) -> None:
    monkeypatch.delenv("FAASCTL_OUTPUT", raising=False)
    assert entry._wants_json(arguments) is wanted


@pytest.mark.parametrize(("text", "seconds"), [("500ms", 0.5), ("30s", 30), ("10m", 600), ("2", 2)])
def test_a_timeout_is_a_duration(text: str, seconds: float) -> None:
    assert options._seconds(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "0", "0s", "-1s", "25h"])
def test_what_is_no_timeout_is_a_usage_error(text: str) -> None:
    with pytest.raises(typer.BadParameter):
        options._seconds(text)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_of_the_table_can_be_loaded_and_says_what_it_does(verb: str) -> None:
    command = load_verb(verb)
    assert command.name == verb
    assert command.help
    assert VERBS[verb].endswith(".")


KEY = {
    "FAASCTL_USERNAME": "bot",
    "FAASCTL_APP_KEY": "app-key",
    "FAASCTL_APP_SECRET": "app-secret",
    "FAASCTL_ACCESS_TOKEN": "access-token",
    "FAASCTL_ACCESS_TOKEN_SECRET": "access-token-secret",
}


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        (
            {"FAASCTL_USER_ID": "77", "FAASCTL_TOKEN": "the-token", **KEY},
            SessionToken(user_id="77", bearer="the-token"),
        ),
        (
            {**KEY, "FAASCTL_PASSWORD": "pass-word"},
            ApiKey(
                username="bot",
                app_key="app-key",
                secret="app-secret",
                access_token="access-token",
                access_token_secret="access-token-secret",
            ),
        ),
        (
            {"FAASCTL_USERNAME": "jane", "FAASCTL_PASSWORD": "pass-word", "FAASCTL_TOKEN": ""},
            UserPassword(username="jane", password="pass-word"),
        ),
    ],
)
def test_credentials_come_whole_from_the_environment_and_are_known_to_the_redactor(
    environ: dict[str, str], expected: object
) -> None:
    assert find_credential("demo", environ).credential == expected
    for name, value in environ.items():
        if value and name not in ("FAASCTL_USER_ID", "FAASCTL_USERNAME") and value in repr(vars_of(expected)):
            assert redactor.text(f"it is {value}") == "it is ***"


def vars_of(value: object) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}  # type: ignore[attr-defined]


@pytest.mark.parametrize("environ", [{}, {"FAASCTL_USERNAME": "x", "FAASCTL_APP_KEY": "y"}])
def test_credentials_in_part_are_none(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring_access, "read", lambda _: None)
    with pytest.raises(NotSignedIn, match="no credentials for account demo"):
        find_credential("demo", environ)


def test_a_token_without_its_user_is_told() -> None:
    with pytest.raises(NotSignedIn, match="FAASCTL_USER_ID is not"):
        find_credential("demo", {"FAASCTL_TOKEN": "x"})


def test_a_client_needs_both_id_and_secret() -> None:
    assert client_credentials({"FAASCTL_CLIENT_ID": "c"}) is None
    found = client_credentials({"FAASCTL_CLIENT_ID": "c", "FAASCTL_CLIENT_SECRET": "client-secret"})
    assert found is not None
    assert found.client_id == "c"


def test_state_lies_beside_the_definition(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert state_folder(Path("bots/bot.yaml")) == tmp_path / "bots" / ".faasctl"
    assert emulator_folder(Path("/x/bot.yaml")) == Path("/x/.faasctl/emulator")


def _found(typed: list[str], monkeypatch: pytest.MonkeyPatch, *, asks: bool = True, **more: Any) -> Any:
    definition: Any = SimpleNamespace(
        function=SimpleNamespace(name="OrderBot"), bot=SimpleNamespace(name="Order bot", disclaimer=None)
    )
    run: Any = SimpleNamespace(asks=asks, reporter=SimpleNamespace(paused=lambda: None))
    lines = iter(typed)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(readline=lambda: next(lines)))
    return find_consent(run, definition, **{"accepted": False, "accepted_by": None, **more})


@pytest.mark.parametrize("typed", [["n\n"], ["\n"], [""], ["maybe\n", "NO\n"]])
def test_anything_but_yes_is_no_consent(
    typed: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _found(typed, monkeypatch) is None
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("Do you agree to the Data Disclaimer? [y/N]: ") == len(typed)


def test_a_yes_is_consent_of_who_is_named_today(monkeypatch: pytest.MonkeyPatch) -> None:
    first = date.today()  # noqa: DTZ011 - the day of the person's own calendar
    given = _found(["Yes\n", "Jane Doe\n"], monkeypatch)
    assert given.by == "Jane Doe"
    assert first <= given.on <= date.today()  # noqa: DTZ011
    assert _found(["y\n", "\n"], monkeypatch, accepted_by="jane").by == "jane"


def test_nobody_is_asked_where_the_command_line_agrees_or_forbids_questions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert _found([], monkeypatch, accepted=True, accepted_by="jane").by == "jane"
    assert _found([], monkeypatch, asks=False) is None
    monkeypatch.setenv("LOGNAME", "joe")
    assert _found([], monkeypatch, accepted=True).by == "joe"
