"""What a passed test connection has tested, in one short text: equal texts, same thing under test."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from faasctl.rollout.desired_bot import COMPARED

if TYPE_CHECKING:
    from faasctl.definition.model import Definition
    from faasctl.rollout.actual import Actual


def fingerprint(definition: Definition, actual: Actual) -> str:
    """Changes with every new version, deployment state, selection in the bot, and setting of the test."""
    tested = {
        "functions": {
            role: [function.uuid, function.state, function.manifest.version if function.manifest else None]
            for role, function in sorted(actual.functions.items())
        },
        "bot": None if actual.bot is None else {part: getattr(actual.bot, part) for part in COMPARED},
        "conversation": definition.bot.conversation,
        "timeout": definition.test_connection.timeout,
        "budget": definition.test_connection.budget,
    }
    return hashlib.sha256(json.dumps(tested, sort_keys=True).encode()).hexdigest()
