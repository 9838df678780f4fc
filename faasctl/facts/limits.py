"""Every limit of the platform that faasctl knows, in one table with sources (functions-api §15).

Where sources disagree, `value` and `v1` are the stricter, `looser` and `looser_v1` the other ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from faasctl.facts import function_errors, network, secrets

if TYPE_CHECKING:
    from faasctl.facts.services import Generation

TOO_MANY_DEPLOYMENTS = "faasctl.emulator.too-many-deployments"
BODY_TOO_LARGE = "faasctl.emulator.body-too-large"
CONTRACT_ERROR_V1 = f"faasctl.emulator.{function_errors.CONTRACT_ERROR_V1}"
"""Ours but for the last part, which is what V1's official clients look for (functions-api §3, C)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """What happens past a limit. `status` and `code` are what an HTTP call is answered with, None where it is no
    answer's; `code_v1` is what V1 says instead.
    """

    happens: str
    status: int | None = None
    code: str | None = None
    code_v1: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limit of V2; `v1` where V1 differs. `unit` says what is counted; `only` is the generation that has it."""

    what: str
    value: int
    unit: str
    source: str
    beyond: Beyond
    v1: int | None = None
    looser: int | None = None
    looser_v1: int | None = None
    only: Generation | None = None

    def of(self, platform: Generation, *, loose: bool = False) -> int:
        """The limit of the generation; where sources disagree, the stricter unless it is to be `loose`."""
        if platform == "v1" and self.v1 is not None:
            strict, looser = self.v1, self.looser_v1
        else:
            strict, looser = self.value, self.looser
        return looser if loose and looser is not None else strict


_REFUSED = Beyond(
    happens="refused",
    status=400,
    code=function_errors.INTERFACE_WRONG.code,
    code_v1=CONTRACT_ERROR_V1,
)
_SECRET_REFUSED = Beyond(happens="refused", status=400, code=secrets.INVALID, code_v1=secrets.INVALID)
_LOG_CAPPED = Beyond(
    happens="later entries are dropped, and one Warn entry tells; with the account setting failAtLogLimit the "
    "invocation ends",
    status=function_errors.FUNCTION_FAILED_STATUS,
    code=function_errors.LIMIT_REACHED.code,
    code_v1=function_errors.LIMIT_REACHED.v1,
)
_BROKEN = Beyond(
    happens="the invocation ends",
    status=function_errors.FUNCTION_FAILED_STATUS,
    code=function_errors.RUNTIME_ERROR.code,
    code_v1=function_errors.RUNTIME_ERROR.v1,
)
_CONNECTION_REFUSED = Beyond(happens="the connection fails", code=network.TOO_MANY_CONNECTIONS)
_OLDEST_GOES = Beyond(happens="the oldest goes")

