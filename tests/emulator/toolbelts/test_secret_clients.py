"""SecretClient of both toolbelts, against the emulator's secret store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.emulator.conftest import ContractClient

    Run = Callable[..., Any]


@pytest.fixture
def run(request: pytest.FixtureRequest) -> Run:
    made: Run = request.getfixturevalue(f"run_{request.param}")
    return made


both = pytest.mark.parametrize("run", ["v1", "v2"], indirect=True)


def save(client: ContractClient, name: str, value: Any) -> None:
    assert client.of_account("PUT", f"/secrets/{name}", {"value": value}).status in (200, 201)


@both
@pytest.mark.parametrize("value", ["s3cret", {"user": "ada", "scopes": ["a", 1, None]}, 7, "ü\n\u2028"])
def test_a_secret_is_read(run: Run, client: ContractClient, value: Any) -> None:
    save(client, "order-api-key", value)
    read = run('return Toolbelt.SecretClient().readSecret("order-api-key");')
    assert read == {"key": "order-api-key", "value": value}


@both
def test_a_secret_that_is_not_there_is_told_by_the_platforms_code(run: Run) -> None:
    told = run('return Toolbelt.SecretClient().readSecret("absent").catch(told);')
    assert told["code"] == "com.liveperson.faas.secret.not-found"
    assert told["type"] in ("SecretError", "ToolBeltError")
    assert "absent" in told["message"]


@both
def test_an_updated_secret_stays_updated(run: Run, client: ContractClient) -> None:
    save(client, "token", "old")
    body = 'return Toolbelt.SecretClient().updateSecret({ key: "token", value: "new" });'
    assert run(body) == {"key": "token", "value": "new"}
    assert run('return Toolbelt.SecretClient().readSecret("token");')["value"] == "new"


@both
def test_an_account_has_its_own_app_key(run: Run, client: ContractClient) -> None:
    assert run('return Toolbelt.SecretClient().readSecret("LIVEPERSON_DEFAULT_APP_KEY");')["value"] == {
        "client_id": client.credentials()["client"]["clientId"],
        "client_secret": client.credentials()["client"]["clientSecret"],
    }


def test_v1_finds_the_oauth_key_that_its_client_signs_with(run_v1: Run, client: ContractClient) -> None:
    value = run_v1('return Toolbelt.SecretClient().readSecret("lp-faas-default-app-key");')["value"]
    key = client.credentials()["user"]["apiKey"]
    assert value == {
        "consumerKey": key["appKey"],
        "consumerSecret": key["secret"],
        "token": key["accessToken"],
        "tokenSecret": key["accessTokenSecret"],
    }


def test_v2_keeps_what_it_read_until_it_is_asked_for_fresh_values(run_v2: Run, client: ContractClient) -> None:
    save(client, "flag", "one")
    code = """import { Toolbelt } from "core-functions-toolbelt";
async function lambda(input) {
  const { value } = await Toolbelt.SecretClient().readSecret("flag", { useCache: input.payload.useCache });
  return value;
}
"""
    uuid = client.deployed("Cached", code=code, event=None)
    assert client.invoke(uuid, {"useCache": True}).json == "one"
    save(client, "flag", "two")
    assert client.invoke(uuid, {"useCache": True}).json == "one"
    assert client.invoke(uuid, {"useCache": False}).json == "two"
    assert client.invoke(uuid, {"useCache": True}).json == "two"


def test_v2_reads_again_when_the_time_to_live_is_over(run_v2: Run, client: ContractClient) -> None:
    save(client, "flag", "one")
    assert run_v2(
        """const secrets = Toolbelt.SecretClient({ cache: { ttl: 0 } });
  const { value } = await secrets.readSecret("flag");
  await Toolbelt.SecretClient().updateSecret({ key: "flag", value: "two" });
  return [value, (await secrets.readSecret("flag")).value];"""
    ) == ["one", "two"]


def test_a_changed_copy_does_not_change_what_is_kept(run_v2: Run, client: ContractClient) -> None:
    save(client, "key", {"user": "ada"})
    assert (
        run_v2(
            """const secrets = Toolbelt.SecretClient();
  (await secrets.readSecret("key")).value.user = "eve";
  return (await secrets.readSecret("key")).value.user;"""
        )
        == "ada"
    )


def test_v1_never_keeps_what_it_read(run_v1: Run, client: ContractClient) -> None:
    save(client, "flag", "one")
    assert run_v1(
        """const secrets = Toolbelt.SecretClient();
  const before = (await secrets.readSecret("flag")).value;
  await Toolbelt.SecretClient().updateSecret({ key: "flag", value: "two" });
  return [before, (await secrets.readSecret("flag")).value];"""
    ) == ["one", "two"]


def test_v2_may_not_change_a_system_secret(run_v2: Run) -> None:
    told = run_v2(
        """return Toolbelt.SecretClient()
    .updateSecret({ key: "LIVEPERSON_DEFAULT_APP_KEY", value: { client_id: "x" } }).catch(told);"""
    )
    assert told["code"] == "com.liveperson.faas.secret.forbidden"


@pytest.mark.parametrize(
    ("name", "length", "code"),
    [
        ("key", 16_382, None),
        ("key", 16_383, "com.liveperson.faas.secret.invalid-format"),
        ("no spaces", 1, "com.liveperson.faas.secret.invalid-format"),
        ("k" * 101, 1, "com.liveperson.faas.secret.invalid-format"),
    ],
)
def test_v2_holds_the_limits_of_names_and_values(
    run_v2: Run, client: ContractClient, name: str, length: int, code: str | None
) -> None:
    save(client, "key", "old")
    told = run_v2(
        """const { name, length } = input.payload;
  const secret = { key: name, value: "v".repeat(length) };
  return Toolbelt.SecretClient().updateSecret(secret).then(() => ({}), told);""",
        {"name": name, "length": length},
    )
    assert told.get("code") == code


@pytest.mark.parametrize(
    ("length", "code"), [(10_000, None), (10_001, "com.liveperson.faas.secret.invalid-format")]
)
def test_v1_holds_the_limit_of_values(run_v1: Run, client: ContractClient, length: int, code: str | None) -> None:
    save(client, "key", "old")
    told = run_v1(
        """const secret = { key: "key", value: "v".repeat(input.payload) };
  return Toolbelt.SecretClient().updateSecret(secret).then(() => ({}), told);""",
        length,
    )
    assert told.get("code") == code


def test_a_function_sees_no_token_in_its_environment(run_v2: Run) -> None:
    names = run_v2("return Object.keys(process.env).sort();")
    assert names == ["X_LIVEPERSON_BRAND_ID", "X_LIVEPERSON_CSDS_DOMAIN", "X_LIVEPERSON_FUNCTION_UUID"]
