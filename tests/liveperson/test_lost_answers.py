"""A write whose answer got lost is carried out once, not twice and not never."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from faasctl.errors import ChangedRemotely, PlatformBroke, PlatformError, Unreachable, UnreadableAnswer
from faasctl.liveperson.model import Manifest

if TYPE_CHECKING:
    from faasctl.liveperson.platform import Platform
    from tests.liveperson.conftest import Server

BASE = "/api/account/12345678"
EVENT = "bot_connectors_custom_integration"
BOT: dict[str, Any] = {
    "uuid": "u1",
    "name": "OrderBot",
    "state": "Draft",
    "eventId": EVENT,
    "manifest": {"id": "m1", "version": 1, "code": "new", "environment": {"A": "b"}},
}
META = {key: value for key, value in BOT.items() if key != "manifest"}


def _create(platform: Platform) -> str:
    return platform.create_function("OrderBot", description="d", event_id=EVENT).uuid


@pytest.mark.parametrize("loss", ["reset", "broken off", "503", "unreadable"])
def test_a_function_that_was_created_is_adopted(server: Server, platform: Platform, loss: str) -> None:
    script = server.on("POST", f"{BASE}/functions")
    losses: dict[str, Any] = {
        "reset": script.resets,
        "broken off": lambda: script.sends(b"HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n{"),
        "503": lambda: script.answers(503, b"<html>"),
        "unreadable": lambda: script.answers(201, b"<html>"),
    }
    losses[loss]()
    server.on("GET", f"{BASE}/functions").answers(200, [{**META, "uuid": "u0", "name": "Other"}, META])
    server.on("GET", f"{BASE}/functions/u1").answers(200, BOT)
    assert _create(platform) == "u1"
    assert server.count("POST") == 1


def test_a_function_that_was_not_created_is_created_now(server: Server, platform: Platform) -> None:
    server.on("POST", f"{BASE}/functions").resets().answers(201, BOT)
    server.on("GET", f"{BASE}/functions").answers(200, [])
    assert _create(platform) == "u1"
    assert server.count("POST") == 2


def test_a_function_of_that_name_on_another_event_is_not_adopted(server: Server, platform: Platform) -> None:
    server.on("POST", f"{BASE}/functions").resets().answers(400, {"code": "c", "message": "name is taken"})
    server.on("GET", f"{BASE}/functions").answers(200, [{**META, "eventId": None}])
    with pytest.raises(PlatformError, match="name is taken"):
        _create(platform)


def test_a_function_that_appears_late_is_adopted_when_its_name_is_taken(
    server: Server, platform: Platform
) -> None:
    server.on("POST", f"{BASE}/functions").answers(504).answers(400, {"message": "name is taken"})
    server.on("GET", f"{BASE}/functions").answers(200, []).answers(200, [META])
    server.on("GET", f"{BASE}/functions/u1").answers(200, BOT)
    assert _create(platform) == "u1"
    assert server.count("POST") == 2


def test_a_taken_name_is_an_error_when_nothing_was_lost(server: Server, platform: Platform) -> None:
    server.on("POST", f"{BASE}/functions").answers(400, {"message": "name is taken"})
    with pytest.raises(PlatformError, match="name is taken"):
        _create(platform)
    assert server.count("GET") == 0


def test_an_account_that_cannot_be_read_again_leaves_it_at_the_first_error(
    server: Server, platform: Platform
) -> None:
    server.on("POST", f"{BASE}/functions").resets()
    server.on("GET", f"{BASE}/functions").answers(500)
    with pytest.raises(Unreachable, match="creating function OrderBot failed") as caught:
        _create(platform)
    assert "may have been carried out" in (caught.value.hint or "")
    assert server.count("POST") == 1


def test_an_unreadable_success_of_nothing_stays_an_error(server: Server, platform: Platform) -> None:
    server.on("POST", f"{BASE}/functions").answers(201, b"<html>")
    server.on("GET", f"{BASE}/functions").answers(200, [])
    with pytest.raises(UnreadableAnswer):
        _create(platform)
    assert server.count("POST") == 1


@pytest.mark.parametrize("method", ["POST", "PATCH"])
@pytest.mark.parametrize("state", ["deploying", "redeploying", "pending"])
def test_a_deployment_that_was_started_is_not_started_again(
    server: Server, platform: Platform, method: str, state: str
) -> None:
    server.on(method, f"{BASE}/deployments/u1").resets()
    server.on("GET", f"{BASE}/deployments").answers(200, [{"functionUuid": "u1", "deploymentState": state}])
    (platform.deploy if method == "POST" else platform.redeploy)("u1")
    assert server.count(method) == 1


def test_a_deployment_that_is_over_already_is_not_started_again(server: Server, platform: Platform) -> None:
    server.on("POST", f"{BASE}/deployments/u1").answers(502)
    server.on("GET", f"{BASE}/deployments").answers(200, [{"functionUuid": "u1", "deploymentState": "successful"}])
    server.on("GET", f"{BASE}/functions/u1").answers(200, {**BOT, "state": "Productive"})
    platform.deploy("u1")
    assert server.count("POST") == 1


def test_a_deployment_that_was_not_started_is_started_now(server: Server, platform: Platform) -> None:
    server.on("POST", f"{BASE}/deployments/u1").resets().answers(202, {"message": "started"})
    server.on("GET", f"{BASE}/deployments").answers(200, [{"functionUuid": "u1", "deploymentState": "failed"}])
    server.on("GET", f"{BASE}/functions/u1").answers(200, BOT)
    platform.deploy("u1")
    assert server.count("POST") == 2


def test_an_undeployment_whose_answer_was_lost_is_looked_up(server: Server, platform: Platform) -> None:
    server.on("DELETE", f"{BASE}/deployments/u1").resets()
    server.on("GET", f"{BASE}/functions/u1").answers(200, BOT)
    platform.undeploy("u1")
    assert server.count("DELETE") == 1


def test_an_undeployment_that_is_still_under_way_is_no_collision(server: Server, platform: Platform) -> None:
    server.on("DELETE", f"{BASE}/deployments/u1").resets().answers(409, {"message": "under way"})
    server.on("GET", f"{BASE}/functions/u1").answers(200, {**BOT, "state": "Productive"})
    platform.undeploy("u1")
    assert server.count("DELETE") == 2


def test_an_undeployment_beside_another_change_is_told(server: Server, platform: Platform) -> None:
    server.on("DELETE", f"{BASE}/deployments/u1").answers(409, {"message": "under way"})
    with pytest.raises(ChangedRemotely, match="undeploying function u1 failed: under way"):
        platform.undeploy("u1")


def _update(platform: Platform) -> None:
    old = Manifest(id="m1", version=0)
    platform.update_manifest("u1", old, code="new", environment={"A": "b"})


def test_a_manifest_that_was_saved_is_not_saved_again(server: Server, platform: Platform) -> None:
    server.on("PUT", f"{BASE}/functions/u1/manifest").resets()
    server.on("GET", f"{BASE}/functions/u1").answers(200, BOT)
    _update(platform)
    assert server.count("PUT") == 1


def test_a_manifest_that_was_not_saved_is_saved_now(server: Server, platform: Platform) -> None:
    server.on("PUT", f"{BASE}/functions/u1/manifest").answers(500).answers(202)
    server.on("GET", f"{BASE}/functions/u1").answers(200, {**BOT, "manifest": {"id": "m1", "version": 0}})
    _update(platform)
    assert server.count("PUT") == 2


def test_a_conflict_after_a_lost_answer_is_told_when_it_is_one(server: Server, platform: Platform) -> None:
    other = {**BOT, "manifest": {**BOT["manifest"], "code": "somebody else's"}}
    server.on("PUT", f"{BASE}/functions/u1/manifest").resets().answers(409, {"message": "stale"})
    server.on("GET", f"{BASE}/functions/u1").answers(200, other)
    with pytest.raises(ChangedRemotely, match="stale"):
        _update(platform)


def test_a_deletion_whose_answer_was_lost_may_find_nothing_left(server: Server, platform: Platform) -> None:
    server.on("DELETE", f"{BASE}/functions/u1").resets().answers(404)
    platform.delete_function("u1")
    assert server.count("DELETE") == 2


def test_a_platform_that_stays_broken_is_not_asked_without_end(server: Server, platform: Platform) -> None:
    server.on("POST", f"{BASE}/functions").answers(503)
    server.on("GET", f"{BASE}/functions").answers(200, [])
    with pytest.raises(PlatformBroke):
        _create(platform)
    assert server.count("POST") == 5
