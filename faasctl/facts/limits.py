"""Every limit of the platform that faasctl knows, in one table with sources (functions-api §15).

Where sources disagree, `value` and `v1` are the stricter, `looser` and `looser_v1` the other ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faasctl.facts.services import Generation


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limit of V2; `v1` where V1 differs. `unit` says what is counted."""

    what: str
    value: int
    unit: str
    source: str
    v1: int | None = None
    looser: int | None = None
    looser_v1: int | None = None

    def of(self, platform: Generation, *, loose: bool = False) -> int:
        """The limit of the generation; where sources disagree, the stricter unless it is to be `loose`."""
        if platform == "v1" and self.v1 is not None:
            strict, looser = self.v1, self.looser_v1
        else:
            strict, looser = self.value, self.looser
        return looser if loose and looser is not None else strict


FUNCTIONS_PER_ACCOUNT = Limit(what="functions in an account", value=50, unit="functions", source="D §15")
CONCURRENT_DEPLOYMENTS = Limit(
    what="deployments at the same time in an account", value=3, unit="deployments", source="D §15, §6"
)
SKILLS_PER_FUNCTION = Limit(what="skills of a function", value=500, unit="skills", source="D §15", v1=50)
CODE_CHARACTERS = Limit(what="code of a function", value=100_000, unit="characters", source="D, C §4.1")
NAME_CHARACTERS = Limit(what="name of a function", value=50, unit="characters", source="C §4.1")
DESCRIPTION_CHARACTERS = Limit(
    what="description of a function",
    value=200,
    unit="characters",
    source="C §4.1 (V1's pages: 100, its client: 200)",
    v1=100,
    looser_v1=200,
)
VERSIONS_KEPT = Limit(
    what="versions kept of a function",
    value=5,
    unit="versions",
    source="D §4.5 (another page: 10)",
    v1=10,
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
    what="log characters of an invocation, extras included",
    value=16_384,
    unit="characters",
    source="D §10 (V1: an older page 5,000, a newer one 6,000)",
    v1=5_000,
    looser_v1=6_000,
)
LOG_EXPORT_ENTRIES = Limit(what="log entries in one export", value=500, unit="entries", source="D §8")
LOG_DAYS = Limit(what="time that log entries and reports are kept", value=30, unit="days", source="D §8")
LOG_WINDOW_DAYS = Limit(what="time that one log export spans", value=7, unit="days", source="D §8 (V1's pages)")
SCHEDULES_PER_ACCOUNT = Limit(
    what="schedules in an account", value=50, unit="schedules", source="D §9, §15", v1=10
)
SCHEDULE_PAYLOAD_CHARACTERS = Limit(
    what="payload of a schedule", value=15_000, unit="characters", source="D §9, §15", v1=8_000
)
SCHEDULE_CRON_CHARACTERS = Limit(
    what="cron expression of a schedule", value=120, unit="characters", source="C §9"
)
SCHEDULE_DESCRIPTION_CHARACTERS = Limit(
    what="description of a schedule", value=200, unit="characters", source="C §9"
)
SECRET_NAME_CHARACTERS = Limit(what="name of a secret", value=100, unit="characters", source="C §9")
SECRET_VALUE_CHARACTERS = Limit(
    what="value of a secret", value=16_384, unit="characters", source="C §9", v1=10_000
)

SAMPLE_PAYLOAD_CHARACTERS = Limit(
    what="sample payload of a function (V1 alone)", value=10_000, unit="characters", source="D §15"
)
V1_INVOCATIONS_PER_MONTH = 150_000
"""What V1 calls fair use; more are not refused (M §15)."""
OUTGOING_REQUESTS_PER_SECOND = Limit(
    what="requests that a V1 function sends in a second", value=20, unit="requests", source="D §10"
)
CONNECTIONS_PER_SECOND = Limit(
    what="connections that an instance of a V2 function opens in a second",
    value=700,
    unit="connections",
    source="D §10",
)
CONNECTIONS_PER_MINUTE = Limit(
    what="connections that an instance of a V2 function opens in a minute",
    value=5_000,
    unit="connections",
    source="D §10",
)

ALL: tuple[Limit, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Limit))
