"""The payload that a person gives on the command line: a file, a consumer's text, or the welcome event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.cli.named_input import read_input

if TYPE_CHECKING:
    from faasctl.definition.model import Definition


def built_payload(definition: Definition, message: str | None) -> dict[str, Any]:
    """What the connector sends for a consumer's text, or without one for the opening of a new conversation."""
    import uuid

    from faasctl.conversation.payloads import text_payload, welcome_payload

    conversation = str(uuid.uuid4())
    if message is None:
        return welcome_payload(definition.bot.conversation, conversation_id=conversation)
    return text_payload(message, conversation_id=conversation)


def read_payload(name: str) -> Any:
    """The JSON of a file, or of standard input where the name is `-`."""
    from faasctl.errors import InvalidDefinition
    from faasctl.findings import Finding
    from faasctl.json_reading import NotJson, read_json

    text = read_input(name, what=f"the payload {name}", hint="Give a JSON file, or -.")
    try:
        return read_json(text).value
    except NotJson as error:
        finding = Finding(
            file=name,
            line=error.line,
            column=error.column,
            rule="json-syntax",
            message=f"the payload is not JSON: {error}",
        )
        raise InvalidDefinition([finding]) from None
