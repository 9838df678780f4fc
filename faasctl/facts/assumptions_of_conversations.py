"""What is assumed of payloads and of what becomes of a reply."""

from __future__ import annotations

from faasctl.facts.assumption import Assumption

CONVERSATIONS: tuple[Assumption, ...] = (
    Assumption(
        unknown="what stands between combined messages",
        assumed="one space",
        used_in="payloads",
        source="third-party-bots §13, 6",
    ),
    Assumption(
        unknown="body of the event of a file that the consumer sent",
        assumed="a ContentEvent of type hosted/file with caption, relativePath, fileType and preview",
        used_in="payloads",
        source="third-party-bots §2.3",
    ),
    Assumption(
        unknown="message of a welcome, and lpSdes where engagement attributes are off",
        assumed="an empty text, and an empty object",
        used_in="payloads",
        source="third-party-bots §13, 4 and 5",
    ),
    Assumption(
        unknown="what becomes of a message that has the form of no kind of message",
        assumed="it is dropped, and the conversation goes on; where nothing is left, the bot escalates",
        used_in="check, validate, test-connection",
        source="third-party-bots §13, 9",
    ),
    Assumption(
        unknown="what the connector says of encoded metadata that is not allowed",
        assumed="nothing: the message is dropped; no code is told",
        used_in="check, validate, test-connection",
        source="third-party-bots §13, 20",
    ),
    Assumption(
        unknown="which messages metadata of the reply's context belongs to",
        assumed="to the older form of rich content where that is there, else to every text",
        used_in="check, validate, test-connection",
        source="ours, after third-party-bots §3.3",
    ),
    Assumption(
        unknown="what becomes of a message whose metadata is not as its type is documented",
        assumed="it is dropped",
        used_in="check, validate, test-connection",
        source="ours, after third-party-bots §7.4",
    ),
    Assumption(
        unknown="what becomes of rich content that the platform's grammar takes and the channel does not",
        assumed="the channel drops the message",
        used_in="check",
        source="ours, after third-party-bots §7.3",
    ),
    Assumption(
        unknown="how much a reply may hold: bytes of rich content, characters, messages, seconds of a delay",
        assumed="15,000 bytes, 5,000 characters, 10 messages, 60 seconds; past these is a warning, and no delay "
        "is longer than a day",
        used_in="check",
        source="third-party-bots §13, 13 and 19",
    ),
)
