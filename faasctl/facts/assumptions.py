"""What nobody outside LivePerson knows, and what faasctl assumes instead.

docs/emulator.md shows this table. Change an assumption in the file that holds it and where `used_in` says, nowhere
else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.facts.assumptions_of_bots import BOTS
from faasctl.facts.assumptions_of_connector import CONNECTOR
from faasctl.facts.assumptions_of_conversations import CONVERSATIONS
from faasctl.facts.assumptions_of_lambdas import LAMBDAS
from faasctl.facts.assumptions_of_limits import LIMITS
from faasctl.facts.assumptions_of_management import MANAGEMENT
from faasctl.facts.assumptions_of_records import LOGS_REPORTS_SCHEDULES
from faasctl.facts.assumptions_of_runtime import RUNTIME
from faasctl.facts.assumptions_of_toolbelts import TOOLBELTS

if TYPE_CHECKING:
    from faasctl.facts.assumption import Assumption

ALL: tuple[Assumption, ...] = (
    *MANAGEMENT,
    *LOGS_REPORTS_SCHEDULES,
    *LAMBDAS,
    *RUNTIME,
    *TOOLBELTS,
    *BOTS,
    *CONVERSATIONS,
    *CONNECTOR,
    *LIMITS,
)
