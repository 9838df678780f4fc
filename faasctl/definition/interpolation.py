"""`${…}` inside the values of a definition, replaced after YAML was read, so that it never changes structure.

${NAME}             the environment variable; it must be set
${NAME:-default}    the default where the variable is unset or empty
${secret:name}      a secret, fetched when it is needed; it stands alone as a value
$${                 the two characters ${ themselves
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from faasctl.definition.model import SecretReference
from faasctl.definition.suggestions import nearest

_MARK = re.compile(r"\$\$\{|\$\{([^{}]*)(\}?)")
_VARIABLE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", re.DOTALL)
_SECRET = re.compile(r"secret:([A-Za-z0-9_-]+)")


Problem = tuple[str, str, "str | None"]
"""Rule, message, suggestion."""


def has_marks(text: str) -> bool:
    return "${" in text


def expand(text: str, environ: Mapping[str, str]) -> tuple[str | SecretReference | None, list[Problem]]:
    """`text` with every mark replaced, or the secret that it names; None where there are problems."""
    problems: list[Problem] = []
    whole = _MARK.fullmatch(text)
    if whole and whole[2] and (secret := _SECRET.fullmatch(whole[1])):
        return SecretReference(name=secret[1]), problems

    def replacement(match: re.Match[str]) -> str:
        if match[1] is None:
            return "${"
        outcome = _value_of(match, environ)
        if isinstance(outcome, tuple):
            problems.append(outcome)
            return ""
        return outcome

    expanded = _MARK.sub(replacement, text)
    return (None if problems else expanded), problems


def _value_of(match: re.Match[str], environ: Mapping[str, str]) -> str | Problem:
    inner, closing = match[1], match[2]
    if _SECRET.fullmatch(inner) and closing:
        return (
            "secret-not-allowed",
            f"{match[0]} stands beside other text",
            "a secret must be the whole value; put the other text into the secret, or into the code",
        )
    variable = _VARIABLE.fullmatch(inner)
    if variable is None or not closing:
        start = match[0].split("\n")[0][:60]
        return ("bad-interpolation", f"{start} is no interpolation", _form_meant(inner, closing))
    name, default = variable[1], variable[2]
    value = environ.get(name)
    if value is None and default is None:
        match_name = nearest(name, environ)
        return (
            "unset-variable",
            f"the environment variable {name} is not set",
            (f"did you mean {match_name}? Or " if match_name else "")
            + f"set {name}, or give a default: ${{{name}:-default}}",
        )
    if not value and default is not None:
        return default
    if not _is_text(value or ""):
        return ("not-utf-8", f"the environment variable {name} is not UTF-8 text", None)
    return value or ""


def _form_meant(inner: str, closing: str) -> str:
    if not closing:
        return "a closing } is missing, and defaults hold no braces; $${ stands for the characters ${ themselves"
    if inner.startswith("secret:"):
        return "a secret's name is made of letters, digits, - and _"
    guess = re.fullmatch(r"([A-Za-z_][A-Za-z0-9_]*)[:?=+-]+(.*)", inner, re.DOTALL)
    if guess:
        return f"did you mean ${{{guess[1]}:-{guess[2]}}}?"
    return "write ${NAME}, ${NAME:-default} or ${secret:name}; $${ stands for the characters ${ themselves"


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
