"""How V1 refuses: `{errorCode, errorMsg, errorLogs?}` with codes of its own (functions-api §3, §7.4)."""

from __future__ import annotations

from typing import Any

from faasctl.emulator.refusals import Refusal
from faasctl.facts.function_errors import (
    BY_CODE,
    FUNCTION_FAILED_STATUS,
    NOT_DEPLOYED_V1,
    NOT_FOUND,
    UNCHANGED,
    VALIDATION_PREFIX,
)
from faasctl.facts.limits import CONTRACT_ERROR_V1

DOMAIN_REFUSED = "faasctl.emulator.domain-refused"
NO_DOMAIN = "faasctl.emulator.no-such-domain"


class V1Refusal(Refusal):
    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {"errorCode": self.code, "errorMsg": self.message}
        if self.logs is not None:
            body["errorLogs"] = list(self.logs)
        return body


def in_v1(refusal: Refusal) -> Refusal:
    """`refusal` as V1 says it. Services whose form is their own (sign-in, tokens) keep it."""
    if type(refusal) is not Refusal:
        return refusal
    if refusal.code == UNCHANGED.code:
        return V1Refusal(304, refusal.code, refusal.message)
    logs = [] if refusal.logs is None and refusal.status == FUNCTION_FAILED_STATUS else refusal.logs
    return V1Refusal(refusal.status, _code(refusal.code), refusal.message, logs=logs, headers=refusal.headers)


def _code(code: str) -> str:
    if code.startswith(VALIDATION_PREFIX):
        return CONTRACT_ERROR_V1
    known = BY_CODE.get(code)
    return code if known is None or known.v1 is None else known.v1


def no_lambda(account: str, uuid: str) -> Refusal:
    """The sentence is the platform's own (functions-api §7.4; official client's tests, M)."""
    return Refusal(NOT_FOUND.status, NOT_FOUND.code, f"There is no {uuid} deployed on {account}")


def lambda_not_deployed(name: str) -> Refusal:
    return Refusal(NOT_DEPLOYED_V1.status, NOT_DEPLOYED_V1.code, f"{name} is not deployed")


def domain_refused(message: str) -> Refusal:
    return Refusal(400, DOMAIN_REFUSED, message)


def no_domain(identity: str) -> Refusal:
    return Refusal(404, NO_DOMAIN, f"the allow-list has no entry {identity}")
