"""What is assumed of the toolbelts and of what stands behind them."""

from __future__ import annotations

from faasctl.facts.assumption import Assumption

TOOLBELTS: tuple[Assumption, ...] = (
    Assumption(
        unknown="the HTTP API of secrets",
        assumed="none: LivePerson publishes no path, so ours lie below /emulator/; a function reaches the secrets "
        "of its own account alone, with a token of ours",
        used_in="emulator, toolbelts",
        source="functions-api §9",
    ),
    Assumption(
        unknown="names of V1's secrets",
        assumed="as V2's: letters, digits, - and _, 100 at most",
        used_in="emulator",
        source="ours, after functions-api §9",
    ),
    Assumption(
        unknown="what V1's secret lp-faas-orchestrator-app-key holds, and which system secrets an account of the "
        "other generation has",
        assumed="{client_id, client_secret}, as V2's; every account has all of them, and V1's can be replaced",
        used_in="emulator, toolbelts",
        source="ours, after functions-api §9",
    ),
    Assumption(
        unknown="how V2's ErrorCodes are grouped, and the parameters of ToolBeltError",
        assumed="in groups as V1's (Secret.NotFound, Csds.NotFound …); (code, message, component)",
        used_in="toolbelts",
        source="ours, after functions-api §11.1",
    ),
    Assumption(
        unknown="unit of `cache.ttl` of V2's SecretClient",
        assumed="seconds",
        used_in="toolbelts",
        source="ours, after functions-api §11.1",
    ),
    Assumption(
        unknown="order of the parameters of MTLSClient's methods",
        assumed="get, head, options: (url, headers, options); post, put, patch, delete: (url, body, headers, "
        "options); options.timeout in milliseconds, 10 s where there is none; a status from 400 on rejects",
        used_in="toolbelts",
        source="ours, after functions-api §11.1",
    ),
    Assumption(
        unknown="what decides on a further attempt of OrchestratorClient",
        assumed="retryFunction(error, statusCode) where there is one; otherwise network errors and the statuses "
        "429, 500, 502 and 504; short pauses between",
        used_in="toolbelts",
        source="ours, after functions-api §7.4 and §11.1",
    ),
    Assumption(
        unknown="whether V1's OrchestratorClient, which LivePerson's local copy lacks, is V2's",
        assumed="it is, with V1's error class; so is MTLSClient",
        used_in="toolbelts",
        source="ours, after functions-api §11.2",
    ),
    Assumption(
        unknown="what the Context Session Store answers but to the calls of LivePerson's client",
        assumed="404 for a namespace, a session and a property that is not there; deleting what is gone is no "
        "error; the time to live counts from a property's last change; any API key opens the account's store",
        used_in="emulator, toolbelts",
        source="ours",
    ),
    Assumption(
        unknown="which argument V2's ContextServiceClient takes",
        assumed="the API key, or {apiKey, accountId}: sources disagree",
        used_in="toolbelts",
        source="functions-api §11.1",
    ),
)
