"""Keys of a reply that the connector does not know where they stand, and would elsewhere, or written otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from faasctl.conversation.problems import Path, Problem
from faasctl.conversation.schema_check import LIKENESS
from faasctl.definition.suggestions import nearest

MISPLACED = "misplaced"
"""The rule that they break."""

_REPLY = ("messages", "context")
_CONTEXT = (
    "action",
    "actionParameters",
    "intentId",
    "intentName",
    "confidenceScore",
    "alternativeIntents",
    "encodedMetadata",
    "metadata",
    "structuredContent",
)
_PARAMETERS: dict[str, tuple[str, ...]] = {
    "TRANSFER": ("skill", "agentId"),
    "CLOSE_CONVERSATION": ("withoutPcs",),
    "CHANGE_TTR": ("ttrType",),
    "INVOCATION": ("lambdaUuid", "payload", "failOnError"),
}
_OPTIONAL = ("agentId", "withoutPcs", "failOnError")
"""Of the others it is told that they are missing."""


def misplaced_keys(reply: dict[str, Any]) -> Iterator[Problem]:
    """A warning for each such key. Other unknown keys are let pass, as the connector does."""
    yield from _found(reply, (), _REPLY, _REPLY, dict.fromkeys(_CONTEXT, "in context"))
    context = reply.get("context")
    if not isinstance(context, dict):
        return
    action = context.get("action")
    parameters = _PARAMETERS.get(action, ()) if isinstance(action, str) else ()
    elsewhere = {"messages": "beside context", **dict.fromkeys(parameters, "in context.actionParameters")}
    yield from _found(context, ("context",), _CONTEXT, _CONTEXT, elsewhere)
    of_action = context.get("actionParameters")
    if isinstance(of_action, dict):
        optional = [name for name in parameters if name in _OPTIONAL]
        yield from _found(of_action, ("context", "actionParameters"), parameters, optional, {})


def _found(
    holder: dict[str, Any], path: Path, known: Collection[str], meant: Iterable[str], elsewhere: dict[str, str]
) -> Iterator[Problem]:
    missing = [name for name in meant if name not in holder]
    for key in (key for key in holder if key not in known):
        near = nearest(key, missing, likeness=LIKENESS)
        if key in elsewhere:
            message = f"the connector looks for {key} {elsewhere[key]}, and not here"
        elif near is not None:
            message = f"the connector does not know {key[:60]}; did you mean {near}?"
        else:
            continue
        yield Problem(
            path=(*path, key), rule=MISPLACED, message=message, severity="warning", effect="nothing seen"
        )
