"""Which names the platform takes, and which it keeps for itself (functions-api §4.6, §10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faasctl.facts.services import Generation

FUNCTION_NAME = r"^[A-Za-z0-9_]+$"
"""What the official client asks for (C §4.6)."""
FUNCTION_NAME_V1 = r"^[A-Za-z0-9]+$"
"""V1's pages allow no underscore (D §4.6)."""
FUNCTION_NAME_WITH_SPACES = r"^[A-Za-z0-9_ ]+$"
"""What V2's server lets pass by its own message (M §4.6)."""

ENVIRONMENT_NAME = r"^[A-Z_][A-Z0-9_]*$"
"""D §10, best practices."""

RESERVED_ENVIRONMENT_NAMES = frozenset(
    {
        "X_LIVEPERSON_PROJECT_ID",
        "X_LIVEPERSON_BRAND_ID",
        "X_LIVEPERSON_FUNCTION_UUID",
        "X_LIVEPERSON_CSDS_DOMAIN",
        "BRAND_ID",
        "LAMBDA_UUID",
        "DOMAIN",
        "DC",
        "HTTPS_PROXY",
        "HTTP_PROXY",
        "NO_PROXY",
        "WATCHDOG_VERSION",
        "NODE_ENV",
    }
)
"""Names that the runtime sets itself (C §10). The platform's list of refused names is unknown (assumption 17)."""

OTHER_GENERATION = {
    "BRAND_ID": "X_LIVEPERSON_BRAND_ID",
    "LAMBDA_UUID": "X_LIVEPERSON_FUNCTION_UUID",
    "DOMAIN": "X_LIVEPERSON_CSDS_DOMAIN",
    "X_LIVEPERSON_BRAND_ID": "BRAND_ID",
    "X_LIVEPERSON_FUNCTION_UUID": "LAMBDA_UUID",
    "X_LIVEPERSON_CSDS_DOMAIN": "DOMAIN",
}
"""What a variable that the runtime of one generation sets is called in the other (C §10; pairs: I)."""

RESERVED_ENVIRONMENT_PREFIXES = ("VAULT_",)
"""C §10."""

FUNCTION_SIZES = ("S", "M", "L", "XL", "XXL")
"""C §4.1."""


def function_name(platform: Generation, *, loose: bool) -> str:
    """The pattern of a function's name: of the sources that disagree the stricter, unless it is to be `loose`."""
    if platform == "v1":
        return FUNCTION_NAME if loose else FUNCTION_NAME_V1
    return FUNCTION_NAME_WITH_SPACES if loose else FUNCTION_NAME


def is_reserved_environment_name(name: str) -> bool:
    return name in RESERVED_ENVIRONMENT_NAMES or name.startswith(RESERVED_ENVIRONMENT_PREFIXES)
