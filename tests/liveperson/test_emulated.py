"""The calls that only the emulator has, against a server that plays it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from faasctl.errors import ChangedRemotely
from faasctl.liveperson.emulated import EmulatedAccounts
from faasctl.liveperson.model import AccountSettings, BotConfiguration, Disclaimer, EmulatedAccount
from faasctl.redaction import redactor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from faasctl.deadline import Deadline
    from tests.liveperson.conftest import Server

DEMO = "/emulator/accounts/demo"
SETTINGS = {
    "platform": "v1",
    "allowedDomains": ["*.example.com"],
    "skills": ["Human Agents"],
    "agents": ["orderbot@example.com"],
    "imageHosts": ["cdn.example.com"],
    "deployDelay": 0.5,
    "refuseStaleVersions": True,
    "looseLimits": False,
    "executionSeconds": 10,
}
BOT = BotConfiguration(
    bot_id="b1",
    name="Order bot",
    agent="orderbot@example.com",
    function_uuid="u1",
    escalation_skill="Human Agents",
    message_to_customer="One moment please",
    welcome_message=True,
    pre_hook="u2",
)
WIRE: dict[str, Any] = {
    "botId": "b1",
    "type": "AGENT",
    "name": "Order bot",
    "agent": {"loginName": "orderbot@example.com"},
    "conversationType": "MESSAGING",
    "conversation": {"welcomeMessage": True, "engagementAttributes": False},
    "errorHandling": {
        "toCustomer": "One moment please",
        "toAgent": "",
        "failure": "",
        "skill": "Human Agents",
        "errorHook": None,
    },
    "vendor": {"kind": "FAAS", "functionUuid": "u1", "preHook": "u2", "postHook": None},
}
STORED: dict[str, Any] = {
    **WIRE,
    "vendor": {**WIRE["vendor"], "disclaimer": {"accepted": False, "by": None, "at": None}},
    "state": "OFFLINE",
    "draft": True,
}


@pytest.fixture
def accounts(server: Server, deadline: Deadline) -> Iterator[EmulatedAccounts]:
    made = EmulatedAccounts(server.url, "operator-token-1", deadline=deadline)
    yield made
    made.close()


def test_an_account_is_set_up(server: Server, accounts: EmulatedAccounts) -> None:
    server.on("PUT", DEMO).answers(201, {**SETTINGS, "bots": []})
    made = accounts.provision(
        "demo",
        AccountSettings(
            platform="v1",
            allowed_domains=("*.example.com",),
            skills=("Human Agents",),
            agents=("orderbot@example.com",),
            image_hosts=("cdn.example.com",),
            deploy_delay=0.5,
            execution_seconds=10,
            refuse_stale_versions=True,
        ),
    )
    assert made.skills == ("Human Agents",)
    assert server.received[0].json == SETTINGS
    assert server.received[0].headers["authorization"] == "Bearer operator-token-1"


def test_an_account_is_read_with_its_bots(server: Server, accounts: EmulatedAccounts) -> None:
    server.on("GET", DEMO).answers(200, {**SETTINGS, "bots": [STORED]})
    assert accounts.account("demo") == EmulatedAccount(
        platform="v1",
        allowed_domains=("*.example.com",),
        skills=("Human Agents",),
        agents=("orderbot@example.com",),
        image_hosts=("cdn.example.com",),
        deploy_delay=0.5,
        execution_seconds=10,
        refuse_stale_versions=True,
        bots=(BOT,),
    )


def test_an_account_that_is_not_there_is_none(server: Server, accounts: EmulatedAccounts) -> None:
    server.on("GET", DEMO).answers(404, {"code": "faasctl.emulator.no-account", "message": "…"})
    assert accounts.account("demo") is None


def test_a_bot_is_saved_without_what_only_the_emulator_sets(server: Server, accounts: EmulatedAccounts) -> None:
    server.on("PUT", f"{DEMO}/bots/b1").answers(201, STORED)
    assert accounts.save_bot("demo", BOT) == BOT
    assert server.received[0].json == WIRE


def test_a_bot_that_is_online_is_not_changed(server: Server, accounts: EmulatedAccounts) -> None:
    server.on("PUT", f"{DEMO}/bots/b1").answers(409, {"code": "faasctl.emulator.x", "message": "it is online"})
    with pytest.raises(ChangedRemotely, match="saving bot Order bot failed: it is online"):
        accounts.save_bot("demo", BOT)


def test_a_consent_is_stored(server: Server, accounts: EmulatedAccounts) -> None:
    consent = {"accepted": True, "by": "jane@example.com", "on": "2026-11-20", "at": "2026-11-20T09:00:00.000Z"}
    server.on("PUT", f"{DEMO}/bots/b1/disclaimer").answers(
        200, {**STORED, "vendor": {**STORED["vendor"], "disclaimer": consent}, "draft": False}
    )
    bot = accounts.accept_disclaimer("demo", "b1", by="jane@example.com", on="2026-11-20")
    assert bot.disclaimer == Disclaimer(by="jane@example.com", on="2026-11-20", at="2026-11-20T09:00:00.000Z")
    assert bot.draft is False
    assert server.received[0].json == {"by": "jane@example.com", "on": "2026-11-20"}


def test_a_bot_starts_and_stops(server: Server, accounts: EmulatedAccounts) -> None:
    server.on("POST", f"{DEMO}/bots/b1/start").answers(200, {**STORED, "state": "ONLINE"})
    server.on("POST", f"{DEMO}/bots/b1/stop").answers(200, STORED)
    assert accounts.start_bot("demo", "b1").state == "ONLINE"
    assert accounts.stop_bot("demo", "b1").state == "OFFLINE"


def test_the_credentials_of_an_account_are_kept_out_of_sight(server: Server, accounts: EmulatedAccounts) -> None:
    server.on("GET", f"{DEMO}/credentials").answers(
        200,
        {
            "user": {"username": "developer@demo.example", "password": "pass-word-1"},
            "client": {"clientId": "c1", "clientSecret": "client-secret-2"},
        },
    )
    credentials = accounts.credentials("demo")
    assert (credentials.username, credentials.password) == ("developer@demo.example", "pass-word-1")
    assert (credentials.client_id, credentials.client_secret) == ("c1", "client-secret-2")
    assert redactor.text(f"pass-word-1 client-secret-2 {credentials}").startswith("*** *** EmulatedCredentials(")
    assert "pass-word-1" not in repr(credentials)


def test_deleting_a_bot_that_is_gone_is_no_error(server: Server, accounts: EmulatedAccounts) -> None:
    server.on("DELETE", f"{DEMO}/bots/b1").answers(204).answers(404)
    accounts.delete_bot("demo", "b1")
    accounts.delete_bot("demo", "b1")
    assert server.count("DELETE") == 2
