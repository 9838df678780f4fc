"""What is assumed of how functions run: modules, console, endings, instances, connections."""

from __future__ import annotations

from faasctl.facts.assumption import Assumption

RUNTIME: tuple[Assumption, ...] = (
    Assumption(
        unknown="code with V1's interface in a V2 account",
        assumed="it is taken and answers through its callback",
        used_in="emulator",
        source="ours, after functions-api §10",
    ),
    Assumption(
        unknown="result of a function that returns undefined",
        assumed="JSON null",
        used_in="emulator",
        source="functions-api §18, 15",
    ),
    Assumption(
        unknown="what happens at the log limit",
        assumed="the first ten entries stay, one warning follows; the invocation goes on",
        used_in="emulator",
        source="functions-api §18, 16",
    ),
    Assumption(
        unknown="how a console call whose first argument is no string is written",
        assumed="objects as JSON, errors with stack and causes, all else as Node shows it; no %s is filled in",
        used_in="emulator",
        source="ours",
    ),
    Assumption(
        unknown="what becomes of log entries that a module writes while it is loaded",
        assumed="a failed deployment shows them; otherwise they are dropped",
        used_in="emulator",
        source="ours",
    ),
    Assumption(
        unknown="what V1 counts as an outgoing request, and over which second",
        assumed="each HTTP request, on a kept connection too, in any span of a second; each instance counts its "
        "own; the answer 429 has no Retry-After",
        used_in="emulator",
        source="ours, after functions-api §10",
    ),
    Assumption(
        unknown="what V2 does with connections past 700 a second or 5,000 a minute, and with what is not HTTP",
        assumed="such a connection fails with a code of ours, as datagrams and Unix sockets do; other protocols "
        "over TCP are let through",
        used_in="emulator",
        source="ours, after functions-api §10",
    ),
    Assumption(
        unknown="the exact versions of es-toolkit, jsonwebtoken, luxon and oauth-1.0a on V2",
        assumed="the oldest that fit the ranges which the official command line names",
        used_in="emulator",
        source="ours, after functions-api §10",
    ),
    Assumption(
        unknown="whether packages that come with the listed ones can be imported too",
        assumed="no: the listed names alone",
        used_in="emulator, validate",
        source="ours, after functions-api §10",
    ),
    Assumption(
        unknown="what the platform answers when a function's process dies: exit, crash, kill, memory used up",
        assumed="901 and the code of a JavaScript error; the next invocation gets a new process",
        used_in="emulator",
        source="ours, after functions-api §7.4",
    ),
    Assumption(
        unknown="what becomes of a thrown value that is no Error, and of an Error with a name of its own",
        assumed="the code of a throw; TypeError, ReferenceError and SyntaxError alone count as JavaScript errors",
        used_in="emulator",
        source="ours, after functions-api §7.4 and §12.2",
    ),
    Assumption(
        unknown="when V1 tells what the callback was called with",
        assumed="once the function lets go; a second call before that is logged as a warning, later ones are "
        "dropped",
        used_in="emulator",
        source="ours, after functions-api §10",
    ),
    Assumption(
        unknown="console.log on V1",
        assumed="not there: a call is a TypeError, as the pages name debug, info, warn and error alone; a V1 "
        "function that a V2 account runs has V2's console",
        used_in="emulator, validate",
        source="ours, after functions-api §10",
    ),
    Assumption(
        unknown="what an error that an earlier invocation left behind (a timer) does",
        assumed="it fails the invocation that runs when it strikes, and nothing where none runs",
        used_in="emulator",
        source="ours, after functions-api §10",
    ),
    Assumption(
        unknown="whether a function may write files",
        assumed="in its working folder alone, which is its own and goes with its process",
        used_in="emulator",
        source="ours",
    ),
    Assumption(
        unknown="whether V2 refuses eval when code is saved, as V1's pages say of V1",
        assumed="it does",
        used_in="emulator, validate",
        source="ours, after functions-api §10",
    ),
    Assumption(
        unknown="whether a V2 account takes new code that is written for V1",
        assumed="the emulator takes it, as it does imported code; validate calls it a mistake",
        used_in="validate",
        source="ours, after functions-api §7.4 and §10",
    ),
    Assumption(
        unknown="how many instances a V2 function may have, and what a request finds that comes when all are busy",
        assumed="eight, each with one request at a time; it waits for five seconds, then 429, with the gateway's "
        "general code. `faasctl emulator start --instances` takes another number",
        used_in="emulator",
        source="ours, after functions-api §7.4 and §10",
    ),
    Assumption(
        unknown="how many requests an instance of a V1 function takes at once, and how many instances there are",
        assumed="one instance, any number of requests; one that runs over or ends the process ends the others too",
        used_in="emulator",
        source="ours, after functions-api §10",
    ),
)
