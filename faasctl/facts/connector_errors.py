"""Error codes of the bot connector, as far as they concern the Functions vendor (third-party-bots §5.1, §6)."""

from __future__ import annotations

from dataclasses import dataclass

PREFIX = "com.liveperson.bot-connectors-worker.error."


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorError:
    """A connector's code with the reasons that the platform's pages give for it."""

    code: str
    reasons: tuple[str, ...]
    source: str


def _error(code: str, *reasons: str, source: str = "D §5.1") -> ConnectorError:
    return ConnectorError(code=PREFIX + code, reasons=reasons, source=source)


TEST_CONNECTION = _error(
    "aivendor.faas.testConnection",
    "the function does not respond in time",
    "the function responds with a bad status",
)
INVOKE_LAMBDA = _error(
    "aivendor.faas.invoke-lambda",
    "the function's code is broken",
    "the function did not finish within 30 seconds",
    "the account's quota of invocations is used up",
)
MISSING_RESPONSE_BODY = _error(
    "aivendor.faas.missing-response-body",
    "the function answered without a body",
)
FAILED_FAAS_REQUEST = _error(
    "aivendor.faas.failed-faas-request",
    "the invocation failed on the way: gateway or network",
)
FAILED_HOOK = _error("aivendor.faas.failed-hook", "a hook's function failed")
FAILED_BOT_ACTION = _error(
    "aivendor.faas.failed-bot-action",
    "the function that the action INVOCATION names failed, and failOnError is true",
)
MALFORMED_ALTERNATIVE_INTENTS = _error(
    "aivendor.faas.parse-message.malformed-alternative-intents",
    "alternativeIntents cannot be parsed",
)
MISSING_ACTION_AND_MESSAGES = _error(
    "pipes.verify-ai-response.missing-action-and-messages",
    "the reply holds neither an action nor messages",
)
UNSUPPORTED_ACTION = _error(
    "pipes.verify-ai-response.no-messages-and-not-supported-action",
    "the reply holds no messages, and its action is not one the connector knows",
)
QUICK_REPLIES_NOT_SUPPORTED = _error(
    "pipes.verify-ai-response.quick-replies-not-supported",
    "the reply holds quick replies, and the conversation is a chat",
)
MESSAGING_SEND_MESSAGE = _error(
    "connector.messaging.send-message",
    "a message was refused: most often its structured content is invalid",
    "an image's host is not on the account's list",
)
CHAT_SEND_MESSAGE = _error(
    "connector.chat.send-message",
    "a message was refused: most often its structured content is invalid",
    "an image's host is not on the account's list",
)
MESSAGING_END_CONVERSATION = _error(
    "connector.messaging.end-conversation",
    "the conversation could not be closed: somebody had closed or transferred it",
)
CHAT_END_CONVERSATION = _error(
    "connector.chat.end-conversation",
    "the chat could not be closed: somebody had closed or transferred it",
)
CHANGE_TTR = _error(
    "connector.messaging.change-ttr", "the time to response was not changed: most often a wrong value"
)
MESSAGING_TRANSFER_TO_SKILL = _error("connector.messaging.transfer-to-skill", "the transfer failed")
CHAT_TRANSFER_TO_SKILL = _error(
    "connector.chat.transfer-to-skill",
    "the transfer failed",
    "no agent of the skill is free",
)
CONVERSATION_CLOSED = _error(
    "connector.messaging.conversation-closed",
    "a message or an action for a conversation that was closed meanwhile",
)
AGENT_NOT_AUTHORIZED = _error(
    "connector.messaging.agent-not-authorized",
    "the conversation is not assigned to the bot any more",
)
MESSAGING_SKILL_NOT_EXISTING = _error(
    "pipes.messaging-handle-bot-action.transfer-skill-not-existing",
    "no skill has this name; upper and lower case differ",
)
CHAT_SKILL_NOT_EXISTING = _error(
    "pipes.chat-handle-bot-action.transfer-skill-not-existing",
    "no skill has this name; upper and lower case differ",
)
MAX_CONVERSATIONS = _error(
    "pipes.conversation-limit-checker.max-conv-limit-reached",
    "the bot has 999 open conversations",
)
PIPELINE = _error("events-queue.not-catched-pipeline-error", "an error inside Third-Party Bots")
NO_VISITOR_SESSION = _error(
    "sdes-service.missing-session-or-visitor-id",
    "engagement attributes cannot be fetched without the visitor's session",
)
NO_ENGAGEMENT_ATTRIBUTES = _error(
    "sdes-service.uauth-sdes-entry-is-empty",
    "no engagement attributes are set for the visitor",
)
PUBLIC_API = _error("public-api.execution-failed", "a command of the Public API failed")
