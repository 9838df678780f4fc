"""What is assumed of limits: which holds, for what, and how large what no source names may be."""

from __future__ import annotations

from faasctl.facts.assumption import Assumption

LIMITS: tuple[Assumption, ...] = (
    Assumption(
        unknown="V1's limits of deployments at the same time and of environment variables",
        assumed="as V2's",
        used_in="emulator",
        source="ours, after functions-api §15",
    ),
    Assumption(
        unknown="which of two limits holds where LivePerson's pages disagree",
        assumed="the stricter; the account setting looseLimits (emulator.loose_limits in the definition) takes "
        "the looser",
        used_in="emulator, validate",
        source="ours, after functions-api §15",
    ),
    Assumption(
        unknown="what V1's limit of the debugger's payload holds for",
        assumed="the sample payload of a function, and headers and payload of a test invocation, which is then a "
        "bad input; not what comes through the gateway",
        used_in="emulator",
        source="ours, after functions-api §15",
    ),
    Assumption(
        unknown="how large the body of a request may be",
        assumed="5 MiB; a larger one is answered with 413 and a code of ours",
        used_in="emulator",
        source="ours",
    ),
    Assumption(
        unknown="how large a result may be",
        assumed="6 MiB of JSON; a larger one counts as a runtime error",
        used_in="emulator",
        source="ours",
    ),
)
