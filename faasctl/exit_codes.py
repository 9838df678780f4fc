"""What the exit status of every verb means. The page docs/exit-codes.md is generated from here."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit statuses; a status never depends on the output format."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    INVALID = 3
    CREDENTIALS = 4
    FAILED = 5
    PLATFORM = 6
    DEADLINE = 7
    LOCKED = 8
    CONSENT = 9
    CHANGES_PENDING = 10
    INTERRUPTED = 130
    TERMINATED = 143


MEANINGS: dict[ExitCode, tuple[str, str]] = {
    ExitCode.OK: ("Done, or nothing to do.", "Go on."),
    ExitCode.INTERNAL: (
        "An error inside faasctl itself.",
        "Run again with FAASCTL_DEBUG=1 and report what it prints.",
    ),
    ExitCode.USAGE: (
        "The command line is wrong, or this machine lacks something faasctl needs (Node, room on a disk).",
        "Read the message: it names the option, the file, or what to install.",
    ),
    ExitCode.INVALID: (
        "The definition, the function's code or a scenario is invalid. Nothing was sent.",
        "Each finding names file, line, column, rule and a suggestion.",
    ),
    ExitCode.CREDENTIALS: (
        "Credentials are missing or expired, or lack a permission.",
        "Sign in again, or ask for the permission that the message names.",
    ),
    ExitCode.FAILED: (
        "A test, the test connection or a budget failed, or the function itself threw.",
        "Look at the failed check and the function's log lines.",
    ),
    ExitCode.PLATFORM: (
        "The platform refused, broke, or could not be reached; a deployment failed.",
        "The message holds the platform's own reason and the request id.",
    ),
    ExitCode.DEADLINE: (
        "The deadline passed while waiting. What was started may still finish on the platform.",
        "Run the same command again: it resumes. Or give a longer --timeout.",
    ),
    ExitCode.LOCKED: (
        "Another run holds this definition, or the account changed since the plan.",
        "Wait for the other run to end, then run again.",
    ),
    ExitCode.CONSENT: (
        "A person's consent or confirmation is needed, and there was nobody to ask.",
        "Put data_disclaimer into the definition, or run on a terminal.",
    ),
    ExitCode.CHANGES_PENDING: (
        "`plan --detailed-exitcode` found changes that `up` would make.",
        "Run `faasctl up`.",
    ),
    ExitCode.INTERRUPTED: ("Interrupted (Ctrl-C).", "Run again: it resumes."),
    ExitCode.TERMINATED: ("Terminated (SIGTERM).", "Run again: it resumes."),
}
