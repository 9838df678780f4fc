"""Inspects function code without running it, in one kept Node process."""

from __future__ import annotations

import json
import os
import select
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from faasctl.deadline import Deadline
from faasctl.errors import DeadlinePassed, FaasctlError
from faasctl.facts import console, limits, modules
from faasctl.javascript.node import explain_failed_start, find_node, refuse_old_node, start_environment
from faasctl.javascript.report import CodeProblem, CodeReport, Interface, Module, ReplyLiteral

__all__ = ["CodeProblem", "CodeReport", "Inspector", "Interface", "Module", "ReplyLiteral"]

_SCRIPT = Path(__file__).with_name("inspector.cjs")
_FLAGS = ("--expose-internals", "--experimental-vm-modules", "--no-warnings")
_ANSWER_SECONDS = 10.0
_CONSOLE = {"v1": sorted(console.V1_METHODS), "v2": sorted(console.LEVELS)}


class Inspector:
    """Answers from any thread, one inspection at a time. Errors: PrerequisiteMissing, where Node is missing or too
    old, and DeadlinePassed, where it does not answer within ten seconds; the next inspection starts a new Node.

    With `idle_seconds`, Node ends once it had nothing to do for so long: a program that lives on needs its memory.
    """

    def __init__(self, *, environ: Mapping[str, str] = os.environ, idle_seconds: float | None = None) -> None:
        self._environ = environ
        self._idle_seconds = idle_seconds
        self._idle: threading.Timer | None = None
        self._lock = threading.Lock()
        self._node = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._unread = b""

    def __enter__(self) -> Inspector:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Spawns Node and does not wait for it, so that its start overlaps with other work; idempotent."""
        with self._lock:
            self._started()

    def inspect(
        self, code: str, *, interface: Interface | None = None, console_of: Interface | None = None
    ) -> CodeReport:
        """What the platform looks at when code is saved (functions-api §10): that it parses, its length, lambda,
        no eval, and with interface v1 the callback. Where `interface` is not given, it is told from the code.

        `console_of` finds methods of console as well on which the function would crash in an account of that
        generation.
        """
        refused = _refused_unread(code)
        if refused is not None:
            return CodeReport(problems=(refused,), interface=interface or "v2", module="esm")
        console = None if console_of is None else _CONSOLE[console_of]
        answer = self._answer({"code": code, "interface": interface, "console": console})
        return _report(answer, _problems(answer))

    def review(
        self,
        code: str,
        *,
        interface: Interface | None = None,
        platform: Interface | None = None,
        allowed_domains: Sequence[str] = (),
        all_domains_known: bool = False,
    ) -> CodeReport:
        """All that can be told of `code` before it runs, mistakes and advice, and the replies that stand in it.

        `platform` is the generation of the account that it is for, None where that is not known: then
        `interface`, and else the code, says what it is meant for. `allowed_domains` are on V1's allow-list
        besides LivePerson's own; `all_domains_known` says that no others are.
        """
        refused = _refused_unread(code)
        if refused is not None:
            return CodeReport(problems=(refused,), interface=interface or "v2", module="esm")
        request = {"code": code, "interface": interface, "platform": platform, "review": True}
        console_of = _CONSOLE[platform or "v2"]
        answer = self._answer({**request, "console": console_of, "instead": modules.REPLACEMENTS["v2"]})
        found = _problems(answer)
        if "modules" in answer:  # code that does not parse names nothing
            asked = platform or interface or answer["interface"]
            found += _uses(answer, asked)
            if asked == "v1":
                from faasctl.javascript.uses import host_problems

                found += host_problems(answer["hosts"], allowed=allowed_domains, certain=all_domains_known)
            found.sort(key=lambda problem: (problem.line, problem.column))
        return _report(answer, found)

    def _answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        with self._lock:
            try:
                answer = self._ask(json.dumps(request).encode() + b"\n", Deadline(_ANSWER_SECONDS))
                refuse_old_node(self._node, answer["node"])
            except BaseException:  # whatever stays of the answer must not meet the next question
                self._end()
                raise
            self._end_when_idle()
        return answer

    def close(self) -> None:
        """Ends Node; a later inspection starts it again."""
        with self._lock:
            self._end()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._node = find_node(self._environ)
            try:
                self._process = subprocess.Popen(
                    [self._node, *_FLAGS, str(_SCRIPT)],
                    env=start_environment(self._environ),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    bufsize=0,
                    start_new_session=True,  # Ctrl-C is ours to handle
                )
            except OSError as error:
                raise explain_failed_start(self._node) or FaasctlError(f"Node does not start: {error}") from error
            self._unread = b""
        return self._process

    def _ask(self, request: bytes, deadline: Deadline) -> dict[str, Any]:
        process = self._started()
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        question, answers = process.stdin.fileno(), process.stdout.fileno()
        os.set_blocking(question, False)
        while b"\n" not in self._unread:
            readable, writable, _ = select.select(
                [answers], [question] if request else [], [], deadline.remaining()
            )
            if not readable and not writable:
                raise DeadlinePassed(f"Node at {self._node} did not answer within {_ANSWER_SECONDS:.0f} s")
            if writable:
                try:
                    request = request[os.write(question, request) :]
                except BrokenPipeError:
                    raise self._died() from None
            if readable:
                piece = os.read(answers, 1 << 20)
                if not piece:
                    raise self._died()
                self._unread += piece
        line, _, self._unread = self._unread.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _died(self) -> FaasctlError:
        return explain_failed_start(self._node) or FaasctlError(
            f"Node at {self._node} ended while it read the function's code",
            hint="Run the command again; if it stays, report the code that causes it.",
        )

    def _end_when_idle(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        if self._idle_seconds is not None:
            self._idle = threading.Timer(self._idle_seconds, self.close)
            self._idle.daemon = True
            self._idle.start()

    def _end(self) -> None:
        idle, self._idle = self._idle, None
        if idle is not None:
            idle.cancel()
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _report(answer: Mapping[str, Any], problems: Sequence[CodeProblem]) -> CodeReport:
    return CodeReport(
        problems=tuple(problems),
        interface=answer["interface"],
        module=answer["module"],
        replies=tuple(ReplyLiteral(**reply) for reply in answer.get("replies", ())),
    )


def _problems(answer: Mapping[str, Any]) -> list[CodeProblem]:
    return [CodeProblem(**problem) for problem in answer["problems"]]


def _uses(answer: Mapping[str, Any], platform: Interface) -> list[CodeProblem]:
    from faasctl.javascript.uses import module_problems, variable_problems

    return [
        *module_problems(answer["modules"], platform=platform),
        *variable_problems(answer["variables"], platform=platform),
    ]


def _refused_unread(code: str) -> CodeProblem | None:
    """A problem that needs no reading."""
    if not code.strip().strip("\ufeff"):
        return CodeProblem(
            rule="code-empty",
            line=1,
            column=1,
            message="the code is empty",
            suggestion="write async function lambda(input) { … }",
        )
    limit = limits.CODE_CHARACTERS.value
    if len(code) > limit:
        return CodeProblem(
            rule="code-too-long",
            line=1,
            column=1,
            message=f"the code has {len(code):,} characters; the platform takes {limit:,}",
            suggestion="minify it, or leave out what is not used",
        )
    return None
