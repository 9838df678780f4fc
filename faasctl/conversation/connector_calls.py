"""The function and its hooks as the connector calls them (third-party-bots §3.8, 3-5; §4)."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from faasctl.conversation.connector_events import HookRan, Invoked
from faasctl.conversation.invoker import Failure, InvocationResult
from faasctl.conversation.open_conversation import Broken
from faasctl.facts import tester_codes
from faasctl.facts.connector_errors import (
    FAILED_FAAS_REQUEST,
    FAILED_HOOK,
    INVOKE_LAMBDA,
    MISSING_RESPONSE_BODY,
    ConnectorError,
)
from faasctl.facts.limits import EXECUTION_SECONDS

if TYPE_CHECKING:
    from faasctl.conversation.connector_settings import ConnectorSettings
    from faasctl.conversation.invoker import FailureKind, Invoker
    from faasctl.conversation.open_conversation import Story
    from faasctl.definition.model import HookRole

_ON_THE_WAY: tuple[FailureKind, ...] = ("gateway", "not-deployed")
VENDOR = "faas"
"""How the error hook is told of LivePerson Functions (§4, I)."""


@dataclass(slots=True, kw_only=True)
class Exchange:
    """What the error hook gets to see of a turn: the request and the response, as far as there were such."""

    payload: Any = None
    reply: Any = None
    is_vendor_down: bool = False
    """The call of the function failed on the way."""


class FunctionCalls:
    """Calls by role; every call is told to the story, and takes its time there."""

    def __init__(self, settings: ConnectorSettings, invoker: Invoker) -> None:
        self._settings = settings
        self._invoker = invoker

    def answer(self, payload: Any, story: Story, exchange: Exchange) -> Any:
        """The reply to `payload`, hooks included; Broken when there is none. `exchange` is filled in."""
        exchange.payload = payload
        exchange.payload = payload = self._hook("pre", payload, story)
        result = self.call("function", payload)
        story.passes(result.duration)
        story.tell(
            Invoked(
                at=story.at,
                conversation=story.id,
                payload=payload,
                reply=result.value,
                failure=result.failure,
                duration=result.duration,
                logs=result.logs,
            )
        )
        if result.failure is not None:
            exchange.is_vendor_down = result.failure.kind in _ON_THE_WAY
            raise Broken(_error_of(result.failure), result.failure.message, tester=tester_codes.NO_ANSWER)
        if result.value is None:
            raise Broken(MISSING_RESPONSE_BODY, "the function answered nothing", tester=tester_codes.NO_ANSWER)
        exchange.reply = result.value
        exchange.reply = reply = self._hook("post", result.value, story)
        return reply

    def call(self, function: str, payload: Any) -> InvocationResult:
        """One call, which has failed when it took longer than the connector waits (§1.7)."""
        result = self._invoker.invoke(function, payload)
        if result.failure is None and result.duration > EXECUTION_SECONDS.value:
            late = f"no answer within {EXECUTION_SECONDS.value} s"
            return replace(result, value=None, failure=Failure(kind="timeout", message=late))
        return result

    def error_hook(self, error_id: str, error: ConnectorError, exchange: Exchange, story: Story) -> None:
        """Tells the error hook, where there is one; what comes of that is nobody's concern (§4)."""
        if "error" not in self._settings.hooks:
            return
        payload = {
            "error": {"errorId": error_id, "name": error.code},
            "vendor": VENDOR,
            "faasPayload": exchange.payload,
            "faas": exchange.reply,
        }
        self._tell_hook("error", payload, self.call("error", payload), story)

    def _hook(self, role: HookRole, value: Any, story: Story) -> Any:
        """What a pre or post hook makes of `value`; Broken when it fails or gives no object."""
        if role not in self._settings.hooks:
            return value
        before = copy.deepcopy(value)
        result = self.call(role, value)
        if result.failure is None and not isinstance(result.value, dict):
            given = "nothing" if result.value is None else f"{type(result.value).__name__} instead of an object"
            result = replace(result, failure=Failure(kind="function", message=f"it gave {given}"))
        story.passes(result.duration)
        self._tell_hook(role, before, result, story)
        if result.failure is not None:
            said = f": {result.failure.message}" if result.failure.message else ""
            raise Broken(FAILED_HOOK, f"the {role} hook failed{said}")
        return result.value

    def _tell_hook(self, role: HookRole, payload: Any, result: InvocationResult, story: Story) -> None:
        story.tell(
            HookRan(
                at=story.at,
                conversation=story.id,
                role=role,
                payload=payload,
                value=result.value,
                failure=result.failure,
                changed=role != "error" and result.failure is None and result.value != payload,
                duration=result.duration,
                logs=result.logs,
            )
        )


def _error_of(failure: Failure) -> ConnectorError:
    """Which of the two errors of a call it is (§13, 25)."""
    return FAILED_FAAS_REQUEST if failure.kind in _ON_THE_WAY else INVOKE_LAMBDA
