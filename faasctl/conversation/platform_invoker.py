"""Functions called on a LivePerson account: by the test call, which tells logs, or by the gateway."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, get_args

from faasctl.conversation.invoker import Failure, FailureKind, InvocationResult
from faasctl.definition.model import Role
from faasctl.errors import AnsweredError, FunctionFailed, NotFound, PlatformBroke, RateLimited
from faasctl.facts.function_errors import EXECUTION_EXCEEDED

if TYPE_CHECKING:
    from faasctl.liveperson.model import Invocation
    from faasctl.liveperson.platform import Platform

Through = Literal["test", "gateway"]
ROLES: tuple[str, ...] = get_args(Role)


class PlatformInvoker:
    """Implements Invoker. `functions` has the UUID of every role of the definition that is in the account.

    A role that is missing there is not deployed.
    """

    def __init__(
        self,
        platform: Platform,
        functions: Mapping[str, str],
        *,
        through: Through = "test",
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._call = platform.test_invocation if through == "test" else platform.invoke
        self._functions = dict(functions)
        self._clock = clock

    def invoke(self, function: str, payload: Any) -> InvocationResult:
        uuid = self._functions.get(function, function)
        if uuid in ROLES:
            failure = Failure(kind="not-deployed", message="the function does not exist")
            return InvocationResult(failure=failure)
        start = self._clock()
        try:
            answer: Invocation = self._call(uuid, _sound(payload))
        except (FunctionFailed, RateLimited, NotFound, PlatformBroke) as error:
            return InvocationResult(
                failure=Failure(
                    kind=_kind(error),
                    message=error.reason or error.message,
                    code=error.code,
                    origin=error.origin,
                ),
                logs=error.logs,
                duration=self._clock() - start if error.seconds is None else error.seconds,
            )
        return InvocationResult(value=answer.result, logs=answer.logs, duration=answer.duration)


def _sound(payload: Any) -> Any:
    """The payload with U+FFFD for each half of a surrogate pair: a reply that was cut within an emoji has such, it
    goes on to a hook, and no UTF-8 holds it.
    """
    text = json.dumps(payload, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    return payload


def _kind(error: AnsweredError) -> FailureKind:
    if isinstance(error, RateLimited):
        return "quota"
    if isinstance(error, NotFound):
        return "not-deployed"
    if isinstance(error, PlatformBroke):
        return "gateway"
    return "timeout" if EXECUTION_EXCEEDED.is_said_by(error.code) else "function"
