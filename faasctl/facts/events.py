"""The events that a function can listen to (functions-api §5.1)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry of the catalogue; `function_limit` is how many functions of an account may listen to it."""

    event_id: str
    name: str
    function_limit: int
    supports_skills: bool


CUSTOM_INTEGRATION = "bot_connectors_custom_integration"
PRE_HOOK = "bot_connectors_pre_hook"
POST_HOOK = "bot_connectors_post_hook"
ERROR_HOOK = "bot_connectors_error_hook"


def _event(event_id: str, name: str, limit: int, *, skills: bool) -> Event:
    return Event(event_id=event_id, name=name, function_limit=limit, supports_skills=skills)


# Certainty M for names and limits (official client's mocks), C for the four connector ids, D for skills.
CATALOGUE: tuple[Event, ...] = (
    _event(CUSTOM_INTEGRATION, "Third-Party Bots Custom Integration", 15, skills=False),
    _event(PRE_HOOK, "Third-Party Bots Pre-Hook", 15, skills=False),
    _event(POST_HOOK, "Third-Party Bots Post-Hook", 15, skills=False),
    _event(ERROR_HOOK, "Third-Party Bots Error-Hook", 15, skills=False),
    _event("controllerbot_messaging_new_conversation", "Messaging New Conversation", 1, skills=True),
    _event("controllerbot_messaging_conversation_end", "Messaging Conversation End", 1, skills=True),
    _event("controllerbot_messaging_conversation_idle", "Messaging Conversation Idle", 1, skills=True),
    _event("controllerbot_messaging_conversation_routing", "Messaging Conversation Routing", 1, skills=True),
    _event("controllerbot_messaging_mid_conversation_msg", "Messaging Line in Off-Hours", 1, skills=True),
    _event("controllerbot_messaging_participants_change", "Messaging Participants Change", 1, skills=True),
    _event("controllerbot_messaging_ttr", "Messaging TTR", 1, skills=True),
    _event("conversational_command", "Conversational Command", 30, skills=False),
    _event("denver_post_survey_email_transcript", "Chat Post Survey E-Mail Transcript", 10, skills=False),
    _event("surveybot_messaging_survey_started", "Messaging Survey Started", 1, skills=True),
    _event("surveybot_messaging_survey_ended", "Messaging Survey Ended", 1, skills=True),
)

BY_ID: dict[str, Event] = {event.event_id: event for event in CATALOGUE}
