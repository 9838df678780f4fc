"""Error codes of the Functions platform (functions-api §7.4), with the HTTP status each comes with."""

from __future__ import annotations

from dataclasses import dataclass

FUNCTION_FAILED_STATUS = 901
"""LivePerson's own HTTP status: the function itself failed (D §7.4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionErrorCode:
    """A code of the platform. `meaning` and `advice` are for people; `source` ends in `ours` where we named it.

    `code` is V2's, and V1's where the code is V1's alone; `v1` is what V1 says instead.
    """

    code: str
    status: int
    meaning: str
    advice: str
    source: str
    v1: str | None = None

    def is_said_by(self, code: str | None) -> bool:
        """Whether `code`, of either generation, is this one."""
        return code is not None and code in (self.code, self.v1)


THREW_ERROR = FunctionErrorCode(
    code="com.customer.faas.function.threw-error",
    status=FUNCTION_FAILED_STATUS,
    meaning="the function threw an error",
    advice="Read the function's log lines, or run `faasctl invoke` with the same payload.",
    source="D §7.4",
    v1="com.liveperson.faas.handler.custom-failure",
)
RUNTIME_ERROR = FunctionErrorCode(
    code="com.customer.faas.function.js-runtime-error",
    status=FUNCTION_FAILED_STATUS,
    meaning="the function broke with a JavaScript error such as a TypeError",
    advice="Look for a field of the payload that is missing (message, event and lpEvent can be), and for a fetch "
    "that reaches nobody.",
    source="D §7.4",
    v1="com.liveperson.faas.handler.runtime-exception",
)
EXECUTION_EXCEEDED = FunctionErrorCode(
    code="com.customer.faas.function.execution-exceeded",
    status=FUNCTION_FAILED_STATUS,
    meaning="the function ran longer than the platform allows (30 s)",
    advice="Answer within a second; look for a promise that never settles and calls without a time-out.",
    source="D §7.4",
    v1="com.liveperson.faas.handler.executiontime-exceeded",
)
LIMIT_REACHED = FunctionErrorCode(
    code="com.liveperson.faas.function.runtime.limit-reached",
    status=FUNCTION_FAILED_STATUS,
    meaning="the function passed a limit of its runtime",
    advice="Log less: ten entries an invocation.",
    source="D §7.4, status I",
    v1="com.liveperson.faas.handler.log-limit-reached",
)
NOT_FOUND = FunctionErrorCode(
    code="com.liveperson.faas.function.not-found",
    status=404,
    meaning="there is no such function, or it is not deployed",
    advice="Run `faasctl deploy`.",
    source="D §7.4",
    v1="com.liveperson.faas.es.missinglambda",
)
UNCHANGED = FunctionErrorCode(
    code="com.liveperson.faas.function.unchanged",
    status=400,
    meaning="the update holds no change",
    advice="Nothing to do.",
    source="C §7.4, status assumption 3",
)
GENERAL = FunctionErrorCode(
    code="com.liveperson.faas.evg.general",
    status=500,
    meaning="the gateway failed",
    advice="Try again; if it stays, ask LivePerson's support with the request id.",
    source="D §7.4, status I",
    v1="com.liveperson.faas.es.general",
)
BAD_INPUT = FunctionErrorCode(
    code="com.liveperson.faas.evg.invalid",
    status=400,
    meaning="the request's body is malformed",
    advice="Send a JSON object with headers and payload.",
    source="D §7.4, status I",
    v1="com.liveperson.faas.es.badinput",
)
VALIDATION_PREFIX = "com.liveperson.faas.fm.validation."
INTERFACE_WRONG = FunctionErrorCode(
    code=VALIDATION_PREFIX + "interface-wrong",
    status=400,
    meaning="the platform refuses the function's name or code",
    advice="Run `faasctl validate`.",
    source="M §7.4, status I",
)
NOT_DEPLOYED_V1 = FunctionErrorCode(
    code="com.liveperson.faas.es.notdeployed",
    status=404,
    meaning="V1: the function is there, and is not deployed",
    advice="Run `faasctl deploy`.",
    source="D §7.4",
)
UNAVAILABLE_V1 = FunctionErrorCode(
    code="com.liveperson.faas.es.unavailable",
    status=502,
    meaning="V1: a system behind the gateway cannot be reached",
    advice="Try again; if it stays, ask LivePerson's support with the request id.",
    source="D §7.4, status I",
)
MANAGER_GENERAL_V1 = FunctionErrorCode(
    code="com.liveperson.faas.fm.general",
    status=500,
    meaning="V1: the function manager failed",
    advice="Try again; if it stays, ask LivePerson's support with the request id.",
    source="D §7.4, status I",
)
MANAGER_UNAVAILABLE_V1 = FunctionErrorCode(
    code="com.liveperson.faas.fm.unavailable",
    status=502,
    meaning="V1: the function manager cannot be reached",
    advice="Try again; if it stays, ask LivePerson's support with the request id.",
    source="D §7.4, status I",
)
CONTRACT_ERROR_V1 = "contract-error"
"""Part of the V1 code for a function that is refused when it is saved; the whole code is not known (C §3)."""

ALL: tuple[FunctionErrorCode, ...] = tuple(
    value for value in list(globals().values()) if isinstance(value, FunctionErrorCode)
)
BY_CODE: dict[str, FunctionErrorCode] = {
    **{entry.v1: entry for entry in ALL if entry.v1 is not None},
    **{entry.code: entry for entry in ALL},
}
"""By the codes of both generations."""

RUNTIME_ERROR_NAMES = frozenset({"TypeError", "SyntaxError", "ReferenceError"})
"""JavaScript errors that count as runtime errors; every other thrown value counts as thrown (C §12.2)."""
