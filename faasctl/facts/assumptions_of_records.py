"""What is assumed of what the platform keeps and of what runs by the clock: logs, reports, schedules."""

from __future__ import annotations

from faasctl.facts.assumption import Assumption

LOGS_REPORTS_SCHEDULES: tuple[Assumption, ...] = (
    Assumption(
        unknown="which entries a log export holds, of more than 500, and whether its header counts",
        assumed="the oldest 500 of the span, whose two ends count in; the header does not count. The client reads "
        "a full export again in two halves, so it relies on neither",
        used_in="emulator",
        source="ours, after functions-api §8",
    ),
    Assumption(
        unknown="what a log export refuses",
        assumed="a missing start, a level other than Info, Warn and Error, and a span of more than seven days, as "
        "V1's pages have it; a missing end is now",
        used_in="emulator, logs",
        source="ours, after functions-api §8",
    ),
    Assumption(
        unknown="form of the times in a log export",
        assumed="Unix time in milliseconds; the client reads dates as well",
        used_in="emulator, logs",
        source="functions-api §18, 21",
    ),
    Assumption(
        unknown="which spans and buckets a report of invocations takes, and where its buckets begin",
        assumed="buckets of 300, 3,600 and 86,400 s for up to an hour, seven days and thirty days, as official "
        "clients ask for them; they begin at whole multiples of their length (UTC), and empty ones are told too",
        used_in="emulator, metrics",
        source="ours, after functions-api §8",
    ),
    Assumption(
        unknown="which failures a report counts as whose",
        assumed="a run past the time limit: TIMEOUT; any other failure with status 901: CODING_FAILURE; one of "
        "the runtime itself, or no free instance: PLATFORM_FAILURE; what an older faasctl counted as failed: "
        "UNKNOWN",
        used_in="emulator",
        source="ours, after functions-api §8",
    ),
    Assumption(
        unknown="V2's calls to list, read, change and delete schedules",
        assumed="as V1's: GET /schedules, and GET, PUT and DELETE /schedules/{id}; 201, 202 and 204 as elsewhere",
        used_in="emulator",
        source="functions-api §18, 12",
    ),
    Assumption(
        unknown="whether V2 deletes a function's schedules when it is undeployed",
        assumed="it does, as V1",
        used_in="emulator",
        source="ours, after functions-api §6",
    ),
    Assumption(
        unknown="what cron expressions may hold beyond five fields",
        assumed="numbers, names, *, lists, ranges and steps; no @daily, L or #. An hour that the clocks repeat "
        "runs twice, one that they skip at its end",
        used_in="emulator",
        source="ours, after functions-api §9",
    ),
    Assumption(
        unknown="what becomes of a schedule's runs while nothing can run them",
        assumed="they are not made up for: a run that is more than ten seconds late waits for its next time",
        used_in="emulator",
        source="ours",
    ),
    Assumption(
        unknown="how the payload of a schedule is measured",
        assumed="the characters of invocationBody.payload as compact JSON",
        used_in="emulator",
        source="ours, after functions-api §9",
    ),
    Assumption(
        unknown="which code refuses a schedule of a function that is not deployed",
        assumed="400 with a code of ours",
        used_in="emulator",
        source="ours, after functions-api §9",
    ),
)
