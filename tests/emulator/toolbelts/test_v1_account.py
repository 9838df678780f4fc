"""`lp-faas-toolbelt` in an account that is on V1, with its allow-list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.emulator.v1.conftest import LambdaClient

if TYPE_CHECKING:
    from tests.emulator.conftest import ContractClient

CODE = """const { Toolbelt, LpServices } = require("lp-faas-toolbelt");
async function work({ payload }) {
  const secret = await Toolbelt.SecretClient().readSecret("key");
  const gateway = await Toolbelt.CsdsClient().get("faasGW");
  const blocked = await Toolbelt.HTTPClient()(payload).catch((error) => [error.name, error.cause.message]);
  const health = await Toolbelt.LpClient()(LpServices.AGENT_VEP, "/emulator/health", { json: true });
  const [other] = await Toolbelt.OrchestratorClient().invoke([{ uuid: process.env.OTHER, payload: 7 }]);
  return [secret.value, gateway, blocked, health.name, other.body];
}
function lambda(input, callback) { work(input).then((result) => callback(null, result), callback); }
"""
OTHER = "function lambda(input, callback) { callback(null, input.payload * 6); }"


def test_the_toolbelt_works_behind_the_allow_list(client: ContractClient) -> None:
    client.of_account("PUT", "", {"platform": "v1"})
    client.of_account("PUT", "/secrets/key", {"value": "s3cret"})
    lambdas = LambdaClient(client)
    other = lambdas.create("Other", OTHER, None).json["uuid"]
    uuid = lambdas.create("Belt", CODE, None, environment=[{"key": "OTHER", "value": other}]).json["uuid"]
    for one in (other, uuid):
        lambdas.deploy(one)
        lambdas.wait_for_state(one, "Productive")
    answer = client.invoke(uuid, "http://elsewhere.invalid/")
    assert answer.status == 200, answer.text
    assert answer.json["result"] == [
        "s3cret",
        "faasgw.emulator.localhost",
        ["RequestError", "Socket is closed"],
        "faasctl-emulator",
        42,
    ]
