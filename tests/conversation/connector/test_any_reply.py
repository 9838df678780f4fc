"""Whatever a function answers, the consumer gets it, or the connector says what became of it; nothing breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from faasctl.conversation.clocks import ManualClock
from faasctl.conversation.connector import Connector
from faasctl.conversation.connector_events import Dropped, ErrorRecorded, Escalated, ProblemFound, Sent, Waited
from faasctl.conversation.connector_settings import ConnectorSettings
from faasctl.conversation.consumer import Said
from faasctl.conversation.event_json import event_json
from faasctl.conversation.invoker import InvocationResult
from tests.conversation.numbered_ids import numbered_ids

if TYPE_CHECKING:
    from faasctl.facts.payloads import ConversationType

_leaf = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
_any = st.recursive(_leaf, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner))
_card = st.fixed_dictionaries(
    {"type": st.sampled_from(["vertical", "odd"]), "elements": st.lists(_any, max_size=2)}
)
_item = (
    st.text(max_size=5)
    | st.fixed_dictionaries({"delay": st.integers(-1, 3) | st.floats(0, 2)})
    | st.fixed_dictionaries({"structuredContent": _card | _any}, optional={"encodedMetadata": st.text(max_size=4)})
    | st.fixed_dictionaries({"text": st.text(max_size=4), "messageAudience": st.just("AGENTS_AND_MANAGERS")})
    | _any
)
_context = st.fixed_dictionaries(
    {},
    optional={
        "action": st.sampled_from(["TRANSFER", "CLOSE_CONVERSATION", "CHANGE_TTR", "INVOCATION", "DANCE"]) | _any,
        "actionParameters": st.fixed_dictionaries(
            {},
            optional={
                "skill": st.sampled_from(["Billing", "Nobody"]) | _any,
                "agentId": st.just("42") | _any,
                "ttrType": st.sampled_from(["URGENT", "SUPER"]) | _any,
                "withoutPcs": _any,
                "lambdaUuid": st.just("11111111-2222-4333-8444-555555555555") | _any,
                "payload": st.just({}) | _any,
            },
        )
        | _any,
        "structuredContent": _card | _any,
        "encodedMetadata": st.sampled_from(["eyJ9", "!"]) | _any,
        "intentId": st.text(max_size=4) | _any,
        "confidenceScore": st.just(0.5) | _any,
        "alternativeIntents": _any,
        "metadata": _any,
    },
)
_reply = (
    st.fixed_dictionaries(
        {}, optional={"messages": st.lists(_item, max_size=4) | _any, "context": _context | _any}
    )
    | _any
)


class _Says:
    def __init__(self, value: Any) -> None:
        self.value = value

    def invoke(self, _: str, __: Any) -> InvocationResult:
        return InvocationResult(value=self.value)


@given(reply=_reply, conversation=st.sampled_from(["messaging", "chat"]))
def test_any_reply_is_sent_or_accounted_for(reply: Any, conversation: ConversationType) -> None:
    settings = ConnectorSettings(conversation=conversation, skills=("Billing", "Human Agents"))
    connector = Connector(settings, _Says(reply), clock=ManualClock(), ids=numbered_ids("any"))
    there, opening = connector.open()
    events = [*opening, *connector.hear(there, Said(text="hello"))]
    errors = [event for event in events if isinstance(event, ErrorRecorded)]
    assert len(errors) == len([event for event in events if isinstance(event, Escalated)])
    assert all(event_json(event)["event"] for event in events)
    if not errors and isinstance(reply, dict) and isinstance(reply.get("messages"), list) and reply["messages"]:
        told = [event for event in events if isinstance(event, (Sent, Waited, Dropped, ProblemFound))]
        assert told
