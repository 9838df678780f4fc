"""`faasctl chat` in a pipe and on a terminal."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from faasctl.conversation.scenarios.load import load_scenarios
from faasctl.exit_codes import ExitCode

if TYPE_CHECKING:
    from tests.acceptance.conftest import Project

CODE = """\
const card = {
  type: 'vertical',
  elements: [
    { type: 'text', text: 'Shoe' },
    { type: 'button', title: 'Buy', click: {
      actions: [{ type: 'publishText', text: 'buy it' }], metadata: [{ type: 'ExternalId', id: 'buy-1' }] } },
    { type: 'button', title: 'More', click: { actions: [{ type: 'link', uri: 'https://example.com/shoe' }] } },
  ],
};
const transfer = { action: 'TRANSFER', actionParameters: { skill: 'Human Agents' } };
async function lambda(input) {
  const { message = '', event = {}, context = {} } = input.payload;
  console.info('heard', message);
  if (event.name === 'WELCOME') return { messages: ['Welcome!'] };
  if (message === 'card') return { messages: ['Look:', { structuredContent: card }] };
  if (message === 'slow') return { messages: ['Wait', { delay: 1 }, 'Done'] };
  if (message === 'agent') return { messages: ['Connecting you'], context: transfer };
  if (message === 'boom') throw new Error('boom');
  if (message === 'who') return { messages: [JSON.stringify(context.lpSdes)] };
  return { messages: [`You said: ${message}${context.lpEvent.metadata?.[0]?.id ?? ''}`] };
}
"""
_SECONDS = 60
KEYRINGS = Path(__file__).parents[1] / "keyrings"


@pytest.fixture
def bot(project: Project) -> Project:
    project.write(CODE)
    return project


def talk(bot: Project, *lines: str, arguments: tuple[str, ...] = (), status: int = 0) -> str:
    """What a pipe gives for these lines."""
    ended = _run(bot, lines, arguments)
    assert ended.returncode == status, ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr
    return ended.stdout


def _run(bot: Project, lines: tuple[str, ...], arguments: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    process = bot.start("chat", *arguments, stdin=subprocess.PIPE)
    stdout, stderr = process.communicate("".join(f"{line}\n" for line in lines), timeout=_SECONDS)
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)


def test_a_line_in_is_a_message_and_a_line_out_is_an_answer(bot: Project) -> None:
    first = talk(bot, "hello", "card", "1", "/click 2", "slow", "agent", "hello?")
    assert first == (
        "bot: You said: hello\n"
        "bot: Look:\n"
        "bot: Shoe\n"
        "     [1] Buy\n"
        "     [2] More -> https://example.com/shoe\n"
        "bot: You said: buy itbuy-1\n"
        "-- More sends the bot nothing; it opens https://example.com/shoe\n"
        "bot: Wait\n"
        "-- types for 1 s\n"
        "bot: Done\n"
        "bot: Connecting you\n"
        "-- transfer to the skill Human Agents\n"
        "-- not passed on: the conversation is with the skill Human Agents now\n"
        "-- /new begins another conversation\n"
    )
    assert talk(bot, "hello", "card", "1", "/click 2", "slow", "agent", "hello?") == first


def test_commands_steer_the_conversation(bot: Project) -> None:
    bot.define(bot={"engagement_attributes": True})
    told = talk(
        bot,
        "/welcome",
        "/say 1",
        "/file a.png mine",
        "/nonsense",
        "/sde customerId=C-1",
        "who",
        "/close",
        "/quit",
        "no",
    )
    lines = told.splitlines()
    assert "bot: Welcome!" in lines
    assert "bot: You said: 1" in lines
    assert "bot: You said: com.liveperson.bot-connectors.consumer.send-file" in lines
    assert "-- there is no command /nonsense; /help lists them" in lines
    assert any('"customerId":"C-1"' in line for line in lines)
    assert lines[-1] == "-- the conversation was closed by the consumer"


def test_an_error_is_told_with_its_code_and_is_no_failure_of_the_program(bot: Project) -> None:
    told = talk(bot, "boom", arguments=("--logs",))
    assert told.splitlines() == [
        'log: Info: heard "boom"',
        "log: Error: Received Error - boom",
        "log: thrown at lambda (OrderBot/index.js:18:33)",
        "-- error aivendor.faas.invoke-lambda: boom",
        "-- escalated to the skill Human Agents",
    ]


def test_without_hooks_the_codes_are_those_of_the_conversation_tester(bot: Project) -> None:
    told = talk(bot, "boom", arguments=("--without-hooks",))
    assert "-- error common-invalid-ai-vendor-response: boom" in told.splitlines()


def test_the_consumer_may_be_of_another_kind(bot: Project) -> None:
    assert talk(bot, arguments=("--as", "chat")) == "bot: Welcome!\n"
    ended = _run(bot, (), ("--as", "telegraph"))
    assert ended.returncode == ExitCode.USAGE
    assert "whatsapp" in ended.stderr


def test_json_is_a_line_an_event_and_the_envelope_at_the_end(bot: Project) -> None:
    events = [json.loads(line) for line in talk(bot, "hello", arguments=("--output", "json")).splitlines()]
    kinds = [event["event"] for event in events if event["event"] != "note"]
    assert kinds == ["opened", "heard", "invoked", "sent", "ended"]
    sent = next(event for event in events if event["event"] == "sent")
    assert sent["item"] == {
        "kind": "text",
        "path": "messages[0]",
        "text": "You said: hello",
        "metadata": [],
        "encoded_metadata": None,
    }
    assert (events[-1]["verb"], events[-1]["ok"]) == ("chat", True)


def test_a_failure_is_json_too(bot: Project) -> None:
    bot.define(bot={"agent": None})
    (line,) = talk(bot, arguments=("--output", "json"), status=ExitCode.INVALID).splitlines()
    ended: dict[str, Any] = json.loads(line)
    assert (ended["event"], ended["exit_code"], ended["error"]["kind"]) == ("ended", 3, "invalid-definition")


def test_hooks_take_part(bot: Project) -> None:
    bot.write(
        "async function lambda(input) { return { ...input.payload, message: 'changed' }; }\n",
        "functions/Pre/index.js",
    )
    bot.define(hooks={"pre": {"name": "OrderBotPre", "code": "functions/Pre/index.js"}})
    assert talk(bot, "hello") == "-- the pre hook ran, and changed what it got\nbot: You said: changed\n"
    assert talk(bot, "hello", arguments=("--without-hooks",)) == "bot: You said: hello\n"


def test_a_talk_is_saved_as_a_scenario_that_can_be_read(bot: Project) -> None:
    (bot.folder / "talks").mkdir()
    bot.define(conversations="talks/")
    told = talk(bot, "hello", "card", "1", "agent", "/save Buys a shoe", "/save Buys a shoe")
    path = bot.folder / "talks/buys-a-shoe.yaml"
    assert f"-- saved as {path}" in told
    assert "exists; give another name" in told
    ((scenario,),) = [file.scenarios for file in load_scenarios([path])]
    assert scenario.name == "Buys a shoe"
    assert [step.kind for step in scenario.steps] == ["says", "says", "clicks", "says"]
    assert scenario.steps[1].expect["rich_content"] == {"type": "vertical", "buttons": ["Buy", "More"]}
    assert scenario.steps[3].expect["transfer"] == "Human Agents"


def test_what_a_talk_was_set_up_with_is_saved_too(bot: Project) -> None:
    (bot.folder / "conversations").mkdir()
    bot.define(bot={"engagement_attributes": True}, conversations="conversations/")
    talk(bot, "/sde customerId={{C}}", "who", "/save knows the customer", "/welcome", "hello", "/save greets")
    tested = bot.run("test")
    assert tested.status == 0, tested.stderr
    knows = yaml.safe_load((bot.folder / "conversations/knows-the-customer.yaml").read_text("utf-8"))
    assert "customerId" in str(knows["scenarios"][0]["setup"]["engagement_attributes"])
    greets = yaml.safe_load((bot.folder / "conversations/greets.yaml").read_text("utf-8"))
    assert greets["scenarios"][0]["setup"]["welcome_message"] is True
    assert greets["scenarios"][0]["steps"][0]["expect"] == {"texts": [{"equals": "Welcome!"}]}


def test_attributes_that_the_function_did_not_get_are_not_saved(bot: Project) -> None:
    (bot.folder / "conversations").mkdir()
    bot.define(conversations="conversations/")
    talk(bot, "/sde customerId=C-1", "who", "/save does not know")
    assert bot.run("test").status == 0


def test_what_is_saved_can_be_shared_and_is_found(bot: Project) -> None:
    told = talk(bot, "hello", "/save greets").splitlines()
    path = bot.folder / "conversations/greets.yaml"
    assert path.stat().st_mode & 0o777 == 0o644
    assert told[-1] == "-- `faasctl test` finds it with `conversations: conversations/` in bot.yaml"


@pytest.mark.parametrize(
    ("line", "name", "reason"),
    [
        ("half", "half", "escape"),
        ("hello", "n" * 201, "200"),
    ],
)
def test_what_no_scenario_can_say_is_not_saved(bot: Project, line: str, name: str, reason: str) -> None:
    bot.write(
        CODE.replace(
            "if (message === 'boom')",
            "if (message === 'half') return { messages: ['\\ud83d'] };\n  if (message === 'boom')",
        )
    )
    told = talk(bot, line, f"/save {name}", "hello").splitlines()
    assert told[-1] == "bot: You said: hello"
    assert "cannot be saved" in told[-2]
    assert reason in told[-2]
    assert not (bot.folder / "conversations").exists()


def test_a_long_name_gives_a_file_that_has_room_for_it(bot: Project) -> None:
    told = talk(bot, "hello", f"/save {'日本語' * 60}")
    assert "-- saved as " in told
    assert len(list((bot.folder / "conversations").iterdir())) == 1


def test_numbers_that_json_does_not_have_are_told_and_the_talk_goes_on(bot: Project) -> None:
    told = talk(bot, '/json {"message": NaN}', '/json {"message": 1e999}', "hello").splitlines()
    assert told == [
        "-- what follows /json is not JSON: NaN is no number in JSON at column 13",
        "-- what follows /json is not JSON: the number is too large at column 13",
        "bot: You said: hello",
    ]


def test_a_file_of_lines_may_begin_with_a_byte_order_mark(bot: Project) -> None:
    assert talk(bot, "\ufeff/welcome", "hello") == "bot: Welcome!\nbot: You said: hello\n"


@pytest.mark.parametrize("arguments", [(), ("--output", "json")])
def test_it_ends_when_nobody_reads_any_more(bot: Project, arguments: tuple[str, ...]) -> None:
    process = bot.start("chat", *arguments, stdin=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        _ask(process, "hello")
        assert process.stdout.readline()
        process.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            while process.poll() is None:
                _ask(process, "more")
        assert process.wait(_SECONDS) == 0
    finally:
        process.kill()
        process.wait()
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        assert process.stderr is not None
        process.stderr.close()


def test_code_that_was_changed_answers_from_the_next_line_on(bot: Project) -> None:
    process = bot.start("chat", stdin=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        _ask(process, "hello")
        assert process.stdout.readline() == "bot: You said: hello\n"
        bot.write(CODE.replace("You said", "You wrote"))
        _ask(process, "hello")
        assert process.stdout.readline() == "bot: You wrote: hello\n"
        bot.write("async function lambda( {")
        _ask(process, "again")
        assert process.stdout.readline() == "bot: You wrote: again\n"
        _, stderr = process.communicate(timeout=_SECONDS)
    finally:
        process.kill()
    assert "syntax-error" in stderr
    assert process.returncode == 0


def _ask(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def test_code_with_a_mistake_is_told_before_anything_is_said(bot: Project) -> None:
    bot.write("async function lambda( {")
    ended = _run(bot, ("hello",), ())
    assert ended.returncode == ExitCode.INVALID
    assert "syntax-error" in ended.stderr


def test_that_messages_are_combined_is_a_setting_of_the_bot_in_the_account(bot: Project) -> None:
    bot.define(bot={"combine_messages": {"max": 3, "window": "2s"}})
    assert bot.run("up").status == 0
    assert bot.run("plan", "--detailed-exitcode").status == ExitCode.OK
    bot.define(bot={"combine_messages": {"max": 3, "window": "3s"}})
    assert bot.run("plan", "--detailed-exitcode").status == ExitCode.CHANGES_PENDING


def test_on_an_account_it_talks_to_what_is_deployed_there(emulator: Project) -> None:
    emulator.write(CODE)
    assert emulator.run("up").status == 0
    secrets = emulator.ask_emulator("GET", "/emulator/accounts/demo/credentials")
    status = emulator.json("emulator", "status").json["result"]
    emulator.write(str(secrets["user"]["password"]), "password")
    emulator.environ |= {
        "FAASCTL_REACH_AT": status["url"],
        "FAASCTL_TARGET": "cloud",
        "PYTHON_KEYRING_BACKEND": "kept_in_file.Working",
        "PYTHONPATH": os.pathsep.join(filter(None, (str(KEYRINGS), emulator.environ.get("PYTHONPATH", "")))),
        "FAASCTL_TEST_KEYRING": str(emulator.folder.parent / "keyring.json"),
    }
    login = emulator.run("login", "--username", "developer@demo.example", "--password-file", "password")
    assert login.status == 0, login.stderr
    emulator.write(CODE.replace("You said", "never deployed"))
    assert talk(emulator, "hello", arguments=("--logs",)) == 'log: Info: heard "hello"\nbot: You said: hello\n'


def test_without_credentials_it_ends_with_4(emulator: Project) -> None:
    url = emulator.json("emulator", "status").json["result"]["url"]
    emulator.environ |= {"FAASCTL_TARGET": "cloud", "FAASCTL_REACH_AT": url}
    ended = _run(emulator, ("hello",), ())
    assert ended.returncode == ExitCode.CREDENTIALS
    assert "faasctl login" in ended.stderr
