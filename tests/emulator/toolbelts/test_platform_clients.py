"""The toolbelts' clients of LivePerson's services: what the emulator has, and what it says it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.emulator.conftest import ContractClient

    Run = Callable[..., Any]

ADD = """async function lambda(input) {
  if (input.payload.boom) throw new Error("boom");
  return { sum: input.payload.a + input.payload.b, seen: input.headers };
}
"""
NO_SERVICE = "com.liveperson.faas.csds.domain.not-found"
CONVERSATION = {
    "conversationHistoryRecords": [
        {
            "sdes": {"events": [{"serverTimeStamp": 2, "n": "late"}, {"serverTimeStamp": 1, "n": "early"}]},
            "messageRecords": [
                {
                    "type": "TEXT_PLAIN",
                    "timeL": 1,
                    "sentBy": "Consumer",
                    "messageData": {"msg": {"text": "Refund?"}},
                },
                {"type": "RICH_CONTENT", "timeL": 2, "sentBy": "Agent", "messageData": {}},
                {
                    "type": "HOSTED_FILE",
                    "timeL": 3,
                    "sentBy": "Consumer",
                    "messageData": {"file": {"caption": "the refund slip", "relativePath": "/a/slip.png"}},
                },
            ],
        }
    ]
}


@pytest.fixture
def run(request: pytest.FixtureRequest) -> Run:
    made: Run = request.getfixturevalue(f"run_{request.param}")
    return made


both = pytest.mark.parametrize("run", ["v1", "v2"], indirect=True)


# ---- domains


@both
def test_the_domain_api_is_asked(run: Run) -> None:
    hosts = run("""const csds = Toolbelt.CsdsClient();
  return [await csds.get("sentinel"), (await csds.getAll()).map(({ service }) => service)];""")
    assert hosts[0] == "sentinel.emulator.localhost"
    assert {"faasUI", "faasGW", "agentVep", "sentinel", "mavenContext"} <= set(hosts[1])


@both
def test_a_service_that_the_local_platform_lacks_is_told_so(run: Run) -> None:
    told = run("return Toolbelt.CsdsClient().get(belt.LpServices.MSG_HIST).catch(told);")
    assert told["code"] == NO_SERVICE
    assert told["type"] in ("InternalError", "ToolBeltError")
    assert 'Service "msgHist" could not be found.' in told["message"]
    assert "local platform" in told["message"]


# ---- LpClient


def test_v2_calls_a_service_with_an_app_token(run_v2: Run, client: ContractClient) -> None:
    uuid = client.deployed("Add", code=ADD, event=None)
    answer = run_v2(
        """const call = Toolbelt.LpClient();
  const answer = await call("faasGW", input.payload.path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ headers: [], payload: { a: 1, b: 2 } }),
  });
  return [answer instanceof Response, answer.status, await answer.json()];""",
        {"path": f"{client.base}/lambdas/{uuid}/invoke"},
    )
    assert answer == [True, 200, {"sum": 3, "seen": []}]


def test_v2_hands_on_a_refusal_of_the_service(run_v2: Run, client: ContractClient) -> None:
    answer = run_v2(
        """const answer = await Toolbelt.LpClient()("faasUI", input.payload, {});
  return [answer.status, (await answer.json()).code];""",
        f"{client.base}/functions",
    )
    assert answer[0] == 403


def test_v2_asks_once_more_with_a_new_token_when_the_first_is_not_taken(
    run_v2: Run, client: ContractClient
) -> None:
    def posted() -> int:
        asked = client.operator("GET", "/requests").json
        return sum(one["path"] == f"/sentinel/api/v2/account/{client.account}/app/token" for one in asked)

    run_v2('return (await Toolbelt.LpClient()("agentVep", "/emulator/requests", {})).status;')
    assert posted() == 1
    status = run_v2(
        'return (await Toolbelt.LpClient()("agentVep", input.payload, { method: "POST", body: "{}" })).status;',
        f"{client.base}/refresh",
    )
    assert status == 401
    assert posted() == 3


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "com.liveperson.faas.lp-client.get-credentials-failure"),
        ("text", "com.liveperson.faas.lp-client.credentials-wrong-format"),
        ({"client_id": "x"}, "com.liveperson.faas.lp-client.credentials-wrong-format"),
        ({"client_id": "x", "client_secret": "y"}, "com.liveperson.faas.oauth2.general-issue"),
    ],
)
def test_v2_tells_what_is_wrong_with_its_app_key(
    run_v2: Run, client: ContractClient, value: Any, code: str
) -> None:
    if value is not None:
        client.of_account("PUT", "/secrets/own-key", {"value": value})
    told = run_v2('return Toolbelt.LpClient()("faasGW", "/", { appKeySecretName: "own-key" }).catch(told);')
    assert (told["code"], told["type"]) == (code, "ToolBeltError")


def test_v1_signs_with_the_key_of_a_secret(run_v1: Run) -> None:
    answer = run_v1("""return Toolbelt.LpClient()("agentVep", "/emulator/health", {
    json: true, resolveWithFullResponse: true,
  }).then(({ statusCode, body }) => [statusCode, body.name]);""")
    assert answer == [200, "faasctl-emulator"]


def test_v1_tells_that_its_key_is_missing(run_v1: Run) -> None:
    told = run_v1("""return Toolbelt.LpClient()("agentVep", "/", { appKeySecretName: "absent" }).catch(told);""")
    assert told["message"] == (
        "Could not fetch App Key credentials from secret storage: There is no Secret absent for this account"
    )


# ---- OrchestratorClient


@both
def test_functions_invoke_functions(run: Run, client: ContractClient) -> None:
    uuid = client.deployed("Add", code=ADD, event=None)
    results = run(
        """const one = { uuid: input.payload, headers: { lang: "en" }, payload: { a: 1, b: 2 } };
  return Toolbelt.OrchestratorClient().invoke([one, { ...one, payload: { a: 3, b: 4 } }]);""",
        uuid,
    )
    assert [result["body"]["sum"] for result in results] == [3, 7]
    assert results[0]["body"]["seen"] == [{"key": "lang", "value": "en"}]
    assert [(result["uuid"], result["statusCode"]) for result in results] == [(uuid, 200)] * 2


@both
def test_a_failing_function_ends_the_invocations(run: Run, client: ContractClient) -> None:
    uuid = client.deployed("Add", code=ADD, event=None)
    told = run(
        """return Toolbelt.OrchestratorClient()
    .invoke([{ uuid: input.payload, headers: {}, payload: { boom: true } }]).catch(told);""",
        uuid,
    )
    assert told["code"] == "com.liveperson.faas.orchestrator-fn.invoke.status-code-error"
    assert "901" in told["message"]


@pytest.mark.parametrize("parallel", [False, True])
def test_the_other_strategy_goes_on(run_v2: Run, client: ContractClient, parallel: bool) -> None:
    uuid = client.deployed("Add", code=ADD, event=None)
    results = run_v2(
        """const { uuid, parallel } = input.payload;
  const results = await Toolbelt.OrchestratorClient().invoke(
    [{ uuid, payload: { boom: true } }, { uuid, payload: { a: 1, b: 1 } }, { uuid: "gone" }],
    25000,
    { errorStrategy: belt.ErrorStrategy.ContinueOnError, invokeParallel: parallel },
  );
  return results.map(({ statusCode, error, body }) => [statusCode, error ? error.code : null, body.sum]);""",
        {"uuid": uuid, "parallel": parallel},
    )
    failed = "com.liveperson.faas.orchestrator-fn.invoke.status-code-error"
    assert results == [[901, failed, None], [200, None, 2], [404, failed, None]]


def test_an_invocation_that_takes_too_long_is_told_so(run_v2: Run, client: ContractClient) -> None:
    slow = "async function lambda() { await new Promise((resolve) => setTimeout(resolve, 1000)); }"
    uuid = client.deployed("Slow", code=slow, event=None)
    told = run_v2(
        "return Toolbelt.OrchestratorClient().invoke([{ uuid: input.payload, headers: {} }], 100).catch(told);",
        uuid,
    )
    assert told["code"] == "com.liveperson.faas.orchestrator-fn.invoke.timeout"


def test_its_own_function_decides_on_further_attempts(run_v2: Run) -> None:
    attempts = run_v2("""let attempts = 0;
  const retryFunction = () => { attempts += 1; return true; };
  await Toolbelt.OrchestratorClient().invoke([{ uuid: "gone", retries: 2, retryFunction }]).catch(told);
  return attempts;""")
    assert attempts == 2


# ---- conversations


@both
def test_keywords_are_found(run: Run) -> None:
    found = run(
        "return Toolbelt.ConversationUtil().scanConversationForKeywords(input.payload, ['refund', 'slip']);",
        CONVERSATION,
    )
    assert [(one["message"], one["sentTimestamp"], one["sentBy"], one["tag"]) for one in found] == [
        ("Refund?", 1, "Consumer", "keywordRef:refund"),
        ("the refund slip", 3, "Consumer", "keywordRef:refund"),
        ("the refund slip", 3, "Consumer", "keywordRef:slip"),
    ]


@both
def test_engagement_attributes_are_sorted(run: Run) -> None:
    found = run("return Toolbelt.SDEUtil().getSDEsFromConv(input.payload);", CONVERSATION)
    assert [event["n"] for event in found["sdes"]["events"]] == ["early", "late"]
    assert found["unAuthSdes"] == {"events": []}


@both
@pytest.mark.parametrize(
    "call",
    [
        'Toolbelt.ConversationUtil().getConversationById("id")',
        'Toolbelt.SDEUtil().addSDEs([{ type: "lead" }], "visitor", "session")',
        'Toolbelt.GDPRUtil().replaceConversationFiles(input.payload, { username: "u", password: "p" })',
    ],
)
def test_what_has_no_backing_says_so(run: Run, call: str) -> None:
    told = run(f"return {call}.catch(told);", CONVERSATION)
    assert told["code"] == NO_SERVICE
    assert "The local platform does not have it" in told["message"]


def test_v2s_gateway_for_certificates_says_so_too(run_v2: Run) -> None:
    assert run_v2('return Toolbelt.LPMtlsClient().get("https://x").catch(told);')["code"] == NO_SERVICE


@both
def test_a_conversation_without_files_needs_no_file_store(run: Run) -> None:
    body = "return Toolbelt.GDPRUtil().replaceConversationFiles(input.payload, {}, () => false);"
    assert run(body, CONVERSATION) == []


# ---- context


@both
def test_the_context_store_keeps_properties(run: Run) -> None:
    kept = run("""const accountId = process.env.X_LIVEPERSON_BRAND_ID;
  const store = Toolbelt.ContextServiceClient({ apiKey: "key", accountId });
  const created = await store.createNamespace("orders", { ttl: 60 });
  const all = await store.setPropertiesInNamespace("orders", { size: "XL", count: 2 }, "session-1");
  await store.updatePropertiesInNamespace("orders", { count: 3 }, "session-1");
  return {
    created: [created.name, created.ttlSecond, !Number.isNaN(Date.parse(created.createdAt))],
    all,
    one: await store.getPropertyInSession("orders", "size", "session-1"),
    some: await store.getSelectedPropertiesInSession("orders", ["count", "absent"], "session-1"),
    sessions: await store.getListOfSessions("orders"),
    deleted: await store.deletePropertyInSession("orders", "size", "session-1")
      .then(() => store.getAllPropertiesInSession("orders", "session-1")),
    gone: await store.deleteSession("orders", "session-1").then(() => store.getListOfSessions("orders")),
    names: await store.deleteNamespace("orders").then(() => store.getListOfNamespaces()),
  };""")
    assert kept == {
        "created": ["orders", 60, True],
        "all": {"size": "XL", "count": 2},
        "one": "XL",
        "some": {"count": 3},
        "sessions": ["session-1"],
        "deleted": {"count": 3},
        "gone": [],
        "names": [],
    }


@both
@pytest.mark.parametrize(
    ("call", "code"),
    [
        ('createNamespace("faas")', "parameter.invalid"),
        ('createNamespace("")', "parameter.invalid"),
        ('createNamespace("orders", { ttl: 0.5 - 1 })', "parameter.invalid"),
        ('deleteNamespace("custom")', "parameter.invalid"),
        ('getAllPropertiesInSession("absent", "session")', "data.does-not-exist"),
        ('getPropertyInSession("faas", "absent")', "data.does-not-exist"),
    ],
)
def test_the_context_store_refuses_as_the_platforms_client_does(run: Run, call: str, code: str) -> None:
    told = run(f"""const accountId = process.env.X_LIVEPERSON_BRAND_ID;
  return Toolbelt.ContextServiceClient({{ apiKey: "key", accountId }}).{call}.catch(told);""")
    assert (told["type"], told["code"]) == ("SDKError", f"com.liveperson.context-service-sdk.{code}")


def test_v2_takes_the_key_of_the_context_store_alone(run_v2: Run) -> None:
    assert run_v2("""const store = Toolbelt.ContextServiceClient("key");
  return store.setPropertiesInNamespace("faas", { a: [1, { b: null }] });""") == {"a": [1, {"b": None}]}


# ---- what both export


def test_every_export_is_there(run_v1: Run, run_v2: Run) -> None:
    assert run_v2('return Object.keys(belt).filter((name) => name !== "default").sort();') == [
        "ConversationContentTypes",
        "ErrorCodes",
        "ErrorStrategy",
        "LpServices",
        "SDETypes",
        "ToolBeltError",
        "Toolbelt",
        "globalSecretCache",
    ]
    assert run_v1("return Object.keys(belt).sort();") == [
        "ConversationContentTypes",
        "ErrorCodes",
        "LpServices",
        "SDETypes",
        "SecretError",
        "Toolbelt",
    ]


def test_v2_can_be_required_as_well(client: ContractClient) -> None:
    code = """const { Toolbelt } = require("core-functions-toolbelt");
async function lambda() { return typeof Toolbelt.SecretClient().readSecret; }
"""
    assert client.invoke(client.deployed(code=code), None).json == "function"
