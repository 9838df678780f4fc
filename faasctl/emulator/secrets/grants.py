"""What lets a function reach the secrets of its account, and of no other."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faasctl.emulator.endpoint import Endpoint


def function_token(operator_token: str, account: str) -> str:
    """The bearer of an account's functions. It holds on every emulator of the state folder, and opens the
    toolbelt's paths of this account alone."""
    return hmac.new(operator_token.encode(), f"functions of {account}".encode(), hashlib.sha256).hexdigest()


def is_function_token(token: str, operator_token: str, account: str) -> bool:
    return hmac.compare_digest(token.encode(), function_token(operator_token, account).encode())


def toolbelt_access(endpoint: Endpoint) -> Callable[[str], dict[str, str]]:
    """What the toolbelts of an account's functions reach this emulator with."""
    return lambda account: {
        "url": endpoint.url,
        "account": account,
        "token": function_token(endpoint.operator_token, account),
    }
