"""A conversation as lines, as bubbles and as JSON."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from faasctl.conversation.connector_events import (
    ActionDone,
    ConnectorEvent,
    ConversationEnded,
    Dropped,
    ErrorRecorded,
    Escalated,
    Held,
    HookRan,
    IntentRecorded,
    Invoked,
    NotForwarded,
    Opened,
    ProblemFound,
    RateLimited,
    Sent,
    StateChanged,
    Waited,
)
from faasctl.conversation.consumer import Said
from faasctl.conversation.invoker import Failure
from faasctl.conversation.problems import Problem
from faasctl.conversation.replies import (
    ChangeTtr,
    CloseConversation,
    Intent,
    Invocation,
    PrivateText,
    QuickReplies,
    RichContent,
    Text,
    Transfer,
)
from faasctl.facts import tester_codes
from faasctl.facts.connector_errors import INVOKE_LAMBDA
from faasctl.log_entry import LogEntry
from faasctl.redaction import redactor
from faasctl.report.chat_bubbles import ChatBubbles
from faasctl.report.chat_lines import ChatLines
from faasctl.report.chat_ndjson import ChatNdjson

if TYPE_CHECKING:
    from faasctl.conversation.replies import Action

AT: dict[str, Any] = {"at": 1000, "conversation": "c"}
UUID = "11111111-2222-4333-8444-555555555555"
BUTTON = {"type": "button", "title": "Buy", "click": {"actions": [{"type": "publishText", "text": "buy"}]}}
LOG = LogEntry(level="Warn", message="odd", extras=({"a": 1},))
SKIPPED = Problem(path=("context", "action"), rule="r", message="odd", tester="t", effect="nothing seen")
LOST = Problem(path=("messages", 0), rule="r", message="bad", tester="t", effect="message dropped")


def sent(item: Text | PrivateText | RichContent | QuickReplies, *, by_connector: bool = False) -> Sent:
    return Sent(**AT, item=item, by_connector=by_connector)


def done(action: Action, **more: Any) -> ActionDone:
    return ActionDone(**AT, action=action, **more)


TOLD: list[tuple[ConnectorEvent, list[str]]] = [
    (sent(Text(path=(), text="one\ntwo")), ["bot: one", "     two"]),
    (sent(PrivateText(path=(), text="note")), ["agents: note"]),
    (sent(RichContent(path=(), content={"type": "vertical", "elements": [BUTTON]})), ["bot: [3] Buy"]),
    (
        sent(QuickReplies(path=(), message="Pick", replies={"replies": [BUTTON, BUTTON]})),
        ["bot: Pick", "     [3] Buy  [4] Buy"],
    ),
    (Waited(**AT, seconds=2, typing=True), ["-- types for 2 s"]),
    (Waited(**AT, seconds=2, typing=False), ["-- waits for 2 s"]),
    (done(Transfer(skill="Billing")), ["-- transfer to the skill Billing"]),
    (done(Transfer(skill="Billing", agent_id="7")), ["-- transfer to the skill Billing (not to agent 7)"]),
    (done(Transfer(skill="Billing", agent_id="7"), to_agent=True), ["-- transfer to agent 7"]),
    (done(ChangeTtr(ttr="URGENT")), ["-- time to response: URGENT"]),
    (done(CloseConversation()), []),
    (done(Invocation(function_uuid=UUID, payload={})), [f"-- invocation of the function {UUID}"]),
    (
        done(Invocation(function_uuid=UUID, payload={}), failure=Failure(kind="function", message="no")),
        [f"-- invocation of the function {UUID}, which failed: no"],
    ),
    (
        ErrorRecorded(**AT, error=INVOKE_LAMBDA, error_id="e", message="boom", tester=tester_codes.NO_ANSWER),
        ["-- error aivendor.faas.invoke-lambda: boom"],
    ),
    (
        Escalated(**AT, skill="Night", error=INVOKE_LAMBDA, error_id="e", to_agent="The bot failed"),
        ["-- escalated to the skill Night; note to the agent: The bot failed"],
    ),
    (
        Escalated(**AT, skill="Night", error=INVOKE_LAMBDA, error_id="e", succeeded=False),
        ["-- the escalation to the skill Night failed"],
    ),
    (
        ProblemFound(**AT, problem=SKIPPED),
        ["-- error in the reply: context.action: odd: it is skipped"],
    ),
    (ProblemFound(**AT, problem=LOST), []),
    (Dropped(**AT, value=1, problem=LOST), ["-- a message is dropped: messages[0]: bad"]),
    (
        RateLimited(**AT, what=Said(text="x")),
        ["-- the spam guard swallowed it: more than 4 messages in 2 s"],
    ),
    (NotForwarded(**AT, what=Said(text="x"), why="it is closed"), ["-- not passed on: it is closed"]),
    (Held(**AT, until=2000), ["-- waits for more texts, to combine them"]),
    (
        IntentRecorded(**AT, intent=Intent(id="a", confidence=0.5, name="A")),
        ["-- intent a (A), confidence 0.5"],
    ),
    (
        StateChanged(at=1, before="Online", after="Vendor Interruption", why="no answer"),
        ["-- the bot is now Vendor Interruption: no answer"],
    ),
    (
        ConversationEnded(**AT, by="bot", survey=False),
        ["-- the conversation was closed by the bot, without a survey"],
    ),
    (ConversationEnded(**AT, by="somebody else"), ["-- the conversation was closed by somebody else"]),
    (Opened(**AT), []),
    (Opened(**AT, transferred=True), ["-- the conversation was transferred to the bot"]),
    (HookRan(**AT, role="pre", payload={}, changed=True), ["-- the pre hook ran, and changed what it got"]),
    (HookRan(**AT, role="post", payload={}, failure=Failure(kind="function")), ["-- the post hook failed"]),
    (Invoked(**AT, payload={}, reply={}, logs=(LOG,), duration=0.25), []),
]


@pytest.mark.parametrize(("event", "lines"), TOLD, ids=lambda value: type(value).__name__)
def test_each_event_is_told_in_lines(
    event: ConnectorEvent, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    ChatLines(logs=False, latency=False, tester=False).show(event, 3)
    assert capsys.readouterr().out.splitlines() == lines


@pytest.mark.parametrize("event", [event for event, _ in TOLD], ids=lambda value: type(value).__name__)
def test_each_event_is_a_line_of_json(event: ConnectorEvent, capsys: pytest.CaptureFixture[str]) -> None:
    ChatNdjson().show(event, 1)
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert told["event"]
    assert told["at"] == event.at


def test_logs_and_latency_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    ChatLines(logs=True, latency=True, tester=False).show(TOLD[-1][0], 1)
    assert capsys.readouterr().out.splitlines() == ['log: Warn: odd {"a": 1}', "-- the function took 250 ms"]


THROWN = Invoked(
    **AT,
    payload={},
    failure=Failure(kind="function", message="boom", origin="at lambda (OrderBot/index.js:3:9)"),
    logs=(LogEntry(level="Error", message="first\nbot: second"),),
)


def test_no_line_of_a_log_entry_passes_for_a_message(capsys: pytest.CaptureFixture[str]) -> None:
    ChatLines(logs=True, latency=False, tester=False).show(THROWN, 1)
    assert capsys.readouterr().out.splitlines() == [
        "log: Error: first",
        "     bot: second",
        "log: thrown at lambda (OrderBot/index.js:3:9)",
    ]


def test_all_lines_of_what_is_no_message_are_indented() -> None:
    view, shown, _ = _bubbles(latency=False)
    view.show(THROWN, 1)
    view.note("a note that is longer than the terminal is wide")
    assert [line.rstrip() for line in shown.getvalue().splitlines()] == [
        "  Error: first",
        "  bot: second",
        "  thrown at lambda",
        "  (OrderBot/index.js:3:9)",
        "  a note that is longer than the",
        "  terminal is wide",
    ]


def test_a_listing_keeps_its_columns_on_a_narrow_terminal() -> None:
    view, shown, _ = _bubbles()
    view.listing([("/new", "a new conversation"), ("/save NAME", "write this conversation as a scenario")])
    assert [line.rstrip() for line in shown.getvalue().splitlines()] == [
        "/new        a new conversation",
        "/save NAME  write this conversation as a",
        "            scenario",
    ]


@pytest.mark.parametrize("seconds", [3000, 0])
def test_ctrl_c_ends_a_wait_and_nothing_else(seconds: int) -> None:
    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    view, shown, _ = _bubbles(sleep=interrupted)
    view.show(Waited(**AT, seconds=seconds, typing=True), 1)
    view.show(Waited(**AT, seconds=seconds, typing=False), 1)
    view.show(sent(Text(path=(), text="Done")), 1)
    assert "Done" in shown.getvalue()


def test_the_tester_has_codes_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    view = ChatLines(logs=False, latency=False, tester=True)
    view.show(ErrorRecorded(**AT, error=INVOKE_LAMBDA, error_id="e", message="boom", tester="code"), 1)
    view.show(ProblemFound(**AT, problem=LOST), 1)
    assert capsys.readouterr().out.splitlines() == ["-- error code: boom", "-- error: messages[0]: bad (t)"]


def test_nothing_that_a_bot_says_steers_the_terminal_or_tells_a_secret(capsys: pytest.CaptureFixture[str]) -> None:
    redactor.register("s3cr3t-of-chat")
    ChatLines(logs=False, latency=False, tester=False).show(
        sent(Text(path=(), text="\x1b[2Jmy s3cr3t-of-chat")), 1
    )
    assert capsys.readouterr().out == "bot: \\x1b[2Jmy ***\n"


def _bubbles(**more: Any) -> tuple[ChatBubbles, io.StringIO, list[float]]:
    shown, slept = io.StringIO(), list[float]()
    console = Console(file=shown, width=40, highlight=False, force_terminal=False)
    given = {"logs": True, "latency": True, "tester": False, "sleep": slept.append, "console": console, **more}
    return ChatBubbles(**given), shown, slept


def test_the_bot_speaks_on_the_left_and_the_consumer_on_the_right() -> None:
    view, shown, _ = _bubbles()
    view.heard("hello")
    view.show(sent(Text(path=(), text="A text that is too long for one line of it")), 1)
    view.show(sent(PrivateText(path=(), text="note")), 1)
    view.show(sent(Text(path=(), text="Wait"), by_connector=True), 1)
    assert shown.getvalue().splitlines() == [
        " " * 31 + "╭───────╮",
        " " * 31 + "│ hello │",
        " " * 31 + "╰───────╯",
        "╭──────────────────────────────╮",
        "│ A text that is too long for  │",
        "│ one line of it               │",
        "╰──────────────────────────────╯",
        "╭─ agents only ─╮",
        "│ note          │",
        "╰───────────────╯",
        "╭─ platform ───╮",
        "│ Wait         │",
        "╰──────────────╯",
    ]


def test_waits_are_real_unless_nobody_wants_to_wait() -> None:
    view, _, slept = _bubbles()
    view.show(Waited(**AT, seconds=2, typing=True), 1)
    view.show(Waited(**AT, seconds=3, typing=False), 1)
    assert slept == [2, 3]
    fast, shown, slept = _bubbles(sleep=None)
    fast.show(Waited(**AT, seconds=2, typing=True), 1)
    assert (slept, shown.getvalue()) == ([], "  types for 2 s\n")


def test_a_terminal_is_not_steered_either() -> None:
    view, shown, _ = _bubbles()
    view.show(sent(Text(path=(), text="\x1b[2J[red]x")), 1)
    view.show(Invoked(**AT, payload={}, logs=(LogEntry(level="Info", message="\x07"),)), 1)
    assert "\x1b" not in shown.getvalue()
    assert "\x07" not in shown.getvalue()
    assert "[red]x" in shown.getvalue()
