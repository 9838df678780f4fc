"""`faasctl invoke` again at every change, with a cold start, and under a debugger."""

from __future__ import annotations

import queue
import re
import signal
import socket
import threading
import time
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from faasctl.exit_codes import ExitCode
from tests.emulator.runtime.debugger_client import DebuggerClient

if TYPE_CHECKING:
    from tests.acceptance.conftest import Project

SECONDS = 60
INSPECT = ("--inspect", "--inspect-port", "0")
ANSWER = "async function lambda() { return '%s'; }\n"


class Lines:
    """What a program writes, line by line, while it runs."""

    def __init__(self, stream: IO[str] | None) -> None:
        assert stream is not None
        self._stream = stream
        self._lines: queue.Queue[str] = queue.Queue()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        for line in self._stream:
            self._lines.put(line)

    def close(self) -> None:
        """Call it when the program has ended."""
        self._thread.join()
        self._stream.close()

    def wait_for(self, words: str) -> str:
        """The next line that holds `words`."""
        seen: list[str] = []
        while True:
            try:
                line = self._lines.get(timeout=SECONDS)
            except queue.Empty:
                raise AssertionError(f"{words!r} did not come; there was {seen}") from None
            seen.append(line)
            if words in line:
                return line


class Running:
    """The program while it runs; it has ended when the block has."""

    def __init__(self, project: Project, *arguments: str) -> None:
        self.process = project.start(*arguments)
        self.out, self.told = Lines(self.process.stdout), Lines(self.process.stderr)

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(SECONDS)
        self.out.close()
        self.told.close()

    def interrupt(self) -> int:
        """Ctrl-C; the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(SECONDS)


def test_watch_pushes_deploys_and_invokes_after_every_change(project: Project) -> None:
    project.write(ANSWER % "first")
    with Running(project, "invoke", "-m", "hi", "--watch") as running:
        out, told = running.out, running.told
        assert out.wait_for('"') == '"first"\n'
        told.wait_for("watching for changes")
        project.write(ANSWER % "second")
        told.wait_for("changed: index.js")
        assert out.wait_for('"') == '"second"\n'
        told.wait_for("watching for changes")
        project.write("async function lambda( {\n")
        told.wait_for("error: 1 mistake found")
        told.wait_for("watching for changes")
        project.write("async function lambda() { return process.env.GREETING; }\n")
        assert out.wait_for('"') == '"Hello"\n'
        told.wait_for("watching for changes")
        project.define(function={"environment": {"GREETING": "Good morning"}})
        told.wait_for("changed: bot.yaml")
        assert out.wait_for('"') == '"Good morning"\n'
        told.wait_for("watching for changes")
        assert running.interrupt() == 130


def test_watch_begins_with_code_that_is_broken(project: Project) -> None:
    project.write("async function lambda( {\n")
    with Running(project, "invoke", "-m", "hi", "--watch") as running:
        running.told.wait_for("error: 1 mistake found")
        running.told.wait_for("watching for changes")
        project.write(ANSWER % "mended")
        assert running.out.wait_for('"') == '"mended"\n'
        running.told.wait_for("watching for changes")
        assert running.interrupt() == 130


def test_watch_goes_on_after_a_function_that_fails(project: Project) -> None:
    project.write("async function lambda() { throw new Error('not yet'); }\n")
    with Running(project, "invoke", "--welcome", "--watch", "--output", "json") as running:
        running.out.wait_for('"exit_code": 5')
        running.told.wait_for("watching for changes")
        project.write(ANSWER % "now")
        running.out.wait_for('"result": "now"')


def test_watch_bears_that_a_file_is_gone_for_a_moment(project: Project) -> None:
    project.write("async function lambda(input) { return input.payload.message; }\n")
    payload = project.write('\ufeff{"message": "before"}', "payload.json")
    with Running(project, "invoke", "payload.json", "--watch") as running:
        assert running.out.wait_for('"') == '"before"\n'
        running.told.wait_for("watching for changes")
        payload.unlink()
        running.told.wait_for("cannot read the payload")
        running.told.wait_for("watching for changes")
        project.write('{"message": "after"}', "payload.json")
        assert running.out.wait_for('"') == '"after"\n'
        running.told.wait_for("watching for changes")
        assert running.interrupt() == 130


def test_watch_ends_where_the_payload_never_was(project: Project) -> None:
    assert project.run("invoke", "nowhere.json", "--watch").status == ExitCode.USAGE


def test_the_hint_after_a_throw_leads_on_and_not_back(project: Project) -> None:
    project.write("async function lambda() { throw new Error('no'); }\n")
    assert project.run("up").status != 0
    ended = project.run("invoke", "--message", "hi")
    assert ended.status == ExitCode.FAILED
    assert "--inspect" in ended.stderr
    assert "run `faasctl invoke`" not in ended.stderr


@pytest.mark.parametrize("option", ["--watch", "--inspect", "--cold-start=1s"])
def test_the_modes_need_the_local_platform(project: Project, option: str) -> None:
    ended = project.json("invoke", "-m", "hi", option, "--target", "cloud", status=2)
    assert "local platform alone" in ended.json["error"]["message"]


@pytest.mark.parametrize("way", ["option", "variable", "definition"])
def test_a_cold_start_shows_in_the_functions_time(project: Project, way: str) -> None:
    if way == "definition":
        project.define(emulator={"cold_start": "1500ms"})
    assert project.run("up").status == 0
    environ = {"FAASCTL_COLD_START": "1.5s"} if way == "variable" else {}
    options = ["--cold-start", "1.5s"] if way == "option" else []
    ended = project.json("invoke", "-m", "hi", *options, environ=environ)
    assert ended.json["result"]["function_ms"] >= 1500


def test_a_cold_start_that_is_no_duration_is_refused(project: Project) -> None:
    ended = project.json("up", environ={"FAASCTL_COLD_START": "soon"}, status=2)
    assert "FAASCTL_COLD_START" in ended.json["error"]["message"]


def test_inspect_stops_in_the_users_own_file(project: Project) -> None:
    file = project.write(
        "async function lambda(input) {\n  const text = input.payload.message;\n  return text;\n}\n"
    )
    assert project.run("up").status == 0
    with Running(project, "invoke", "-m", "hi", *INSPECT) as running:
        with DebuggerClient(_address(running)) as debugger:
            debugger.call("Debugger.enable")
            debugger.call("Debugger.setBreakpointByUrl", url=file.resolve().as_uri(), lineNumber=2)
            debugger.call("Runtime.runIfWaitingForDebugger")
            assert debugger.wait("Debugger.paused")["callFrames"][0]["location"]["lineNumber"] == 0
            debugger.call("Debugger.resume")
            frame = debugger.wait("Debugger.paused")["callFrames"][0]
            assert frame["location"]["lineNumber"] == 2
            assert debugger.value_of("text.text ?? text", frame["callFrameId"]) == "hi"
            debugger.resume_to_the_end()
            running.out.wait_for('"hi"')
        assert running.process.wait(SECONDS) == 0


def test_inspect_says_when_the_file_is_not_what_is_deployed(project: Project) -> None:
    assert project.run("up").status == 0
    project.write(ANSWER % "other")
    with Running(project, "invoke", "-m", "hi", *INSPECT) as running:
        running.told.wait_for("has changed since it was deployed")
        running.told.wait_for("waits for a debugger")
        assert running.interrupt() == 130


def test_watch_and_inspect_open_the_same_port_again(project: Project) -> None:
    project.write(ANSWER % "first")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
    with Running(project, "invoke", "-m", "hi", "--watch", "--inspect", "--inspect-port", port) as running:
        for answer in ("first", "second"):
            with DebuggerClient(_address(running)) as debugger:
                debugger.call("Runtime.runIfWaitingForDebugger")
                assert running.out.wait_for('"') == f'"{answer}"\n'
            running.told.wait_for("watching for changes")
            project.write(ANSWER % "second")


def test_a_port_that_is_taken_is_refused_before_anything_starts(project: Project) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = project.json("invoke", "-m", "hi", "--inspect", "--inspect-port", port, status=2)
    assert port in ended.json["error"]["message"]


def test_nothing_of_a_debugged_function_outlives_the_program(project: Project) -> None:
    assert project.run("up").status == 0
    with Running(project, "invoke", "-m", "hi", *INSPECT) as running:
        port = urlsplit(_address(running)).port
        assert port is not None
    for _ in range(SECONDS * 10):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return
        time.sleep(0.1)
    raise AssertionError("the debugged process still listens")


def _address(running: Running) -> str:
    address = re.search(r"ws://\S+", running.told.wait_for("waits for a debugger"))
    assert address is not None
    return address[0]
