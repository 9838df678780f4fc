"""What is assumed of V1: its functions, its gateway and its allow-list."""

from __future__ import annotations

from faasctl.facts.assumption import Assumption

LAMBDAS: tuple[Assumption, ...] = (
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
    Assumption(
        unknown="V1's values of lastDeployment.deploymentState",
        assumed="V2's, in any case of letters; any other is failed where deploymentError stands beside it, "
        "successful where deployedAt does, else under way",
        used_in="client",
        source="ours, after functions-api §4.3 and §6",
    ),
    Assumption(
        unknown="V1's state of a function whose build or deployment failed, on the wire",
        assumed="whatever is neither Productive nor Modified is not deployed, and is deployed by the next run",
        used_in="client",
        source="ours, after functions-api §4.4",
    ),
    Assumption(
        unknown="whether V1 minds what of a lambda is sent back with an update besides the change",
        assumed="all is sent back as it was read, but for state: Draft stays, anything else becomes Modified",
        used_in="client",
        source="functions-api §4.3",
    ),
)
