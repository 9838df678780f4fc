"""`faasctl logs` and `faasctl metrics` as a user runs them."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.emulator.server import Emulator

if TYPE_CHECKING:
    from tests.acceptance.conftest import Project

CODE = """\
async function lambda(input) {
  const message = input?.payload?.message ?? '';
  if (message) {
    console.info('heard', { message });
    if (message === 'color') console.warn('\\u001b[31mred\\u001b[0m');
    if (message === 'key') console.info(process.env.ORDER_API_KEY);
    if (message === 'fail') throw new Error('boom');
  }
  return { messages: ['hi'], context: {} };
}
"""


@pytest.fixture(autouse=True)
def shared_key(project: Project) -> None:
    """The key of the state, so that an emulator of the test's own can open it too."""
    project.environ["FAASCTL_STATE_KEY_FILE"] = str(project.folder.parent / "state.key")


@pytest.fixture
def bot(project: Project) -> Project:
    """Deployed, with an emulator only where a test starts one."""
    project.write(CODE)
    assert project.run("up").status == 0
    return project


def say(project: Project, *messages: str) -> None:
    """Invokes the function through the gateway, as the connector does; no emulator may be running."""
    with Emulator(project.folder / ".faasctl/emulator", environ=project.environ) as emulator:
        endpoint = emulator.endpoint
        (function,) = project._ask(endpoint, "GET", "/api/account/demo/functions?userId=1")
        for message in messages:
            body = {"headers": [], "payload": {"message": message}}
            path = f"/api/account/demo/lambdas/{function['uuid']}/invoke"
            try:
                project._ask(endpoint, "POST", path, body)
            except AssertionError:
                assert message == "fail"


def test_logs_show_what_was_said_with_times_in_utc(bot: Project) -> None:
    say(bot, "one", "color")
    ended = bot.run("logs")
    assert ended.status == 0
    lines = ended.stdout.splitlines()
    assert [line.split("Z ", 1)[1] for line in lines] == [
        'Info: heard {"message": "one"}',
        'Info: heard {"message": "color"}',
        "Warn: \\x1b[31mred\\x1b[0m",
    ]
    assert "target local, account demo" in ended.stderr


def test_levels_narrow_the_log(bot: Project) -> None:
    say(bot, "color")
    assert len(bot.run("logs", "--level", "warn").stdout.splitlines()) == 1
    assert len(bot.run("logs", "--level", "WARN", "--level", "info").stdout.splitlines()) == 2


def test_logs_as_json_have_request_ids(bot: Project) -> None:
    say(bot, "one")
    result = bot.json("logs", "--since", "1h").json["result"]
    assert result["function"]["name"] == "OrderBot"
    assert result["complete"] is True
    (entry,) = result["entries"]
    assert (entry["level"], entry["message"], entry["extras"]) == ("Info", "heard", [{"message": "one"}])
    assert entry["request_id"]
    assert entry["time"].endswith("Z")


def test_logs_as_ndjson_are_one_json_a_line(bot: Project) -> None:
    say(bot, "one", "two")
    lines = bot.run("logs", "--output", "ndjson").stdout.splitlines()
    assert [json.loads(line)["extras"][0]["message"] for line in lines] == ["one", "two"]


def test_without_entries_a_person_is_told_why_and_a_program_reads_an_empty_list(bot: Project) -> None:
    assert bot.run("invoke", "--message", "hello").status == 0
    ended = bot.run("logs")
    assert (ended.status, ended.stdout) == (0, "")
    assert "note: OrderBot logged nothing since 20" in ended.stderr
    assert "test invocations keep no log" in ended.stderr
    assert bot.json("logs").json["result"]["entries"] == []


def test_a_long_log_is_shown_whole(bot: Project) -> None:
    bot.write(
        "async function lambda(input) { if (input.payload?.n !== undefined)"
        " for (let i = 0; i < 10; i += 1) console.info(`${input.payload.n}.${i}`); return { messages: [] }; }"
    )
    assert bot.run("deploy").status in (0, 5)
    assert bot.run("up").status == 0
    with Emulator(bot.folder / ".faasctl/emulator", environ=bot.environ) as emulator:
        (function,) = bot._ask(emulator.endpoint, "GET", "/api/account/demo/functions?userId=1")
        path = f"/api/account/demo/lambdas/{function['uuid']}/invoke"
        for number in range(120):
            bot._ask(emulator.endpoint, "POST", path, {"headers": [], "payload": {"n": number}})
    result = bot.json("logs").json["result"]
    assert [entry["message"] for entry in result["entries"]] == [f"{n}.{i}" for n in range(120) for i in range(10)]
    assert result["complete"] is True


