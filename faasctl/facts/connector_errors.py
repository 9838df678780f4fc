"""Error codes of the bot connector that a test connection can end with (third-party-bots §5.1, §6)."""

from __future__ import annotations

from dataclasses import dataclass

PREFIX = "com.liveperson.bot-connectors-worker.error."


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorError:
    """A connector's code with the reasons that the platform's pages give for it."""

    code: str
    reasons: tuple[str, ...]
    source: str


TEST_CONNECTION = ConnectorError(
    code=PREFIX + "aivendor.faas.testConnection",
    reasons=("the function does not respond in time", "the function responds with a bad status"),
    source="D §5.1",
)
INVOKE_LAMBDA = ConnectorError(
    code=PREFIX + "aivendor.faas.invoke-lambda",
    reasons=(
        "the function's code is broken",
        "the function did not finish within 30 seconds",
        "the account's quota of invocations is used up",
    ),
    source="D §5.1",
)
MISSING_RESPONSE_BODY = ConnectorError(
    code=PREFIX + "aivendor.faas.missing-response-body",
    reasons=("the function answered without a body",),
    source="D §5.1",
)
FAILED_FAAS_REQUEST = ConnectorError(
    code=PREFIX + "aivendor.faas.failed-faas-request",
    reasons=("the invocation failed on the way: gateway or network",),
    source="D §5.1",
)
MISSING_ACTION_AND_MESSAGES = ConnectorError(
    code=PREFIX + "pipes.verify-ai-response.missing-action-and-messages",
    reasons=("the reply holds neither an action nor messages",),
    source="D §5.1",
)
UNSUPPORTED_ACTION = ConnectorError(
    code=PREFIX + "pipes.verify-ai-response.no-messages-and-not-supported-action",
    reasons=("the reply holds no messages, and its action is not one the connector knows",),
    source="D §5.1",
)
