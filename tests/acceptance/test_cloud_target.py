"""The target `cloud` from signing in to a tested bot, rehearsed on an emulator that stands in for LivePerson."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from tests.acceptance.conftest import Project

KEYRINGS = Path(__file__).parents[1] / "keyrings"
DEVELOPER = "developer@demo.example"


@dataclass(kw_only=True)
class Cloud:
    """A project whose account is not the local one; `secrets` opens it."""

    project: Project
    secrets: dict[str, Any]

    @property
    def password(self) -> str:
        return str(self.secrets["user"]["password"])

    @property
    def lock_file(self) -> Path:
        return self.project.folder / "bot.lock.yaml"

    def log_in(self) -> None:
        self.project.write(self.password, "password")
        ended = self.project.run("login", "--username", DEVELOPER, "--password-file", "password")
        assert ended.status == 0, ended.stderr

    def requests(self) -> list[str]:
        """What the platform was asked so far, without our own calls."""
        told = self.project.ask_emulator("GET", "/emulator/requests")
        return [f"{call['method']} {call['path']}" for call in told if not call["path"].startswith("/emulator")]


@pytest.fixture
def cloud(emulator: Project) -> Cloud:
    emulator.ask_emulator("PUT", "/emulator/accounts/demo", {"skills": ["Human Agents"]})
    secrets = emulator.ask_emulator("GET", "/emulator/accounts/demo/credentials")
    status = emulator.json("emulator", "status").json["result"]
    emulator.environ |= {
        "FAASCTL_REACH_AT": status["url"],
        "FAASCTL_TARGET": "cloud",
        "PYTHON_KEYRING_BACKEND": "kept_in_file.Working",
        "PYTHONPATH": os.pathsep.join(filter(None, (str(KEYRINGS), emulator.environ.get("PYTHONPATH", "")))),
        "FAASCTL_TEST_KEYRING": str(emulator.folder.parent / "keyring.json"),
    }
    return Cloud(project=emulator, secrets=secrets)


def _at_a_terminal(project: Project, verb: str, answers: dict[str, str]) -> tuple[int, str]:
    """Exit status and what was shown to a person who gives `answers` to questions."""
    with project.at_a_terminal(verb) as terminal:
        return terminal.end(answers), terminal.shown


def test_a_bot_goes_from_login_to_a_tested_bot_and_a_pipeline_finds_it_confirmed(cloud: Cloud) -> None:
    cloud.log_in()
    status, shown = _at_a_terminal(cloud.project, "up", {"[y/N]: ": "y"})
    assert status == 0, shown
    assert "Press the refresh button" in shown or "press the refresh button" in shown
    assert re.search(r"Select the function OrderBot \([0-9a-f-]{36}\)", shown)
    again = cloud.project.json("up", "--no-input")
    assert again.steps == dict.fromkeys(again.steps, "skipped")
    tested = cloud.project.json("test-connection").checks
    assert tested["function.implemented"]["through"] == "isImplemented (invocation gateway)"
    told = cloud.project.json("status").json["result"]
    assert told["bot"]["state"] == "ONLINE"
    assert told["bot_known_from"] == "bot.lock.yaml"
    kept = yaml.safe_load(cloud.lock_file.read_text())["confirmed"]
    assert {entry["step"] for entry in kept} == {"attach", "accept-disclaimer", "online"}
    assert {entry["account"] for entry in kept} == {"demo"}


def test_a_pipeline_without_a_confirmation_ends_with_9_and_the_steps(cloud: Cloud) -> None:
    cloud.log_in()
    ended = cloud.project.json("up", "--no-input", status=9)
    error = ended.json["error"]
    assert "never confirmed" in error["message"]
    assert "LivePerson Functions" in error["hint"]
    assert "commit bot.lock.yaml" in error["hint"]
    assert not cloud.lock_file.exists()


def test_what_changed_since_the_confirmation_is_named(cloud: Cloud) -> None:
    cloud.log_in()
    assert _at_a_terminal(cloud.project, "up", {"[y/N]: ": "y"})[0] == 0
    cloud.project.define(bot={"welcome_message": True})
    ended = cloud.project.json("up", "--no-input", status=9)
    assert "changed since it was confirmed: welcome_message" in ended.json["error"]["message"]
    cloud.project.define()
    assert cloud.project.run("up", "--no-input").status == 0


def test_no_at_a_question_records_nothing(cloud: Cloud) -> None:
    cloud.log_in()
    status, shown = _at_a_terminal(cloud.project, "attach", {"[y/N]: ": "n"})
    assert status in (6, 9), shown
    assert not cloud.lock_file.exists()


def test_a_lock_file_that_was_edited_by_hand_is_refused(cloud: Cloud) -> None:
    cloud.log_in()
    assert _at_a_terminal(cloud.project, "up", {"[y/N]: ": "y"})[0] == 0
    cloud.lock_file.write_text(cloud.lock_file.read_text().replace("Human Agents", "Billing"))
    finding = cloud.project.json("up", status=3).json["error"]["findings"][0]
    assert finding["rule"] == "lock-file"
    assert "changed by hand" in finding["message"]
    cloud.lock_file.write_text("confirmed: [")
    assert "not YAML" in cloud.project.json("up", status=3).json["error"]["findings"][0]["message"]


def test_the_keyring_holds_a_session_and_no_password(cloud: Cloud) -> None:
    cloud.log_in()
    kept = Path(cloud.project.environ["FAASCTL_TEST_KEYRING"]).read_text()
    assert cloud.password not in kept
    assert "bearer" in kept
    who = cloud.project.json("whoami").json["result"]
    assert who["user"] == DEVELOPER
    assert who["credentials_from"] == "keyring"
    assert who["platform"] == "v2"
    assert 28_000 < who["seconds_left"] <= 28_800
    assert {permission["name"]: permission["held"] for permission in who["permissions"]} == {
        "read functions": True,
        "create, change and delete functions": True,
        "deploy and undeploy functions": True,
        "invoke functions": True,
    }


def test_whoami_names_the_verbs_that_a_missing_permission_bars(cloud: Cloud) -> None:
    made = cloud.project.ask_emulator(
        "PUT", "/emulator/accounts/demo/users/reader@example.com", {"roles": ["FaaS-Invocation"]}
    )
    cloud.project.environ |= {"FAASCTL_USERNAME": "reader@example.com", "FAASCTL_PASSWORD": made["password"]}
    ended = cloud.project.run("whoami")
    assert ended.status == 0
    assert "deploy and undeploy functions: MISSING; one of FaaS-Developer has it" in ended.stdout
    assert "invoke functions: yes" in ended.stdout
    refused = cloud.project.json("create", status=4).json["error"]
    assert "FaaS-Developer" in refused["message"] + refused["hint"]


def test_verbs_about_credentials_name_the_target_that_they_are_for(cloud: Cloud) -> None:
    """The definition's own target is local."""
    cloud.log_in()
    for verb in ("whoami", "logout"):
        shown = cloud.project.run(verb).stderr
        assert "target cloud" in shown
        assert "target local" not in shown