def test_a_secret_that_the_function_logs_is_not_shown(project: Project) -> None:
    project.define(function={"environment": {"ORDER_API_KEY": "${secret:order-api-key}"}})
    project.write(CODE)
    project.environ["FAASCTL_SECRET_ORDER_API_KEY"] = "the-secret-value"
    assert project.run("up").status == 0
    say(project, "key")
    for form in ("text", "json", "ndjson"):
        ended = project.run("logs", "--output", form)
        assert "the-secret-value" not in ended.stdout + ended.stderr
        assert "***" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["logs", "--since", "31d"], "longer than 30 days"),
        (["logs", "--since", "soon"], "is not a duration"),
        (["logs", "--since", "0s"], "longer than 0 s"),
        (["logs", "--level", "debug"], "debug"),
        (["logs", "--follow", "--output", "json"], "ndjson"),
        (["logs", "--function", "nobody"], "the definition has no function nobody"),
        (["metrics", "--last", "14m"], "at least 15m"),
        (["metrics", "--last", "31d"], "longer than 30 days"),
        (["metrics", "--last", "30d", "--bucket", "5m"], "--bucket is too short"),
        (["metrics", "--bucket", "2h"], "2h"),
    ],
)
def test_a_wrong_command_line_is_told(project: Project, arguments: list[str], told: str) -> None:
    ended = project.run(*arguments)
    assert ended.status == 2
    assert told in ended.stdout + ended.stderr


@pytest.mark.parametrize("verb", ["logs", "metrics"])
def test_a_function_that_is_not_there_is_told(project: Project, verb: str) -> None:
    ended = project.json(verb, status=6)
    assert ended.json["error"]["kind"] == "not-found"
    assert "faasctl up" in ended.json["error"]["hint"]


def test_hooks_are_chosen_by_role_or_name(project: Project) -> None:
    project.define(hooks={"pre": {"name": "OrderBotPre", "code": "functions/OrderBotPre/index.js"}})
    project.write("async function lambda(input) { return input.payload; }", "functions/OrderBotPre/index.js")
    assert project.run("up").status == 0
    for given, role, name in (
        ("pre", "pre", "OrderBotPre"),
        ("OrderBotPre", "pre", "OrderBotPre"),
        ("bot", "function", "OrderBot"),
    ):
        for verb in ("logs", "metrics"):
            function = project.json(verb, "--function", given).json["result"]["function"]
            assert (function["role"], function["name"]) == (role, name)


def test_metrics_count_invocations_by_outcome(bot: Project) -> None:
    before = bot.json("metrics", "--last", "1h").json["result"]["total"]
    say(bot, "one", "two", "fail")
    result = bot.json("metrics", "--last", "1h").json["result"]
    gained = {state: count - before[state] for state, count in result["total"].items()}
    assert gained == {"unknown": 0, "succeeded": 2, "coding_failure": 1, "platform_failure": 0, "timeout": 0}
    assert result["bucket_seconds"] == 300
    assert sum(bucket["succeeded"] for bucket in result["buckets"]) == result["total"]["succeeded"]
    shown = bot.run("metrics")
    head = "from (UTC)        succeeded  function failed  timed out  platform failed  unknown"
    assert shown.stdout.splitlines()[0] == head
    assert shown.stdout.splitlines()[-1].startswith("total")


@pytest.mark.parametrize(("bucket", "buckets"), [("5m", 288), ("1h", 24), ("1d", 1)])
def test_a_bucket_can_be_chosen(bot: Project, bucket: str, buckets: int) -> None:
    result = bot.json("metrics", "--last", "24h", "--bucket", bucket).json["result"]
    assert len(result["buckets"]) in (buckets, buckets + 1)


def test_a_function_that_was_not_invoked_has_no_table(project: Project) -> None:
    project.write(CODE)
    assert project.run("create").status == 0
    assert "OrderBot was not invoked since" in project.run("metrics").stdout


def test_follow_shows_new_entries_until_ctrl_c(bot: Project) -> None:
    assert bot.run("emulator", "start").status == 0
    try:
        _say_to_running(bot, "before")
        following = bot.start("logs", "--follow", "--output", "ndjson")
        assert following.stdout is not None
        assert json.loads(following.stdout.readline())["extras"] == [{"message": "before"}]
        _say_to_running(bot, "after")
        assert json.loads(following.stdout.readline())["extras"] == [{"message": "after"}]
        following.send_signal(signal.SIGINT)
        ended = bot.ended(following)
    finally:
        assert bot.run("emulator", "stop").status == 0
    assert (ended.status, ended.stdout) == (130, "")


def test_follow_ends_when_nobody_reads_any_more(bot: Project) -> None:
    say(bot, "one", "two", "three")
    following = bot.start("logs", "--follow", stderr=subprocess.DEVNULL)
    assert following.stdout is not None
    assert "one" in following.stdout.readline()
    following.stdout.close()
    end = time.monotonic() + 60
    try:
        while following.poll() is None:
            say(bot, "more")
            assert time.monotonic() < end
            time.sleep(0.2)
    finally:
        following.kill()
    assert following.wait() == 0


def _say_to_running(project: Project, message: str) -> None:
    (function,) = project.ask_emulator("GET", "/api/account/demo/functions?userId=1")
    body: dict[str, Any] = {"headers": [], "payload": {"message": message}}
    project.ask_emulator("POST", f"/api/account/demo/lambdas/{function['uuid']}/invoke", body)
