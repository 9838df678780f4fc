"""What the platform takes as a function's fields; every refusal names the field and the limit.

Bodies may carry more than is read here: official clients add `timestamp` to each (functions-api §3).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from faasctl.emulator.functions.errors import invalid
from faasctl.facts import events, limits, naming

if TYPE_CHECKING:
    from faasctl.facts.limits import Limit
    from faasctl.facts.services import Generation

_ENVIRONMENT_NAME = re.compile(naming.ENVIRONMENT_NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestChange:
    """The manifest fields that a body holds; None for those it does not."""

    code: str | None = None
    environment: Mapping[str, str] | None = None
    custom_dependencies: Mapping[str, str] | None = None
    runtime: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetaChange:
    """The fields beside the manifest that a body holds; None for those it does not. `sample_payload` is V1's, as
    JSON text.
    """

    description: str | None = None
    skills: tuple[str, ...] | None = None
    size: str | None = None
    sample_payload: str | None = None


def function_name(body: Mapping[str, Any], platform: Generation = "v2", *, loose: bool = False) -> str:
    name = _string(body, "name")
    if name is None or not name:
        raise invalid("a function needs a name")
    _within(name, limits.NAME_CHARACTERS)
    if not re.fullmatch(naming.function_name(platform, loose=loose), name):
        raise invalid(f"{name} contains characters that are not allowed")
    return name


def description(body: Mapping[str, Any], platform: Generation = "v2", *, loose: bool = False) -> str | None:
    text = _string(body, "description")
    if text is not None:
        _within(text, limits.DESCRIPTION_CHARACTERS, platform, loose=loose)
    return text


def event_id(body: Mapping[str, Any]) -> str | None:
    value = _string(body, "eventId")
    if value is not None and value not in events.BY_ID:
        raise invalid(f"there is no event {value!r}")
    return value


def skills(body: Mapping[str, Any], event: str | None, platform: Generation = "v2") -> tuple[str, ...] | None:
    """The skills; refused where the function's event does not support any."""
    value = body.get("skills")
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(skill, str) and skill for skill in value):
        raise invalid("skills must be a list of names")
    if len(value) > limits.SKILLS_PER_FUNCTION.of(platform):
        raise _too_many(limits.SKILLS_PER_FUNCTION, platform)
    if value and (event is None or not events.BY_ID[event].supports_skills):
        raise invalid(f"functions {f'on {event}' if event else 'without an event'} cannot have skills")
    return tuple(value)


def size(body: Mapping[str, Any]) -> str | None:
    value = _string(body, "size")
    if value is not None and value not in naming.FUNCTION_SIZES:
        raise invalid(f"size must be one of {', '.join(naming.FUNCTION_SIZES)}")
    return value


def manifest_change(body: Mapping[str, Any], platform: Generation = "v2") -> ManifestChange:
    code = _string(body, "code")
    if code is not None:
        _within(code, limits.CODE_CHARACTERS)
    runtime = _string(body, "runtime")
    if runtime is not None:
        _within(runtime, limits.RUNTIME_CHARACTERS)
    environment = _strings(body, "environment")
    if environment is not None:
        _check_environment(environment, platform)
    return ManifestChange(
        code=code,
        environment=environment,
        custom_dependencies=_strings(body, "customDependencies"),
        runtime=runtime,
    )


def manifest_version(body: Mapping[str, Any]) -> int:
    """The version that the caller started from; -1 takes any (functions-api §4.2)."""
    value = body.get("version")
    if not isinstance(value, int) or isinstance(value, bool):
        raise invalid("a manifest update needs version, a whole number")
    return value


def _check_environment(environment: Mapping[str, str], platform: Generation) -> None:
    if len(environment) > limits.ENVIRONMENT_ENTRIES.of(platform):
        raise _too_many(limits.ENVIRONMENT_ENTRIES, platform)
    for name, value in environment.items():
        _within(name, limits.ENVIRONMENT_KEY_CHARACTERS, platform)
        _within(value, limits.ENVIRONMENT_VALUE_CHARACTERS, platform)
        if not _ENVIRONMENT_NAME.fullmatch(name):
            raise invalid(f"{name!r} cannot name an environment variable: A to Z, 0 to 9 and _ only")
        if naming.is_reserved_environment_name(name):
            raise invalid(f"the environment variable {name} is the platform's own")


def _string(body: Mapping[str, Any], key: str) -> str | None:
    value = body.get(key)
    if value is not None and not isinstance(value, str):
        raise invalid(f"{key} must be a string")
    return value


def _strings(body: Mapping[str, Any], key: str) -> dict[str, str] | None:
    value = body.get(key)
    if value is None:
        return None
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise invalid(f"{key} must be an object whose values are strings")
    return value


def _within(text: str, limit: Limit, platform: Generation = "v2", *, loose: bool = False) -> None:
    most = limit.of(platform, loose=loose)
    if len(text) > most:
        raise invalid(f"the {limit.what} may have at most {most} {limit.unit}, not {len(text)}")


def _too_many(limit: Limit, platform: Generation) -> Exception:
    return invalid(f"too many {limit.what}: at most {limit.of(platform)}")