def test_logout_forgets_and_the_next_verb_says_what_to_type(cloud: Cloud) -> None:
    cloud.log_in()
    assert cloud.project.json("logout").json["result"]["removed"] is True
    error = cloud.project.json("status", status=4).json["error"]
    assert "faasctl login --account demo" in error["hint"]
    assert cloud.project.json("logout").json["result"]["removed"] is False


def test_an_api_key_renews_a_session_that_ended_and_a_password_asks_for_a_login(cloud: Cloud) -> None:
    key = cloud.secrets["user"]["apiKey"]
    cloud.project.write(json.dumps(key), "key.json")
    ended = cloud.project.run("login", "--username", DEVELOPER, "--api-key-file", "key.json")
    assert ended.status == 0, ended.stderr
    cloud.log_in()  # as the same user: the platform ends the session before
    kept = Path(cloud.project.environ["FAASCTL_TEST_KEYRING"])
    by_password = kept.read_text()
    assert cloud.project.run("login", "--username", DEVELOPER, "--api-key-file", "key.json").status == 0
    by_key = kept.read_text()
    kept.write_text(by_password)
    error = cloud.project.json("status", status=4).json["error"]
    assert "login" in error["hint"]
    cloud.log_in()
    kept.write_text(by_key)
    assert cloud.project.json("status").json["ok"]


def test_a_wrong_password_is_told_and_kept_nowhere(cloud: Cloud) -> None:
    cloud.project.write("wrong-password-1", "password")
    ended = cloud.project.json("login", "--username", DEVELOPER, "--password-file", "password", status=4)
    assert "refused the sign-in" in ended.json["error"]["message"]
    assert "wrong-password-1" not in ended.stdout + ended.stderr
    assert not Path(cloud.project.environ["FAASCTL_TEST_KEYRING"]).exists()


