"""The client and the emulator, which know nothing of each other, through a bot's life (functions-api §16.3)."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from faasctl.deadline import Deadline
from faasctl.emulator.server import Emulator
from faasctl.errors import (
    ChangedRemotely,
    FunctionFailed,
    NotFound,
    NotSignedIn,
    PlatformError,
)
from faasctl.facts.events import CUSTOM_INTEGRATION, POST_HOOK
from faasctl.facts.states import DEPLOYMENTS_UNDER_WAY, DRAFT, MODIFIED, PRODUCTIVE
from faasctl.liveperson.connect import connect
from faasctl.liveperson.credentials import ClientCredentials, SessionToken, UserPassword
from faasctl.liveperson.emulated import EmulatedAccounts
from faasctl.liveperson.model import AccountSettings, BotConfiguration, Manifest
from faasctl.liveperson.network import Network

if TYPE_CHECKING:
    from collections.abc import Iterator

    from faasctl.emulator.endpoint import Endpoint
    from faasctl.liveperson.credentials import Credential
    from faasctl.liveperson.platform import Platform

ACCOUNT = "demo"
CODE = """\
async function lambda(input) {
  console.info("heard", input.payload.message);
  if (input.payload.message === "fail") throw new Error("told to fail");
  return { messages: [`${process.env.GREETING} ${input.payload.message}`] };
}
"""


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    with Emulator(tmp_path_factory.mktemp("emulator")) as emulator:
        yield emulator.endpoint


@pytest.fixture
def accounts(endpoint: Endpoint) -> Iterator[EmulatedAccounts]:
    """With an account that holds a skill and an agent."""
    made = EmulatedAccounts(endpoint.url, endpoint.operator_token, deadline=Deadline(60))
    made.provision(ACCOUNT, AccountSettings(skills=("Human Agents",), agents=("orderbot@example.com",)))
    yield made
    made.close()


@pytest.fixture
def platform(endpoint: Endpoint, accounts: EmulatedAccounts) -> Iterator[Platform]:
    """The account, without any function, as the operator sees it."""
    token = SessionToken(bearer=endpoint.operator_token, user_id=endpoint.operator_id)
    with contextlib.closing(_connect(endpoint, token)) as made:
        yield made
        found = accounts.account(ACCOUNT)
        for bot in found.bots if found else ():
            accounts.stop_bot(ACCOUNT, bot.bot_id)
            accounts.delete_bot(ACCOUNT, bot.bot_id)
        for function in made.functions():
            if function.state != DRAFT:
                made.undeploy(function.uuid)
                _wait_for(made, function.uuid, DRAFT)
            made.delete_function(function.uuid)


def _connect(endpoint: Endpoint, credential: Credential, client: ClientCredentials | None = None) -> Platform:
    return connect(
        ACCOUNT,
        credential,
        network=Network(reach_at=endpoint.url),
        client_credentials=client,
        deadline=Deadline(60),
    )


def _wait_for(platform: Platform, uuid: str, state: str) -> None:
    deadline = Deadline(20)
    while platform.function(uuid).state != state:
        assert not deadline.passed, platform.deployments(uuid)
        deadline.sleep(0.02)


def _deployed(platform: Platform) -> str:
    function = platform.create_function("OrderBot", description="Answers", event_id=CUSTOM_INTEGRATION)
    assert function.manifest is not None
    platform.update_manifest(function.uuid, function.manifest, code=CODE, environment={"GREETING": "Hello"})
    platform.deploy(function.uuid)
    _wait_for(platform, function.uuid, PRODUCTIVE)
    return function.uuid


def _manifest(platform: Platform, uuid: str) -> Manifest:
    manifest = platform.function(uuid).manifest
    assert manifest is not None
    return manifest


def test_a_session_from_signing_in_to_undeploying(endpoint: Endpoint, accounts: EmulatedAccounts) -> None:
    credentials = accounts.credentials(ACCOUNT)
    platform = _connect(
        endpoint,
        UserPassword(username=credentials.username, password=credentials.password),
        ClientCredentials(client_id=credentials.client_id, client_secret=credentials.client_secret),
    )
    with contextlib.closing(platform):
        assert platform.functions() == ()
        uuid = _deployed(platform)
        listed = platform.functions()[0]
        assert (listed.name, listed.state, listed.event_id, listed.manifest) == (
            "OrderBot",
            PRODUCTIVE,
            CUSTOM_INTEGRATION,
            None,
        )
        tested = platform.test_invocation(uuid, {"message": "you"})
        assert tested.result == {"messages": ["Hello you"]}
        assert [(entry.level, entry.message, entry.extras) for entry in tested.logs] == [
            ("Info", "heard", ("you",))
        ]
        assert platform.invoke(uuid, {"message": "you"}).result == {"messages": ["Hello you"]}
        assert platform.is_implemented(CUSTOM_INTEGRATION)
        by_event = platform.invoke_event(CUSTOM_INTEGRATION, {"message": "all"})
        assert [(entry.function_uuid, entry.result) for entry in by_event.results] == [
            (uuid, {"messages": ["Hello all"]})
        ]
        assert platform.counts().functions == 1
        assert platform.refresh() is True
        platform.undeploy(uuid)
        _wait_for(platform, uuid, DRAFT)
        with pytest.raises(NotFound):
            platform.invoke(uuid, {"message": "you"})
        platform.delete_function(uuid)
        assert platform.functions() == ()


def test_a_change_is_served_after_its_redeployment(platform: Platform) -> None:
    uuid = _deployed(platform)
    platform.update_manifest(uuid, _manifest(platform, uuid), environment={"GREETING": "Bye"})
    assert platform.function(uuid).state == MODIFIED
    assert platform.invoke(uuid, {"message": "you"}).result == {"messages": ["Hello you"]}
    platform.redeploy(uuid)
    _wait_for(platform, uuid, PRODUCTIVE)
    assert platform.invoke(uuid, {"message": "you"}).result == {"messages": ["Bye you"]}
    assert _manifest(platform, uuid).code == CODE


def test_what_changes_nothing_is_no_error(platform: Platform) -> None:
    uuid = _deployed(platform)
    before = _manifest(platform, uuid)
    platform.update_manifest(uuid, before, code=CODE, environment={"GREETING": "Hello"})
    assert platform.update_function(uuid, description="Answers", skills=()).state == PRODUCTIVE
    assert platform.update_function(uuid, description="Answers more", skills=()).description == "Answers more"
    assert _manifest(platform, uuid) == before


def test_a_function_that_fails_is_told_with_its_logs_by_the_test_call_alone(platform: Platform) -> None:
    uuid = _deployed(platform)
    with pytest.raises(FunctionFailed, match="testing function OrderBot failed: told to fail") as tested:
        platform.test_invocation(uuid, {"message": "fail"})
    assert tested.value.logs
    with pytest.raises(FunctionFailed, match="invoking function OrderBot failed") as invoked:
        platform.invoke(uuid, {"message": "fail"})
    assert invoked.value.code == "com.customer.faas.function.threw-error"
    assert invoked.value.logs == ()


def test_a_deployment_that_fails_tells_its_reason(platform: Platform) -> None:
    function = platform.create_function("Broken", description="d", event_id=CUSTOM_INTEGRATION)
    assert function.manifest is not None
    code = 'import nothing from "no-such-module";\nasync function lambda() { return nothing; }\n'
    platform.update_manifest(function.uuid, function.manifest, code=code)
    platform.deploy(function.uuid)
    deadline = Deadline(20)
    while (newest := platform.deployments(function.uuid)[0]).state in DEPLOYMENTS_UNDER_WAY:
        assert not deadline.passed
        deadline.sleep(0.02)
    assert newest.state == "failed"
    assert "no-such-module" in (newest.error or "")
    assert platform.function(function.uuid).state == DRAFT


def test_what_the_platform_refuses_is_told_in_its_words(platform: Platform) -> None:
    with pytest.raises(PlatformError, match="creating function Name! failed") as caught:
        platform.create_function("Name!", description="d")
    assert caught.value.status == 400
    platform.create_function("Twice", description="d")
    with pytest.raises(PlatformError, match="Twice"):
        platform.create_function("Twice", description="d")


def test_events_are_those_of_the_catalogue(platform: Platform) -> None:
    events = {event.event_id: event.limit for event in platform.events()}
    assert events[CUSTOM_INTEGRATION] == events[POST_HOOK] == 15
    with pytest.raises(NotFound):
        platform.invoke_event(POST_HOOK, {})


def test_a_second_sign_in_ends_the_first_one(endpoint: Endpoint, accounts: EmulatedAccounts) -> None:
    credentials = accounts.credentials(ACCOUNT)
    user = UserPassword(username=credentials.username, password=credentials.password)
    first, second = _connect(endpoint, user), _connect(endpoint, user)
    with contextlib.closing(first), contextlib.closing(second):
        assert second.functions() == ()
        with pytest.raises(NotSignedIn):
            first.functions()
        assert first.refresh() is False


def test_wrong_credentials_are_refused(endpoint: Endpoint, accounts: EmulatedAccounts) -> None:
    credentials = accounts.credentials(ACCOUNT)
    with pytest.raises(NotSignedIn, match="refused the sign-in"):
        _connect(endpoint, UserPassword(username=credentials.username, password="not-the-password"))


def test_an_unknown_account_is_told(endpoint: Endpoint) -> None:
    token = SessionToken(bearer=endpoint.operator_token, user_id=endpoint.operator_id)
    with pytest.raises(NotFound, match="account nobody is not known"):
        connect("nobody", token, network=Network(reach_at=endpoint.url), deadline=Deadline(10))


def test_a_bot_goes_online_with_consent_and_function(platform: Platform, accounts: EmulatedAccounts) -> None:
    uuid = _deployed(platform)
    bot = BotConfiguration(
        bot_id="order-bot",
        name="Order bot",
        agent="orderbot@example.com",
        function_uuid=uuid,
        escalation_skill="Human Agents",
        welcome_message=True,
    )
    assert accounts.save_bot(ACCOUNT, bot) == bot
    with pytest.raises(PlatformError, match="disclaimer of bot order-bot is not accepted") as refused:
        accounts.start_bot(ACCOUNT, "order-bot")
    assert refused.value.code == "faasctl.emulator.disclaimer-not-accepted"
    consented = accounts.accept_disclaimer(ACCOUNT, "order-bot", by="jane@example.com", on="2026-11-20")
    assert consented.disclaimer is not None
    assert (consented.disclaimer.by, consented.disclaimer.on) == ("jane@example.com", "2026-11-20")
    assert accounts.start_bot(ACCOUNT, "order-bot").state == "ONLINE"
    with pytest.raises(ChangedRemotely):
        accounts.save_bot(ACCOUNT, bot)
    assert accounts.stop_bot(ACCOUNT, "order-bot").state == "OFFLINE"
    account = accounts.account(ACCOUNT)
    assert account is not None
    assert [entry.bot_id for entry in account.bots] == ["order-bot"]
    assert accounts.account("nobody") is None
