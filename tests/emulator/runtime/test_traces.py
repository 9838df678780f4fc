"""Stack traces, wherever a function writes them: the author's file and lines, and nothing of ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from faasctl.emulator.runtime.outcome import Outcome

OutcomeOf = Callable[..., "Outcome"]

THROWN = "Error: far\n    at made (OrderBot/index.js:2:10)\n    at lambda (OrderBot/index.js:6:3)"
LOGGING = """function made() {
  return new Error('far', { cause: new Error('near') });
}

function lambda(input, callback) {
  THIS
  if (callback) callback(null, 1);
}"""


def logged(outcome_of: OutcomeOf, call: str, **options: str) -> tuple[str, list[object]]:
    (entry,) = outcome_of(LOGGING.replace("THIS", call), **options).logs
    return entry.message, entry.extras


@pytest.mark.parametrize("module", ["esm", "commonjs"])
@pytest.mark.parametrize("interface", ["v2", "v1"])
def test_a_stack_that_is_logged_as_text_names_the_file_and_no_frame_of_ours(
    outcome_of: OutcomeOf, interface: str, module: str
) -> None:
    message, _ = logged(outcome_of, "made(); console.error(made().stack);", interface=interface, module=module)
    assert message == THROWN.replace("6:3", "6:25")
    message, extras = logged(
        outcome_of,
        "console.error(`it: ${made().stack}`, { at: made().stack });",
        interface=interface,
        module=module,
    )
    assert message == "it: " + THROWN.replace("6:3", "6:24")
    assert extras == [{"at": THROWN.replace("6:3", "6:46")}]


def test_what_an_error_carries_stands_below_its_frames(outcome_of: OutcomeOf) -> None:
    message, _ = logged(outcome_of, "console.error(Object.assign(made(), { code: 7 }));")
    near = "Error: near\n      at made (OrderBot/index.js:2:36)\n      at lambda (OrderBot/index.js:6:31)"
    assert message == THROWN.replace("6:3", "6:31") + " {\n  code: 7,\n  [cause]: " + near + "\n}"


def test_the_cause_of_an_error_is_told_with_its_stack(outcome_of: OutcomeOf) -> None:
    frames = ["Error: near", "  at made (OrderBot/index.js:2:36)", "  at lambda (OrderBot/index.js:6:9)"]
    cause = "\n  [cause]: " + "\n    ".join(frames)
    outcome = outcome_of(LOGGING.replace("THIS", "throw made();"))
    assert outcome.stack == THROWN.replace("6:3", "6:9") + cause
    assert outcome.message == "far"
    _, extras = logged(outcome_of, "console.error('x', { e: made() });")
    stack = (THROWN + cause).replace("6:3", "6:27").replace("6:9", "6:27")
    assert extras == [{"e": {"name": "Error", "message": "far", "stack": stack}}]


def test_a_fetch_that_fails_says_why(outcome_of: OutcomeOf) -> None:
    outcome = outcome_of("async function lambda() { await fetch('https://a.example.com') }", host_offline=True)
    reason = "the function runs offline and may not reach a.example.com:443"
    assert outcome.message == "fetch failed"
    assert f"[cause]: Error: {reason}" in (outcome.stack or "")


def test_an_error_that_is_its_own_cause_is_told_once_more_and_no_further(outcome_of: OutcomeOf) -> None:
    outcome = outcome_of("async function lambda() { const e = new Error('x'); e.cause = e; throw e }")
    assert 1 <= (outcome.stack or "").count("[cause]") < 10


def test_frames_of_the_toolbelt_are_not_shown(outcome_of: OutcomeOf) -> None:
    code = """import { Toolbelt } from 'core-functions-toolbelt';
async function lambda() {
  await Toolbelt.SecretClient().readSecret('x');
}"""
    outcome = outcome_of(code)
    head, *frames = (outcome.stack or "").split("\n")
    assert head.startswith("ToolBeltError: ")
    assert frames == ["    at lambda (OrderBot/index.js:3:33)"]


@pytest.mark.parametrize("text", ["see me at 5\n    at home {", "    at ", "a\n\n    at x\n", "\n  at noon\n"])
def test_text_that_is_no_trace_stays_as_it_is(outcome_of: OutcomeOf, text: str) -> None:
    (entry,) = outcome_of(f"async function lambda() {{ console.info({text!r}, {text!r}) }}").logs
    assert (entry.message, entry.extras) == (text, [text])


def test_a_dom_exception_is_an_error_too(outcome_of: OutcomeOf) -> None:
    outcome = outcome_of("""async function lambda() {
  try { AbortSignal.abort().throwIfAborted() } catch (error) { console.error('late', error); throw error }
}""")
    extra, *_ = outcome.logs[0].extras
    assert (extra["name"], extra["message"]) == ("AbortError", "This operation was aborted")
    assert outcome.message == "This operation was aborted"
    assert (outcome.stack or "").startswith("AbortError: This operation was aborted")


def test_a_dom_exception_is_no_incorrect_format_for_a_callback(outcome_of: OutcomeOf) -> None:
    code = "function lambda(input, callback) { callback(new DOMException('late', 'TimeoutError')) }"
    outcome = outcome_of(code, interface="v1", module="commonjs")
    assert [entry.level for entry in outcome.logs] == ["Error"]
