"""What nobody outside LivePerson knows, and what faasctl assumes instead.

docs/emulator.md shows this table. Change an assumption here and where `used_in` says, nowhere else.
"""

from __future__ import annotations

from faasctl.facts.assumption import Assumption
from faasctl.facts.assumptions_of_connector import CONNECTOR
from faasctl.facts.assumptions_of_conversations import CONVERSATIONS
from faasctl.facts.assumptions_of_lambdas import LAMBDAS
from faasctl.facts.assumptions_of_limits import LIMITS
from faasctl.facts.assumptions_of_records import LOGS_REPORTS_SCHEDULES
from faasctl.facts.assumptions_of_toolbelts import TOOLBELTS

ALL: tuple[Assumption, ...] = (
    Assumption(
        unknown="success statuses of V2's writes",
        assumed="201 create, 202 updates, deployments and undeployments, 204 delete, 200 test invocations and "
        "reads; the client takes any 2xx",
        used_in="emulator, client",
        source="functions-api §18, 2",
    ),
    Assumption(
        unknown="status of an update that changes nothing",
        assumed="400 with code com.liveperson.faas.function.unchanged",
        used_in="emulator",
        source="functions-api §18, 3",
    ),
    Assumption(
        unknown="whether a manifest update with an old version is refused",
        assumed="any version is taken; the emulator's account setting refuseStaleVersions refuses all but -1 and "
        "the current one, with 409 and a code of ours (com.liveperson.faas.function.conflict)",
        used_in="emulator",
        source="functions-api §18, 4",
    ),
    Assumption(
        unknown="when a manifest's version grows, how many are kept",
        assumed="by one with every saved change, from 1; the newest five stay",
        used_in="emulator",
        source="functions-api §18, 5",
    ),
    Assumption(
        unknown="value of manifest.runtime",
        assumed="nodejs22",
        used_in="emulator",
        source="functions-api §18, 6",
    ),
    Assumption(
        unknown="states of a V2 function while it is deployed",
        assumed="the function stays Draft or Modified; progress shows in deploymentState alone",
        used_in="emulator, client",
        source="functions-api §18, 7",
    ),
    Assumption(
        unknown="test invocation of a function that was never deployed",
        assumed="404; a modified function runs its deployed version",
        used_in="emulator",
        source="functions-api §18, 8",
    ),
    Assumption(
        unknown="when 401 and when 403",
        assumed="no header or an expired session: 401; a wrong token or a missing permission: 403",
        used_in="emulator",
        source="functions-api §18, 9",
    ),
    Assumption(
        unknown="deletion of a deployed function",
        assumed="refused with 400; a Draft is deleted with 204",
        used_in="emulator",
        source="functions-api §18, 10",
    ),
    Assumption(
        unknown="what makes a V2 deployment fail, and where its reason is told",
        assumed="code that cannot be loaded (missing module, an error at its top level) fails the deployment; "
        "the record carries deploymentError in the form that V1 documents",
        used_in="emulator, client",
        source="ours, after functions-api §4.3 and §6",
    ),
    Assumption(
        unknown="status of a deployment that is refused because one runs, or three do",
        assumed="409",
        used_in="emulator",
        source="functions-api §6",
    ),
    Assumption(
        unknown="which call fits which state of a function",
        assumed="POST deploys a Draft or a Productive function, PATCH a Modified one, DELETE undeploys a deployed "
        "one; otherwise 400, and 404 for undeploying a Draft",
        used_in="emulator",
        source="ours, after functions-api §6 and §17",
    ),
    Assumption(
        unknown="when an undeployed function ends serving",
        assumed="after the same delay as a deployment; until then it serves and cannot be changed",
        used_in="emulator",
        source="ours, after functions-api §4.4",
    ),
    Assumption(
        unknown="what the deployment count counts",
        assumed="the records of the deployment list, five a function at most",
        used_in="emulator",
        source="ours, after functions-api §8",
    ),
    Assumption(
        unknown="code with V1's interface in a V2 account",
        assumed="it is taken and answers through its callback",
        used_in="emulator",
        source="ours, after functions-api §10",
    ),
    Assumption(
        unknown="whether function filters match whole names or parts, in V2",
        assumed="whole names and event ids",
        used_in="emulator",
        source="ours, after functions-api §4.2 and §4.3",
    ),
    Assumption(
        unknown="whether an update of description, skills or size needs a redeployment",
        assumed="size does; description and skills do not",
        used_in="emulator",
        source="ours, after functions-api §4.4",
    ),
    Assumption(
        unknown="how the token service words a refusal",
        assumed="as OAuth 2.0 does (RFC 6749 §5.2): invalid_client with 401, the others with 400",
        used_in="emulator",
        source="ours, after functions-api §2.5",
    ),
    Assumption(
        unknown="what the domain API answers for an unknown account",
        assumed="an empty list; 404 where one service is asked for",
        used_in="emulator",
        source="functions-api §1",
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
        assumed="objects as JSON, errors with their stack, all else as Node shows it; no %s is filled in",
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
        unknown="body of a failed login",
        assumed='{"error": {"message": …}}; clients look at the status alone',
        used_in="emulator",
        source="functions-api §18, 19",
    ),
    Assumption(
        unknown="order of lists",
        assumed="versions and deployments newest first, functions by name",
        used_in="emulator",
        source="functions-api §18, 22",
    ),
    Assumption(
        unknown="what the connector's Test Connection sends and judges",
        assumed="by UUID, a neutral payload; passed by any 2xx within 30 s; the reply's shape is not judged",
        used_in="test-connection",
        source="third-party-bots §6",
    ),
    Assumption(
        unknown="what the connector names itself on the gateway (header LP-EventSource)",
        assumed="Bot Connector",
        used_in="client",
        source="third-party-bots §13, 16",
    ),
    Assumption(
        unknown="value of event.name in a welcome event",
        assumed="WELCOME",
        used_in="invoke, test-connection",
        source="third-party-bots §13, 3",
    ),
    Assumption(
        unknown="the HTTP API of bot configurations",
        assumed="none: LivePerson publishes no path, so ours lie below /emulator/",
        used_in="emulator, client",
        source="third-party-bots §1.9",
    ),
    Assumption(
        unknown="text and version of the data disclaimer",
        assumed="who agreed and when is stored, nothing else",
        used_in="emulator, accept-disclaimer",
        source="third-party-bots §13, 22",
    ),
    Assumption(
        unknown="what a wildcard of V1's allow-list stands for",
        assumed="*.example.com stands for one label before example.com: neither for example.com itself nor for "
        "a.b.example.com; it stands first, as a whole label, before a name of two labels or more",
        used_in="emulator, validate",
        source="ours, after functions-api §9",
    ),
    Assumption(
        unknown="when a change of V1's allow-list holds",
        assumed="with the next invocation; on the platform after five minutes at most",
        used_in="emulator",
        source="ours, after functions-api §9",
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
        unknown="success statuses of V1's writes",
        assumed="as V2's: 201, 202, 204; an update that changes nothing is 304 without a body",
        used_in="emulator",
        source="ours, after functions-api §4.3",
    ),
    Assumption(
        unknown="the whole V1 code of what is refused when it is saved",
        assumed="400 with a code of ours that holds contract-error, which is what official clients look for",
        used_in="emulator",
        source="ours, after functions-api §3",
    ),
    Assumption(
        unknown="what V1 does with another name or event in an update",
        assumed="it refuses them: official clients say that an event cannot be changed",
        used_in="emulator",
        source="ours, after functions-api §4.3",
    ),
    Assumption(
        unknown="when a V1 lambda's version grows",
        assumed="as a V2 manifest's: with every change of code, environment or dependencies",
        used_in="emulator",
        source="ours, after functions-api §4.3 and §4.5",
    ),
    Assumption(
        unknown="the runtime that V1 names",
        assumed="Node.js 22; its pages tell of Node.js 14, official clients ask for 20 or newer",
        used_in="emulator",
        source="ours, after functions-api §9",
    ),
    Assumption(
        unknown="how V1's gateway tells a test from an invocation",
        assumed="a user's bearer without externalSystem in the query is a test",
        used_in="emulator",
        source="ours, after functions-api §7.2 and §7.3",
    ),
    Assumption(
        unknown="what V1's gateway tells of a failed function",
        assumed="the same sentence as V2's, and an empty errorLogs; a test tells what was thrown and the log",
        used_in="emulator",
        source="ours, after functions-api §7.4",
    ),
    Assumption(
        unknown="V1's code where a management call names a lambda that is not there",
        assumed="404 with com.liveperson.faas.es.missinglambda, as the gateway",
        used_in="emulator",
        source="ours, after functions-api §7.4",
    ),
    Assumption(
        unknown="lastDeployment of a lambda that never was deployed, the state of one whose deployment failed",
        assumed="an empty object; the state stays, and lastDeployment is failed with deploymentError",
        used_in="emulator",
        source="ours, after functions-api §4.3 and §4.4",
    ),
    Assumption(
        unknown="name and id of an entry of V1's allow-list, and how an entry is refused",
        assumed="name is the domain, for the default list the service, whose ids are below zero; 400 for what is "
        "no domain or there already, 404 for an unknown id",
        used_in="emulator",
        source="ours, after functions-api §9",
    ),
    *LAMBDAS,
    *LOGS_REPORTS_SCHEDULES,
    *TOOLBELTS,
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
    *CONVERSATIONS,
    Assumption(
        unknown="whether V2 refuses eval when code is saved, as V1's pages say of V1",
        assumed="it does",
        used_in="emulator, validate",
        source="ours, after functions-api §10",
    ),
    Assumption(
        unknown="at which hosts V2's functions and gateway live",
        assumed="an account that is set to LivePerson's host names is told va.functions.liveperson.net and "
        "va.fninvocations.liveperson.net, which have the marks that official clients look for",
        used_in="emulator",
        source="functions-api §18, 1",
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
    *CONNECTOR,
    *LIMITS,
)
