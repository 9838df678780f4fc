"""The codes that a scenario may name, whole or by their ends."""

from __future__ import annotations

import functools
import re

from faasctl.definition.suggestions import nearest
from faasctl.facts import connector_errors, tester_codes

_RULE = r"[a-z0-9]+(-[a-z0-9]+)*"


@functools.cache
def error_codes() -> tuple[str, ...]:
    """The connector's."""
    known = vars(connector_errors).values()
    return tuple(item.code for item in known if isinstance(item, connector_errors.ConnectorError))


def is_code(written: str, code: str | None) -> bool:
    """Whether `written` is the code, or its end: after a dot, or after a hyphen in the tester's codes."""
    if code is None:
        return False
    ends = (f".{written}",) if "." in code else (f"-{written}",)
    return code == written or code.endswith(ends)


def is_known_error(written: str) -> bool:
    return any(is_code(written, code) for code in error_codes())


def is_known_problem(written: str) -> bool:
    """A code of the tester or the connector, or what may be a rule of a reply and is near to none of these."""
    codes = (*tester_codes.MEANINGS, *error_codes())
    if any(is_code(written, code) for code in codes):
        return True
    return bool(re.fullmatch(_RULE, written)) and nearest(written, ends(codes)) is None


def ends(codes: tuple[str, ...]) -> list[str]:
    """The codes as people write them."""
    return [code.rpartition(".")[2] for code in codes]
