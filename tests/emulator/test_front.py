"""What holds for every request: who is turned away, sizes, ids, and JSON for every refusal."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.emulator.conftest import ContractClient

LIMIT = 5 * 1024 * 1024


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "x:80"])
def test_a_request_for_a_foreign_host_is_turned_away(client: ContractClient, host: str) -> None:
    answer = client.send("GET", "/emulator/health", headers={"Host": host})
    assert (answer.status, answer.code) == (403, "faasctl.emulator.foreign-caller")


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:9", "127.0.0.1:80", "[::1]:8080", "functions.emulator.localhost", "LOCALHOST"]
)
def test_a_request_for_this_machine_is_answered(client: ContractClient, host: str) -> None:
    assert client.send("GET", "/emulator/health", headers={"Host": host}).status == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost"])
def test_browsers_are_turned_away(client: ContractClient, origin: str) -> None:
    assert client.send("GET", "/emulator/health", headers={"Origin": origin}).status == 403


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/api/account/x/lambdas", "/emulator/health/", "/api//functions"]
)
def test_an_unknown_path_is_told_in_json(client: ContractClient, path: str) -> None:
    answer = client.send("GET", path)
    assert (answer.status, answer.code) == (404, "faasctl.emulator.no-such-path")


def test_a_wrong_method_is_told_with_those_that_are_right(client: ContractClient) -> None:
    answer = client.call("PATCH", "/functions/some")
    assert (answer.status, answer.headers["allow"]) == (405, "DELETE, GET, PUT")
    assert answer.headers["content-type"] == "application/json"


def test_the_request_id_comes_back_also_from_a_refusal(client: ContractClient) -> None:
    ids = {"X-Request-ID": "11111111-2222-4333-8444-555555555555"}
    for path in ("/emulator/health", "/nothing"):
        assert client.send("GET", path, headers=ids).headers["x-request-id"] == ids["X-Request-ID"]
    made = client.send("GET", "/emulator/health").headers["x-request-id"]
    assert len(made) == 36


def test_an_overlong_request_id_is_replaced(client: ContractClient) -> None:
    answer = client.send("GET", "/emulator/health", headers={"X-Request-ID": "x" * 129})
    assert len(answer.headers["x-request-id"]) == 36


@pytest.mark.parametrize(("size", "status"), [(LIMIT, 400), (LIMIT + 1, 413), (LIMIT * 4, 413)])
def test_a_body_past_the_limit_is_refused(client: ContractClient, size: int, status: int) -> None:
    answer = client.call("POST", "/functions", raw=b" " * size)
    assert answer.status == status


def test_a_chunked_body_is_counted_too(client: ContractClient) -> None:
    client.sign_in()
    connection = http.client.HTTPConnection(client.endpoint.url.removeprefix("http://"), timeout=30)
    headers = {"Authorization": f"Bearer {client.bearer}"}
    connection.request(
        "POST", f"{client.base}/functions", iter([b" " * LIMIT, b" "]), headers, encode_chunked=True
    )
    response = connection.getresponse()
    response.read()
    connection.close()
    assert response.status == 413


def test_the_connection_serves_on_after_a_refusal_that_left_the_body_unread(client: ContractClient) -> None:
    assert client.send("POST", f"{client.base}/functions", raw=b"x" * 1_000_000).status == 401
    assert client.call("GET", "/functions").status == 200


def test_deeply_nested_json_is_refused(client: ContractClient) -> None:
    assert client.call("POST", "/functions", raw=b"[" * 100_000).status == 400
    assert client.call("POST", "/functions", raw=b'{"name":' + b"9" * 10_000 + b"}").status == 400


@pytest.mark.parametrize("path", ["/lambdas/{uuid}/invoke", "/functions/{uuid}/test"])
def test_nesting_is_refused_at_the_same_depth_wherever_it_is_passed_on(client: ContractClient, path: str) -> None:
    path = path.format(uuid=client.deployed())

    def status(levels: int) -> int:
        return client.call("POST", path, raw=b'{"payload":' + b"[" * levels + b"]" * levels + b"}").status

    assert [status(levels) for levels in (10, 499)] == [200, 200]
    assert {status(levels) for levels in range(500, 1100, 5)} == {400}


@pytest.mark.parametrize("number", [b"1e400", b"[-1e999]", b"NaN", b"-Infinity"])
def test_a_number_that_no_json_can_pass_on_is_refused(client: ContractClient, number: bytes) -> None:
    path = f"/lambdas/{client.deployed()}/invoke"
    answer = client.call("POST", path, raw=b'{"payload":' + number + b"}")
    assert (answer.status, answer.code) == (400, "com.liveperson.faas.evg.invalid")
    assert client.call("POST", path, {"payload": 1.5e300}).json["payload"] == 1.5e300


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
_FIELDS = st.sampled_from(
    ["name", "description", "eventId", "skills", "size", "manifest", "version", "code", "environment", "headers"]
)
_SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_SETTINGS
@given(body=st.dictionaries(_FIELDS, _JSON, max_size=5) | _JSON)
def test_no_body_breaks_a_service(client: ContractClient, body: object) -> None:
    uuid = "00000000-0000-4000-8000-000000000000"
    for method, path in (
        ("POST", "/functions"),
        ("PUT", f"/functions/{uuid}"),
        ("PUT", f"/functions/{uuid}/manifest"),
        ("POST", f"/lambdas/{uuid}/invoke"),
        ("POST", f"/functions/{uuid}/test"),
        ("POST", "/login?v=1.3"),
        ("POST", "/refresh"),
    ):
        answer = client.call(method, path, body)
        assert answer.status < 500
        assert isinstance(answer.json, dict)
    for path in ("", "/bots/b", "/bots/b/disclaimer", "/users/u", "/next-deployment"):
        assert client.of_account("PUT", path, body).status < 500
