"""States of functions and deployments, as they are spelled on the wire (functions-api §4.4, §6)."""

from __future__ import annotations

DRAFT = "Draft"
PRODUCTIVE = "Productive"
MODIFIED = "Modified"
MARKED_UNDEPLOYED = "Marked Undeployed"
"""V1 alone: the function is being undeployed (D §4.4)."""

FUNCTION_STATES = frozenset({DRAFT, PRODUCTIVE, MODIFIED})
V1_FUNCTION_STATES = FUNCTION_STATES | {MARKED_UNDEPLOYED}
DEPLOYED_STATES = frozenset({PRODUCTIVE, MODIFIED})
"""States in which a function answers and counts as listening to its event (§7.3, D)."""

DEPLOYING = "deploying"
REDEPLOYING = "redeploying"
SUCCESSFUL = "successful"
FAILED = "failed"

DEPLOYMENTS_UNDER_WAY = frozenset({DEPLOYING, REDEPLOYING, "pending"})
"""`pending` comes from one of two type definitions of the official client (§6, C)."""
