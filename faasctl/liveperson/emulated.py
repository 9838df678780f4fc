"""What only the emulator has: accounts to set up, and bot configurations. Paths below /emulator/ are ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from faasctl.errors import ChangedRemotely, NotFound, PlatformError
from faasctl.facts import secrets
from faasctl.liveperson.exchange import Answer, Request
from faasctl.liveperson.model import (
    AccountSettings,
    BotConfiguration,
    Disclaimer,
    EmulatedAccount,
    EmulatedCredentials,
)
from faasctl.liveperson.network import Network
from faasctl.liveperson.reading import Fields, read_object
from faasctl.liveperson.retry import Repeat
from faasctl.liveperson.transport import Transport
from faasctl.redaction import redactor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from faasctl.deadline import Deadline


class EmulatedAccounts:
    """The emulator at `url`, opened by its operator's token. Each call keeps to `deadline` or a sooner one."""

    def __init__(self, url: str, operator_token: str, *, deadline: Deadline) -> None:
        self._transport = Transport(Network(domain_url=url, reach_at=url))
        self._token = redactor.register(operator_token)
        self._deadline = deadline

    def close(self) -> None:
        """Gives back the connections."""
        self._transport.close()

    def account(self, account: str, *, deadline: Deadline | None = None) -> EmulatedAccount | None:
        """The account with its bots; None when the emulator has no such account."""
        purpose = f"reading account {account} of the emulator"
        try:
            answer = self._send("GET", _path(account), purpose, deadline)
        except NotFound:
            return None
        return _parse_account(read_object(answer, purpose))

    def provision(
        self, account: str, settings: AccountSettings, *, deadline: Deadline | None = None
    ) -> EmulatedAccount:
        """Creates the account, or changes its settings."""
        body = {
            "platform": settings.platform,
            "allowedDomains": list(settings.allowed_domains),
            "looseLimits": settings.loose_limits,
            "skills": list(settings.skills),
            "agents": list(settings.agents),
            "imageHosts": list(settings.image_hosts),
            "deployDelay": settings.deploy_delay,
            "executionSeconds": settings.execution_seconds,
            "refuseStaleVersions": settings.refuse_stale_versions,
        }
        purpose = f"setting up account {account} of the emulator"
        answer = self._send("PUT", _path(account), purpose, deadline, body)
        return _parse_account(read_object(answer, purpose))

    def holds_secret(self, account: str, held: EmulatedAccount, name: str, value: Any) -> bool:
        """Whether `held`, as it was read, has the secret with this very value."""
        digest = held.secrets.get(name)
        return digest is not None and digest == secrets.digest(self._token, account, name, value)

    def put_secret(self, account: str, name: str, value: Any, *, deadline: Deadline | None = None) -> None:
        """Creates or replaces a secret of the account; `value` is any JSON but null."""
        path = f"{_path(account)}/secrets/{quote(name, safe='')}"
        self._send("PUT", path, f"storing the secret {name} in the emulator", deadline, {"value": value})

    def delete_secret(self, account: str, name: str, *, deadline: Deadline | None = None) -> None:
        """Deletes; a secret that is gone already is no error."""
        path = f"{_path(account)}/secrets/{quote(name, safe='')}"
        try:
            self._send("DELETE", path, f"deleting the secret {name} of the emulator", deadline)
        except NotFound:
            return

    def save_bot(
        self, account: str, bot: BotConfiguration, *, deadline: Deadline | None = None
    ) -> BotConfiguration:
        """Creates or changes a bot; ChangedRemotely while it is online or when its agent belongs to another."""
        purpose = f"saving bot {bot.name}"
        answer = self._send("PUT", _path(account, bot.bot_id), purpose, deadline, _manifest(bot))
        return _parse_bot(read_object(answer, purpose))

    def delete_bot(self, account: str, bot_id: str, *, deadline: Deadline | None = None) -> None:
        """Deletes; a bot that is gone already is no error."""
        try:
            self._send("DELETE", _path(account, bot_id), f"deleting bot {bot_id}", deadline)
        except NotFound:
            return

    def accept_disclaimer(
        self, account: str, bot_id: str, *, by: str, on: str, deadline: Deadline | None = None
    ) -> BotConfiguration:
        """Stores the consent of `by` (who) `on` (ISO day)."""
        purpose = f"storing the consent to the data disclaimer of bot {bot_id}"
        body = {"by": by, "on": on}
        answer = self._send("PUT", f"{_path(account, bot_id)}/disclaimer", purpose, deadline, body)
        return _parse_bot(read_object(answer, purpose))

    def start_bot(self, account: str, bot_id: str, *, deadline: Deadline | None = None) -> BotConfiguration:
        """Brings the bot online; PlatformError without consent or while a function of it is not deployed."""
        purpose = f"starting bot {bot_id}"
        try:
            answer = self._send("POST", f"{_path(account, bot_id)}/start", purpose, deadline)
        except ChangedRemotely as error:
            raise PlatformError(
                error.message,
                hint="It needs the consent to the data disclaimer, and its function and hooks deployed.",
                code=error.code,
                status=error.status,
                request_id=error.request_id,
            ) from None
        return _parse_bot(read_object(answer, purpose))

    def stop_bot(self, account: str, bot_id: str, *, deadline: Deadline | None = None) -> BotConfiguration:
        """Takes the bot offline, so that it can be changed."""
        purpose = f"stopping bot {bot_id}"
        answer = self._send("POST", f"{_path(account, bot_id)}/stop", purpose, deadline)
        return _parse_bot(read_object(answer, purpose))

    def credentials(self, account: str, *, deadline: Deadline | None = None) -> EmulatedCredentials:
        """What signs in to the account; the values open nothing but this emulator."""
        purpose = f"reading the credentials of account {account} of the emulator"
        answer = self._send("GET", f"{_path(account)}/credentials", purpose, deadline)
        return _parse_credentials(read_object(answer, purpose))

    def _send(self, method: str, path: str, purpose: str, deadline: Deadline | None, json: Any = None) -> Answer:
        if deadline is None or deadline.remaining() > self._deadline.remaining():
            deadline = self._deadline
        request = Request(
            method=method,
            host=None,
            path=path,
            headers={"Authorization": f"Bearer {self._token}"},
            json=json,
            purpose=purpose,
            repeat=Repeat.ALWAYS,  # every call of ours may be carried out twice with the same end
        )
        return self._transport.send(request, deadline)