@pytest.mark.parametrize(
    ("backend", "said"),
    [
        ("kept_in_file.Failing", "the keyring failed"),
        ("kept_in_file.Hanging", "did not answer within"),
        ("keyring.backends.null.Keyring", "kept nothing"),
        ("keyring.backends.fail.Keyring", "no keyring on this machine"),
    ],
)
def test_a_keyring_that_is_of_no_use_is_told_with_a_way_out(cloud: Cloud, backend: str, said: str) -> None:
    cloud.project.environ["PYTHON_KEYRING_BACKEND"] = backend
    cloud.project.write(cloud.password, "password")
    login = ("login", "--username", DEVELOPER, "--password-file", "password")
    error = cloud.project.json(*login, status=4).json["error"]
    assert said in error["message"]
    assert "--credentials-file" in error["hint"]
    assert cloud.project.run(*login, "--credentials-file", "credentials.json").status == 0
    file = cloud.project.folder / "credentials.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert cloud.project.run("status", "--credentials-file", "credentials.json").status == 0


def test_a_credentials_file_that_others_can_read_is_refused(cloud: Cloud) -> None:
    cloud.project.environ["FAASCTL_CREDENTIALS_FILE"] = "credentials.json"
    cloud.log_in()
    (cloud.project.folder / "credentials.json").chmod(0o644)
    error = cloud.project.json("status", status=4).json["error"]
    assert "others than its owner" in error["message"]
    assert "chmod 600" in error["hint"]


def test_a_token_that_was_copied_needs_its_user_and_is_proven(cloud: Cloud) -> None:
    cloud.project.write("not-a-token-of-this-account", "token")
    assert cloud.project.run("login", "--token-file", "token").status == 2
    refused = cloud.project.json("login", "--token-file", "token", "--user-id", "7", status=4)
    assert refused.json["error"]["kind"] in ("not-signed-in", "permission-missing")
    cloud.project.environ["FAASCTL_TOKEN"] = "only-half-of-it"
    assert "FAASCTL_USER_ID" in cloud.project.json("status", status=4).json["error"]["message"]


def test_an_unknown_account_and_one_that_nobody_names(cloud: Cloud) -> None:
    cloud.project.environ |= {"FAASCTL_USERNAME": "jane", "FAASCTL_PASSWORD": "anything"}
    error = cloud.project.json("whoami", "--account", "99999999", status=6).json["error"]
    assert "99999999" in error["message"]
    (cloud.project.folder / "bot.yaml").unlink()
    assert cloud.project.json("login", status=2).json["error"]["hint"].startswith("Give --account")


def test_a_warm_test_connection_makes_at_most_five_calls(cloud: Cloud) -> None:
    cloud.log_in()
    assert _at_a_terminal(cloud.project, "up", {"[y/N]: ": "y"})[0] == 0
    before = len(cloud.requests())
    assert cloud.project.run("test-connection").status == 0
    made = cloud.requests()[before:]
    assert len(made) <= 5, made


def test_a_protected_account_is_written_to_only_with_its_id(cloud: Cloud) -> None:
    cloud.log_in()
    cloud.project.define(protected=True)
    before = [call for call in cloud.requests() if not call.startswith("GET")]
    error = cloud.project.json("create", status=9).json["error"]
    assert "--confirm demo" in error["hint"]
    assert "names account other" in cloud.project.json("create", "--confirm", "other", status=2).stdout
    assert [call for call in cloud.requests() if not call.startswith("GET")] == before
    assert cloud.project.run("plan").status == 0
    assert cloud.project.run("create", "--confirm", "demo").status == 0
    assert cloud.project.run("create").status == 0  # nothing to write, nothing to ask
    status, shown = _at_a_terminal(cloud.project, "deploy", {"Type the account's id": "demo"})
    assert status == 0, shown


def test_certificates_that_cannot_be_read_are_told(cloud: Cloud) -> None:
    cloud.log_in()
    cloud.project.write("nothing", "ca.pem")
    assert (
        "no certificate"
        in cloud.project.json("status", "--ca-bundle", "ca.pem", status=2).json["error"]["message"]
    )
    told = cloud.project.json("status", environ={"REQUESTS_CA_BUNDLE": "missing.pem"}, status=2).json["error"]
    assert "missing.pem, named by REQUESTS_CA_BUNDLE" in told["message"]
    assert cloud.project.run("status", "--api", "v3").status == 2
