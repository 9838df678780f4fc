"""What is assumed of the connector: the order of its work, and what it does with errors."""

from __future__ import annotations

from faasctl.facts.assumption import Assumption

_USED_IN = "chat, test"

CONNECTOR: tuple[Assumption, ...] = (
    Assumption(
        unknown="when a bot enters and leaves Vendor Interruption",
        assumed="a call that fails on the way (gateway, not deployed) is followed by a probe with a neutral "
        "payload; one failed probe interrupts the bot, it is repeated each minute, and the first that succeeds "
        "ends it. A function that throws or runs over does not interrupt the bot",
        used_in=_USED_IN,
        source="third-party-bots §13, 15",
    ),
    Assumption(
        unknown="the code of what is escalated in Vendor Interruption",
        assumed="that of the failed connection test",
        used_in=_USED_IN,
        source="ours, after third-party-bots §1.6",
    ),
    Assumption(
        unknown="which failed calls are invoke-lambda and which failed-faas-request",
        assumed="the function's own failure, its time-out and a used-up quota (429) are the first; gateway, "
        "network and a function that is not deployed the second",
        used_in=_USED_IN,
        source="third-party-bots §13, 25",
    ),
    Assumption(
        unknown="the order of error hook, message to the consumer and transfer",
        assumed="that order; the consumer does not wait for the error hook",
        used_in=_USED_IN,
        source="third-party-bots §13, 8",
    ),
    Assumption(
        unknown="whether the welcome passes the hooks",
        assumed="it does",
        used_in=_USED_IN,
        source="third-party-bots §13, 11",
    ),
    Assumption(
        unknown="what a hook that answers no object is",
        assumed="a failed hook",
        used_in=_USED_IN,
        source="ours, after third-party-bots §4",
    ),
    Assumption(
        unknown="messages that come while one is answered",
        assumed="one after the other, in their order; none is lost",
        used_in=_USED_IN,
        source="third-party-bots §13, 23",
    ),
    Assumption(
        unknown="what the spam guard counts",
        assumed="all that a consumer sends in any span of 2 s of one conversation, without what it has swallowed",
        used_in=_USED_IN,
        source="ours, after third-party-bots §1.7",
    ),
    Assumption(
        unknown="what is combined besides texts",
        assumed="clicks, with all metadata; a file or rich content sends off what waits",
        used_in=_USED_IN,
        source="ours, after third-party-bots §2.7",
    ),
    Assumption(
        unknown="what becomes of a conversation whose engagement attributes cannot be fetched",
        assumed="the error is recorded, and the function gets an empty object; nothing is escalated",
        used_in=_USED_IN,
        source="ours, after third-party-bots §5.1",
    ),
    Assumption(
        unknown="the codes of what the bot does with a conversation that it has lost meanwhile",
        assumed="messaging: conversation-closed where it was closed, agent-not-authorized where it was "
        "transferred, end-conversation for the action that closes; a chat has send-message, transfer-to-skill and "
        "end-conversation",
        used_in=_USED_IN,
        source="ours, after third-party-bots §3.8 and §5.1",
    ),
    Assumption(
        unknown="what becomes of a conversation whose escalation fails",
        assumed="the transfer failure message is sent, and the bot keeps the conversation",
        used_in=_USED_IN,
        source="ours, after third-party-bots §1.1 and §1.4",
    ),
    Assumption(
        unknown="what a failed command of the Public API does to the conversation",
        assumed="nothing: the error is recorded",
        used_in=_USED_IN,
        source="ours, after third-party-bots §1.10",
    ),
)