def _path(account: str, bot_id: str | None = None) -> str:
    path = f"/emulator/accounts/{quote(account, safe='')}"
    return path if bot_id is None else f"{path}/bots/{quote(bot_id, safe='')}"


def _manifest(bot: BotConfiguration) -> dict[str, Any]:
    """The form of third-party-bots §12, without what only the emulator sets."""
    return {
        "botId": bot.bot_id,
        "type": "AGENT",
        "name": bot.name,
        "agent": {"loginName": bot.agent},
        "conversationType": bot.conversation_type,
        "conversation": {
            "welcomeMessage": bot.welcome_message,
            "engagementAttributes": bot.engagement_attributes,
            **({"combine": _combine(bot.combine)} if bot.combine else {}),
        },
        "errorHandling": {
            "toCustomer": bot.message_to_customer or "",
            "toAgent": bot.message_to_agent or "",
            "failure": bot.failure_message or "",
            "skill": bot.escalation_skill,
            "errorHook": bot.error_hook,
        },
        "vendor": {
            "kind": "FAAS",
            "functionUuid": bot.function_uuid,
            "preHook": bot.pre_hook,
            "postHook": bot.post_hook,
        },
    }


def _combine(combine: Mapping[str, float]) -> dict[str, Any]:
    spans = {"windowSec": combine["window"], "afterTypingSec": combine["after_typing"]}
    return {"enabled": True, "max": combine["max"], **spans}


def _parse_combine(conversation: Fields) -> dict[str, float] | None:
    fields = conversation.child("combine") if "combine" in conversation else None
    if fields is None or not fields.flag("enabled"):
        return None
    names = {"max": "max", "window": "windowSec", "after_typing": "afterTypingSec"}
    return {name: fields.number(key) for name, key in names.items()}


def _parse_account(fields: Fields) -> EmulatedAccount:
    return EmulatedAccount(
        platform="v1" if fields.optional_text("platform") == "v1" else "v2",
        allowed_domains=fields.texts("allowedDomains"),
        loose_limits=fields.flag("looseLimits"),
        skills=fields.texts("skills"),
        agents=fields.texts("agents"),
        image_hosts=fields.texts("imageHosts"),
        deploy_delay=fields.number("deployDelay"),
        execution_seconds=fields.number("executionSeconds"),
        refuse_stale_versions=fields.flag("refuseStaleVersions"),
        secrets=fields.text_map("secrets"),
        bots=tuple(_parse_bot(bot) for bot in fields.children("bots")),
    )


def _parse_bot(fields: Fields) -> BotConfiguration:
    conversation = fields.child("conversation")
    failure = fields.child("errorHandling")
    vendor = fields.child("vendor")
    return BotConfiguration(
        bot_id=fields.filled_text("botId"),
        name=fields.text("name"),
        agent=fields.child("agent").text("loginName"),
        function_uuid=vendor.text("functionUuid"),
        escalation_skill=failure.text("skill"),
        message_to_customer=failure.optional_text("toCustomer") or None,
        message_to_agent=failure.optional_text("toAgent") or None,
        failure_message=failure.optional_text("failure") or None,
        conversation_type=fields.text("conversationType"),
        welcome_message=conversation.flag("welcomeMessage"),
        engagement_attributes=conversation.flag("engagementAttributes"),
        combine=_parse_combine(conversation),
        pre_hook=vendor.optional_text("preHook"),
        post_hook=vendor.optional_text("postHook"),
        error_hook=failure.optional_text("errorHook"),
        disclaimer=_parse_disclaimer(vendor.child("disclaimer")),
        state=fields.text("state"),
        draft=fields.flag("draft"),
    )


def _parse_disclaimer(fields: Fields) -> Disclaimer | None:
    if not fields.flag("accepted"):
        return None
    return Disclaimer(by=fields.text("by"), on=fields.optional_text("on"), at=fields.optional_text("at"))


def _parse_credentials(fields: Fields) -> EmulatedCredentials:
    user = fields.child("user")
    client = fields.child("client")
    return EmulatedCredentials(
        username=user.text("username"),
        password=redactor.register(user.text("password")),
        client_id=client.text("clientId"),
        client_secret=redactor.register(client.text("clientSecret")),
    )
