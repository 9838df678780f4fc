"""Every way in which a function can end, and what becomes of it.

Tests run them, docs/runtime-endings.md shows them. A body stands in `async function lambda(input)` (V2) or
`function lambda(input, callback)` (V1); `require` is there in both.
"""

from __future__ import annotations

from dataclasses import dataclass

from faasctl.facts.function_errors import (
    EXECUTION_EXCEEDED,
    RUNTIME_ERROR,
    THREW_ERROR,
    FunctionErrorCode,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """`v2` and `v1` are bodies, None where the interface has no such ending.

    `error` is None for a success, whose `reads` is JSON; a failure's `reads` is how its message starts, with
    `{seconds}` for the run time that an invocation has.
    """

    what: str
    v2: str | None = None
    v1: str | None = None
    error: FunctionErrorCode | None = None
    reads: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unloadable:
    """Code whose deployment fails; `reads` is how the reason starts, on V2 and on V1."""

    what: str
    v2: str | None = None
    v1: str | None = None
    reads: tuple[str, str]


def _both(body: str) -> dict[str, str]:
    return {"v2": body, "v1": body}


_OVERRUN = "the function did not end within {seconds} s"
_MEMORY = "the function ran out of memory (256 MiB)"
_WAIT = "await new Promise(() => {});"

ENDINGS: tuple[Ending, ...] = (
    Ending(what="a result", v2="return {a: [1, 'ü']}", v1="callback(null, {a: [1, 'ü']})", reads='{"a":[1,"ü"]}'),
    Ending(what="`undefined`", v2="return undefined", v1="callback()", reads="null"),
    Ending(what="a function as result", v2="return () => 1", v1="callback(null, () => 1)", reads="null"),
    Ending(
        what="a circular result",
        v2="const a = {}; a.a = a; return a",
        v1="const a = {}; a.a = a; callback(null, a)",
        error=RUNTIME_ERROR,
        reads="Converting circular structure to JSON",
    ),
    Ending(
        what="a BigInt as result",
        v2="return 1n",
        v1="callback(null, 1n)",
        error=RUNTIME_ERROR,
        reads="Do not know how to serialize a BigInt",
    ),
    Ending(
        what="a result past 6 MiB",
        v2="return 'x'.repeat(7 * 1024 * 1024)",
        v1="callback(null, 'x'.repeat(7 * 1024 * 1024))",
        error=RUNTIME_ERROR,
        reads="the result has 7340034 characters; at most 6291456 can be returned",
    ),
    Ending(
        what="a result whose toJSON throws",
        v2="return {toJSON() { throw new Error('mine') }}",
        v1="callback(null, {toJSON() { throw new Error('mine') }})",
        error=THREW_ERROR,
        reads="mine",
    ),
    Ending(
        what="a result whose toJSON never ends",
        v2="return {toJSON() { for (;;); }}",
        v1="callback(null, {toJSON() { for (;;); }})",
        error=EXECUTION_EXCEEDED,
        reads=_OVERRUN,
    ),
    Ending(
        what="a Proxy that throws, as result",
        v2="return new Proxy({}, {get() { throw new Error('trap') }})",
        v1="callback(null, new Proxy({}, {get() { throw new Error('trap') }}))",
        error=THREW_ERROR,
        reads="trap",
    ),
    Ending(what="`throw` of an Error", **_both("throw new Error('boom')"), error=THREW_ERROR, reads="boom"),
    Ending(
        what="`throw` of a TypeError, ReferenceError or SyntaxError",
        **_both("missing.field"),
        error=RUNTIME_ERROR,
        reads="missing is not defined",
    ),
    Ending(what="`throw` of a string", **_both("throw 'words'"), error=THREW_ERROR, reads="words"),
    Ending(what="`throw undefined`", **_both("throw undefined"), error=THREW_ERROR, reads="undefined"),
    Ending(what="`throw null`", **_both("throw null"), error=THREW_ERROR, reads="null"),
    Ending(what="`throw` of an object", **_both("throw {code: 1}"), error=THREW_ERROR, reads='{"code":1}'),
    Ending(
        what="`throw` of an Error whose message cannot be read",
        **_both(
            "const e = new Error('x'); Object.defineProperty(e, 'message', {get() { throw 1 }});"
            " Object.defineProperty(e, 'stack', {get() { throw 1 }}); throw e"
        ),
        error=THREW_ERROR,
        reads="",
    ),
    Ending(
        what="`throw` of a hostile Proxy",
        **_both("throw new Proxy({}, {get() { throw 1 }, getPrototypeOf() { throw 1 }, ownKeys() { throw 1 }})"),
        error=THREW_ERROR,
        reads="",
    ),
    Ending(
        what="a rejected promise, returned",
        v2="return Promise.reject(new Error('later'))",
        v1="return Promise.reject(new Error('later'))",
        error=THREW_ERROR,
        reads="later",
    ),
    Ending(
        what="a rejection that nobody handles",
        v2=f"Promise.reject(new Error('left alone')); {_WAIT}",
        v1="Promise.reject(new Error('left alone'))",
        error=THREW_ERROR,
        reads="left alone",
    ),
    Ending(
        what="`throw` in a timer",
        v2=f"setTimeout(() => {{ throw new Error('timer') }}, 1); {_WAIT}",
        v1="setTimeout(() => { throw new Error('timer') }, 1)",
        error=THREW_ERROR,
        reads="timer",
    ),
    Ending(what="`callback` with an Error", v1="callback(new Error('boom'))", error=THREW_ERROR, reads="boom"),
    Ending(
        what="`callback` with an error that is none, which is logged",
        v1="callback('words')",
        error=THREW_ERROR,
        reads="words",
    ),
    Ending(what="`callback` never called", v1="", error=EXECUTION_EXCEEDED, reads=_OVERRUN),
    Ending(
        what="a promise without `callback`: it is not looked at",
        v1="return Promise.resolve(1)",
        error=EXECUTION_EXCEEDED,
        reads=_OVERRUN,
    ),
    Ending(
        what="`callback` twice: the first counts, the second is logged",
        v1="callback(null, 1); callback(null, 2); callback('no')",
        reads="1",
    ),
    Ending(
        what="`callback` and a promise: the callback counts",
        v1="callback(null, 1); return Promise.resolve(2)",
        reads="1",
    ),
    Ending(
        what="`callback`, then a `throw`: the callback counts",
        v1="callback(null, 1); throw new Error('after')",
        reads="1",
    ),
    Ending(
        what="a promise that never settles",
        v2=_WAIT,
        v1="return new Promise(() => {})",
        error=EXECUTION_EXCEEDED,
        reads=_OVERRUN,
    ),
    Ending(what="an endless loop", **_both("for (;;);"), error=EXECUTION_EXCEEDED, reads=_OVERRUN),
    Ending(
        what="`callback`, then an endless loop",
        v1="callback(null, 1); for (;;);",
        error=EXECUTION_EXCEEDED,
        reads=_OVERRUN,
    ),
    Ending(
        what="an endless loop of promises",
        v2="for (;;) await null",
        v1="(async () => { for (;;) await null })()",
        error=EXECUTION_EXCEEDED,
        reads=_OVERRUN,
    ),
    Ending(
        what="an endless loop of `process.nextTick`",
        v2=f"(function again() {{ process.nextTick(again) }})(); {_WAIT}",
        v1="(function again() { process.nextTick(again) })()",
        error=EXECUTION_EXCEEDED,
        reads=_OVERRUN,
    ),
    Ending(
        what="a regular expression that does not end",
        **_both("/^(a+)+$/.test('a'.repeat(60) + '!')"),
        error=EXECUTION_EXCEEDED,
        reads=_OVERRUN,
    ),
    Ending(
        what="a native call that blocks",
        **_both("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)"),
        error=EXECUTION_EXCEEDED,
        reads=_OVERRUN,
    ),
    Ending(
        what="heap exhausted",
        **_both("const all = []; for (;;) all.push(new Array(1e5).fill(all))"),
        error=RUNTIME_ERROR,
        reads=_MEMORY,
    ),
    Ending(
        what="memory outside the heap exhausted (Linux)",
        **_both("const all = []; for (;;) all.push(Buffer.alloc(8 * 1024 * 1024, 1))"),
        error=RUNTIME_ERROR,
        reads=_MEMORY,
    ),
    Ending(
        what="stack overflow",
        **_both("(function deeper() { deeper() })()"),
        error=THREW_ERROR,
        reads="Maximum call stack size exceeded",
    ),
    Ending(
        what="`process.exit()`",
        **_both("process.exit(0)"),
        error=RUNTIME_ERROR,
        reads="the function called process.exit()",
    ),
    Ending(
        what="`process.reallyExit()`",
        **_both("process.reallyExit(1)"),
        error=RUNTIME_ERROR,
        reads="the function called process.reallyExit()",
    ),
    Ending(
        what="`process.abort()`",
        **_both("process.abort()"),
        error=RUNTIME_ERROR,
        reads="the function called process.abort()",
    ),
    Ending(
        what="`process.kill()` of itself",
        v2=f"process.kill(process.pid, 'SIGKILL'); {_WAIT}",
        v1="process.kill(process.pid, 'SIGKILL')",
        error=RUNTIME_ERROR,
        reads="the function's process was ended by SIGKILL",
    ),
    Ending(
        what="`process.kill()` of its process group",
        v2=f"process.kill(-process.pid, 'SIGKILL'); {_WAIT}",
        v1="process.kill(0, 'SIGKILL')",
        error=RUNTIME_ERROR,
        reads="the function's process was ended by SIGKILL",
    ),
    Ending(
        what="`process.kill()` of another process",
        **_both("process.kill(process.ppid, 0)"),
        error=THREW_ERROR,
        reads="process.kill is not available to a function",
    ),
    Ending(
        what="a child process",
        **_both("require('child_process').execSync('sleep 30')"),
        error=THREW_ERROR,
        reads="Access to this API has been restricted",
    ),
    Ending(
        what="a worker thread",
        **_both("new (require('worker_threads').Worker)('1', {eval: true})"),
        error=THREW_ERROR,
        reads="Access to this API has been restricted",
    ),
    Ending(
        what="a file outside the copy",
        **_both("require('fs').readFileSync('/etc/hostname')"),
        error=THREW_ERROR,
        reads="Access to this API has been restricted",
    ),
    Ending(
        what="a console method that the platform does not have",
        **_both("console.table([])"),
        error=RUNTIME_ERROR,
        reads="console.table is not a function",
    ),
    Ending(
        what="`console.log`",
        v2="console.log('x'); return 1",
        reads="1",
    ),
    Ending(
        what="`console.log` in a V1 account",
        v1="console.log('x')",
        error=RUNTIME_ERROR,
        reads="console.log is not a function",
    ),
    Ending(
        what="`JSON`, `Promise` and prototypes patched",
        v2="PATCH return ['kept']",
        v1="PATCH callback(null, ['kept'])",
        reads='["kept"]',
    ),
    Ending(
        what="all listeners of the process removed",
        v2="process.removeAllListeners(); process.exitCode = 7; process.emit = () => true; return 1",
        v1="process.removeAllListeners(); process.exitCode = 7; process.emit = () => true; callback(null, 1)",
        reads="1",
    ),
    Ending(
        what="rubbish on stdout and file descriptor 1",
        v2="RUBBISH return 1",
        v1="RUBBISH callback(null, 1)",
        reads="1",
    ),
    Ending(
        what="50 MB of output",
        v2="for (let i = 0; i < 50; i += 1) process.stdout.write('z'.repeat(1e6)); return 1",
        v1="for (let i = 0; i < 50; i += 1) process.stderr.write('z'.repeat(1e6)); callback(null, 1)",
        reads="1",
    ),
    Ending(
        what="stdin, stdout and stderr read, destroyed, closed",
        v2="STANDARD return 1",
        v1="STANDARD callback(null, 1)",
        reads="1",
    ),
    Ending(
        what="every open file descriptor closed behind Node's back",
        v2=f"DESCRIPTORS {_WAIT}",
        v1="DESCRIPTORS",
        error=RUNTIME_ERROR,
        reads="the function's process",
    ),
)

UNLOADABLE: tuple[Unloadable, ...] = (
    Unloadable(
        what="a syntax error",
        v2="const a = 1;\nconst b = ;\nasync function lambda() {}",
        v1="const a = 1;\nconst b = ;\nfunction lambda(input, callback) {}",
        reads=("Unexpected token ';' (OrderBot/index.js:2)", "Unexpected token ';' (OrderBot/index.js:2)"),
    ),
    Unloadable(
        what="no `lambda`",
        v2="async function lamda() {}",
        v1="function lamda(input, callback) {}",
        reads=(
            "the code has no top-level function named lambda",
            "lambda is not a top-level function of the code",
        ),
    ),
    Unloadable(
        what="a module that is missing",
        v2="import 'no-such-module';\nasync function lambda() {}",
        v1="require('no-such-module');\nfunction lambda(input, callback) {}",
        reads=(
            "the module 'no-such-module' is not available on the platform: V2 functions may import ",
            "the module 'no-such-module' is not available on the platform: V1 functions may import ",
        ),
    ),
    Unloadable(
        what="`throw` at the top level",
        v2="throw new Error('at load');\nfunction lambda() {}",
        v1="throw new Error('at load');\nfunction lambda(input, callback) {}",
        reads=("at load", "at load"),
    ),
    Unloadable(
        what="`process.exit()` at the top level",
        v2="process.exit();\nfunction lambda() {}",
        v1="process.exit();\nfunction lambda(input, callback) {}",
        reads=("the function called process.exit()", "the function called process.exit()"),
    ),
)
