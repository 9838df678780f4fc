"""The config.json that LivePerson's own CLI keeps beside a function's code (functions-api §12.1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faasctl.definition.mistakes import START, Mistakes
from faasctl.definition.text import decode

CONFIG_NAME = "config.json"
CODE_NAME = "index.js"

_PLACEHOLDERS: tuple[dict[str, str], ...] = ({"key": "value"}, {"": ""})
"""What `lpf` writes for V2 and for V1 where there are no variables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LpfConfig:
    """What a definition takes over from an lpf project where it says nothing itself."""

    description: str | None = None
    environment: Mapping[str, str] | None = None


def read_config(code_path: Path, shown: str, mistakes: Mistakes) -> LpfConfig:
    """The config.json beside `code_path`, shown as `shown`; nothing where there is none."""
    path = code_path.with_name(CONFIG_NAME)
    if code_path.name != CODE_NAME or not path.is_file():
        return LpfConfig()
    try:
        raw = path.read_bytes()
    except OSError as error:
        mistakes.add("unreadable-file", START, f"cannot be read: {error.strerror}", file=shown)
        return LpfConfig()
    text = decode(raw, mistakes, file=shown)
    if text is None:
        return LpfConfig()
    try:
        config = json.loads(text)
    except json.JSONDecodeError as error:
        mistakes.add("bad-config", (error.lineno, error.colno), f"not JSON: {error.msg}", file=shown)
        return LpfConfig()
    except (RecursionError, ValueError) as error:  # ValueError: a number of thousands of digits
        mistakes.add("bad-config", START, f"not a config.json of lpf: {type(error).__name__}", file=shown)
        return LpfConfig()
    return _config_of(config, shown, mistakes)


def _config_of(config: Any, shown: str, mistakes: Mistakes) -> LpfConfig:
    if not isinstance(config, dict):
        mistakes.add("bad-config", START, "an object is wanted", file=shown)
        return LpfConfig()
    description = config.get("description")
    variables = _variables(config.get("environmentVariables"))
    if variables is None:
        mistakes.add(
            "bad-config",
            START,
            "environmentVariables is neither an object of texts nor a list of {key, value}",
            'write for example "environmentVariables": {"GREETING": "Hello"}',
            file=shown,
        )
    return LpfConfig(
        description=description.strip() or None if isinstance(description, str) else None,
        environment=None if not variables or variables in _PLACEHOLDERS else variables,
    )


def _variables(value: Any) -> dict[str, str] | None:
    """The variables in V2's form (an object) or V1's (a list); None where it is neither."""
    if value is None:
        return {}
    if isinstance(value, list):
        if not all(isinstance(entry, dict) and {"key", "value"} <= entry.keys() for entry in value):
            return None
        pairs = [(entry["key"], entry["value"]) for entry in value]
    elif isinstance(value, dict):
        pairs = list(value.items())
    else:
        return None
    if not all(isinstance(key, str) and isinstance(text, str) for key, text in pairs):
        return None
    return dict(pairs)
