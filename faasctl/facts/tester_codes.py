"""The codes that the Conversation Tester logs beside a reply (third-party-bots §5.3, D)."""

from __future__ import annotations

INVALID_BODY = "liveperson-functions-invalid-body"
INVALID_ACTION = "liveperson-functions-invalid-action-body"
INVALID_RICH_CONTENT = "common-invalid-structured-content-body"
NO_ANSWER = "common-invalid-ai-vendor-response"
NOTHING_USABLE = "common-invalid-parsed-response"
NO_QUICK_REPLIES_IN_CHAT = "common-no-quick-replies-support-chat"

MEANINGS: dict[str, str] = {
    INVALID_BODY: "a part of the reply has no form that the connector knows",
    INVALID_ACTION: "the action, or its parameters, are not as documented",
    INVALID_RICH_CONTENT: "rich content or quick replies break the grammar",
    NO_ANSWER: "the function answered nothing at all",
    NOTHING_USABLE: "nothing in the reply can be used",
    NO_QUICK_REPLIES_IN_CHAT: "quick replies in a chat",
}
