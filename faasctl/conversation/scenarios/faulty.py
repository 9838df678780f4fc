"""An invoker that lets calls go wrong, without calling anything."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, get_args

from faasctl.conversation.invoker import Failure, InvocationResult
from faasctl.definition.model import Role
from faasctl.facts import function_errors
from faasctl.facts.limits import EXECUTION_SECONDS

if TYPE_CHECKING:
    from faasctl.conversation.invoker import Invoker

_ROLES: tuple[str, ...] = get_args(Role)

_TOO_LONG = float(EXECUTION_SECONDS.value)

_RESULTS: Mapping[str, Callable[[], InvocationResult]] = {
    "throws": lambda: InvocationResult(
        failure=Failure(kind="function", message="the function threw", code=function_errors.THREW_ERROR.code)
    ),
    "times-out": lambda: InvocationResult(
        failure=Failure(
            kind="timeout",
            message=f"the function ran over {_TOO_LONG:g} s",
            code=function_errors.EXECUTION_EXCEEDED.code,
        ),
        duration=_TOO_LONG,
    ),
    "answers-nothing": lambda: InvocationResult(value=None),
    "answers-rubbish": lambda: InvocationResult(value={"messages": {"0": [17, None]}, "contxt": "%PDF-1.7"}),
    "rate-limited": lambda: InvocationResult(
        failure=Failure(kind="quota", message="the platform answered 429: too many requests")
    ),
    "not-deployed": lambda: InvocationResult(
        failure=Failure(kind="not-deployed", message="the function is not deployed")
    ),
    "unreachable": lambda: InvocationResult(
        failure=Failure(kind="gateway", message="the gateway broke on the way to the function")
    ),
}
"""By the names of schema.FAULTS."""


class FaultyInvoker:
    """Implements Invoker: roles with a fault are answered from here, all others go on to `inner`.

    The role `invocation` stands for any function that is none of the definition's. A fault of the function begins
    with its call number `after` (from 0).
    """

    def __init__(self, inner: Invoker, faults: Mapping[str, str], *, after: int = 0) -> None:
        self._inner = inner
        self._faults = faults
        self._after = after
        self._calls = 0
        self._lock = threading.Lock()

    def invoke(self, function: str, payload: Any) -> InvocationResult:
        role = function if function in _ROLES else "invocation"
        fault = self._faults.get(role)
        if fault is None:
            return self._inner.invoke(function, payload)
        with self._lock:
            self._calls += 1
            early = role == "function" and self._calls <= self._after
        return self._inner.invoke(function, payload) if early else _RESULTS[fault]()