FUNCTIONS_PER_ACCOUNT = Limit(
    what="functions in an account", value=50, unit="functions", source="D §15", beyond=_REFUSED
)
CONCURRENT_DEPLOYMENTS = Limit(
    what="deployments at the same time in an account",
    value=3,
    unit="deployments",
    source="D §15, §6",
    beyond=Beyond(happens="refused", status=409, code=TOO_MANY_DEPLOYMENTS, code_v1=TOO_MANY_DEPLOYMENTS),
)
SKILLS_PER_FUNCTION = Limit(
    what="skills of a function", value=500, unit="skills", source="D §15", v1=50, beyond=_REFUSED
)
CODE_CHARACTERS = Limit(
    what="code of a function", value=100_000, unit="characters", source="D, C §4.1", beyond=_REFUSED
)
NAME_CHARACTERS = Limit(what="name of a function", value=50, unit="characters", source="C §4.1", beyond=_REFUSED)
DESCRIPTION_CHARACTERS = Limit(
    what="description of a function",
    value=200,
    unit="characters",
    source="C §4.1 (V1's pages: 100, its client: 200)",
    v1=100,
    looser_v1=200,
    beyond=_REFUSED,
)
RUNTIME_CHARACTERS = Limit(
    what="name of a manifest's runtime", value=20, unit="characters", source="C §4.1", beyond=_REFUSED, only="v2"
)
VERSIONS_KEPT = Limit(
    what="versions kept of a function",
    value=5,
    unit="versions",
    source="D §4.5 (another page: 10)",
    v1=10,
    looser=10,
    beyond=_OLDEST_GOES,
)
DEPLOYMENTS_KEPT = Limit(
    what="deployments kept of a function", value=5, unit="deployments", source="D §4.5", beyond=_OLDEST_GOES
)
ENVIRONMENT_ENTRIES = Limit(
    what="environment variables of a function",
    value=512,
    unit="variables",
    source="D §4.1 (V1's pages name none)",
    beyond=_REFUSED,
)
ENVIRONMENT_KEY_CHARACTERS = Limit(
    what="name of an environment variable", value=200, unit="characters", source="D §4.1", beyond=_REFUSED
)
ENVIRONMENT_VALUE_CHARACTERS = Limit(
    what="value of an environment variable",
    value=1024,
    unit="characters",
    source="D §4.1",
    v1=200,
    beyond=_REFUSED,
)
EXECUTION_SECONDS = Limit(
    what="run time of an invocation",
    value=30,
    unit="seconds",
    source="D §15",
    beyond=Beyond(
        happens="the invocation ends",
        status=function_errors.FUNCTION_FAILED_STATUS,
        code=function_errors.EXECUTION_EXCEEDED.code,
        code_v1=function_errors.EXECUTION_EXCEEDED.v1,
    ),
)
MEMORY_MEBIBYTES = Limit(
    what="memory of a function, in the heap and outside it",
    value=256,
    unit="MiB",
    source="D §10",
    beyond=_BROKEN,
)
LOG_ENTRIES = Limit(
    what="log entries of an invocation", value=10, unit="entries", source="D §10", beyond=_LOG_CAPPED
)
LOG_CHARACTERS = Limit(
    what="log characters of an invocation, extras included",
    value=16_384,
    unit="characters",
    source="D §10 (V1: an older page 5,000, a newer one 6,000)",
    v1=5_000,
    looser_v1=6_000,
    beyond=_LOG_CAPPED,
)
LOG_EXPORT_ENTRIES = Limit(
    what="log entries in one export",
    value=500,
    unit="entries",
    source="D §8",
    beyond=Beyond(happens="the oldest are told, the later ones not"),
)
LOG_DAYS = Limit(
    what="time that log entries and reports are kept",
    value=30,
    unit="days",
    source="D §8",
    beyond=Beyond(happens="they are gone"),
)
LOG_WINDOW_DAYS = Limit(
    what="time that one log export spans", value=7, unit="days", source="D §8 (V1's pages)", beyond=_REFUSED
)
SCHEDULES_PER_ACCOUNT = Limit(
    what="schedules in an account",
    value=50,
    unit="schedules",
    source="D §9, §15",
    v1=10,
    beyond=_REFUSED,
)
SCHEDULE_PAYLOAD_CHARACTERS = Limit(
    what="payload of a schedule",
    value=15_000,
    unit="characters",
    source="D §9, §15",
    v1=8_000,
    beyond=_REFUSED,
)
SCHEDULE_CRON_CHARACTERS = Limit(
    what="cron expression of a schedule", value=120, unit="characters", source="C §9", beyond=_REFUSED
)
SCHEDULE_DESCRIPTION_CHARACTERS = Limit(
    what="description of a schedule", value=200, unit="characters", source="C §9", beyond=_REFUSED
)
SECRET_NAME_CHARACTERS = Limit(
    what="name of a secret", value=100, unit="characters", source="C §9", beyond=_SECRET_REFUSED
)
SECRET_VALUE_CHARACTERS = Limit(
    what="value of a secret",
    value=16_384,
    unit="characters",
    source="C §9",
    v1=10_000,
    beyond=_SECRET_REFUSED,
)

SAMPLE_PAYLOAD_CHARACTERS = Limit(
    what="sample payload of a function",
    value=10_000,
    unit="characters",
    source="D §15",
    beyond=_REFUSED,
    only="v1",
)
TEST_INPUT_CHARACTERS = Limit(
    what="headers and payload of a test invocation",
    value=SAMPLE_PAYLOAD_CHARACTERS.value,
    unit="characters",
    source="D §15, for the debugger's payload",
    beyond=Beyond(
        happens="refused",
        status=function_errors.BAD_INPUT.status,
        code_v1=function_errors.BAD_INPUT.v1,
    ),
    only="v1",
)
V1_INVOCATIONS_PER_MONTH = 150_000
"""What V1 calls fair use; more are not refused (M §15)."""
OUTGOING_REQUESTS_PER_SECOND = Limit(
    what="requests that a function sends in a second",
    value=20,
    unit="requests",
    source="D §10",
    beyond=Beyond(happens="the function's request is answered so, and a Warn entry names the host", status=429),
    only="v1",
)
CONNECTIONS_PER_SECOND = Limit(
    what="connections that an instance opens in a second",
    value=700,
    unit="connections",
    source="D §10",
    beyond=_CONNECTION_REFUSED,
    only="v2",
)
CONNECTIONS_PER_MINUTE = Limit(
    what="connections that an instance opens in a minute",
    value=5_000,
    unit="connections",
    source="D §10",
    beyond=_CONNECTION_REFUSED,
    only="v2",
)
RESULT_CHARACTERS = Limit(
    what="result of an invocation, as JSON",
    value=6 * 1024 * 1024,
    unit="characters",
    source="ours: no source tells",
    beyond=_BROKEN,
)
REQUEST_BYTES = Limit(
    what="body of a request, so payloads of invocations too",
    value=5 * 1024 * 1024,
    unit="bytes",
    source="ours: no source tells",
    beyond=Beyond(happens="refused", status=413, code=BODY_TOO_LARGE, code_v1=BODY_TOO_LARGE),
)

ALL: tuple[Limit, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Limit))
