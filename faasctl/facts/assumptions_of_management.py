"""What is assumed of the services that manage an account: sign-in, functions, versions, deployments."""

from __future__ import annotations

from faasctl.facts.assumption import Assumption

MANAGEMENT: tuple[Assumption, ...] = (
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
        unknown="whether function filters match whole names or parts, in V2",
        assumed="whole names and event ids",
        used_in="emulator",
        source="ours, after functions-api §4.2 and §4.3",
    ),
    Assumption(
        unknown="which functions of an event are called, or count as listening, where the call names a skillId",
        assumed="all that listen to the event: the skill is taken and not looked at",
        used_in="emulator",
        source="functions-api §16.1, 8",
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
        unknown="at which hosts V2's functions and gateway live",
        assumed="an account that is set to LivePerson's host names is told va.functions.liveperson.net and "
        "va.fninvocations.liveperson.net, which have the marks that official clients look for",
        used_in="emulator",
        source="functions-api §18, 1",
    ),
)
