"""What nobody outside LivePerson knows, and what faasctl assumes instead.

docs/emulator.md shows this table. Change an assumption here and where `used_in` says, nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """`source` is the section that names the gap, or `ours` where the gap is first named here."""

    unknown: str
    assumed: str
    used_in: str
    source: str


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
)
