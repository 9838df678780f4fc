"""Every limit of the platform that faasctl knows, in one table with sources (functions-api §15).

Where sources disagree, `value` is the stricter and `looser` the other one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limit of V2; `v1` where V1 differs. `unit` says what is counted."""

    what: str
    value: int
    unit: str
    source: str
    v1: int | None = None
    looser: int | None = None


FUNCTIONS_PER_ACCOUNT = Limit(what="functions in an account", value=50, unit="functions", source="D §15")
CONCURRENT_DEPLOYMENTS = Limit(
    what="deployments at the same time in an account", value=3, unit="deployments", source="D §15, §6"
)
SKILLS_PER_FUNCTION = Limit(what="skills of a function", value=500, unit="skills", source="D §15", v1=50)
CODE_CHARACTERS = Limit(what="code of a function", value=100_000, unit="characters", source="D, C §4.1")
NAME_CHARACTERS = Limit(what="name of a function", value=50, unit="characters", source="C §4.1")
DESCRIPTION_CHARACTERS = Limit(
    what="description of a function", value=200, unit="characters", source="C §4.1", v1=100
)
VERSIONS_KEPT = Limit(
    what="versions kept of a function",
    value=5,
    unit="versions",
    source="D §4.5 (another page: 10)",
    looser=10,
)
DEPLOYMENTS_KEPT = Limit(what="deployments kept of a function", value=5, unit="deployments", source="D §4.5")
ENVIRONMENT_ENTRIES = Limit(
    what="environment variables of a function", value=512, unit="variables", source="D §4.1"
)
ENVIRONMENT_KEY_CHARACTERS = Limit(
    what="name of an environment variable", value=200, unit="characters", source="D §4.1"
)
ENVIRONMENT_VALUE_CHARACTERS = Limit(
    what="value of an environment variable", value=1024, unit="characters", source="D §4.1", v1=200
)
EXECUTION_SECONDS = Limit(what="run time of an invocation", value=30, unit="seconds", source="D §15")
MEMORY_MEBIBYTES = Limit(what="memory of a function", value=256, unit="MiB", source="D §10")
LOG_ENTRIES = Limit(what="log entries of an invocation", value=10, unit="entries", source="D §10")
LOG_CHARACTERS = Limit(
    what="log characters of an invocation", value=16_384, unit="characters", source="D §10", v1=6_000
)

ALL: tuple[Limit, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Limit))
