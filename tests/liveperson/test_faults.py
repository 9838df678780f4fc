"""What becomes of a call when the network or the platform breaks, on real sockets."""

from __future__ import annotations

import copy
import gzip
import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from faasctl.deadline import Deadline
from faasctl.errors import (
    AnsweredError,
    DeadlinePassed,
    PlatformBroke,
    RateLimited,
    Unreachable,
    UnreadableAnswer,
    UsageError,
)
from faasctl.liveperson import transport as transport_module
from faasctl.liveperson.connect import connect
from faasctl.liveperson.exchange import Request
from faasctl.liveperson.failures import NAME_HINT
from faasctl.liveperson.network import Network
from faasctl.liveperson.retry import Repeat
from faasctl.liveperson.transport import Transport

if TYPE_CHECKING:
    from faasctl.liveperson.credentials import SessionToken
    from faasctl.liveperson.platform import Platform
    from tests.liveperson.conftest import Server

FUNCTIONS = "/api/account/12345678/functions"
INVOKE = "/api/account/12345678/lambdas/u1/invoke"


def test_a_read_is_repeated_after_a_reset(server: Server, platform: Platform) -> None:
    server.on("GET", FUNCTIONS).resets().answers(200, [])
    assert platform.functions() == ()
    assert server.count("GET", "/functions") == 2


def test_a_read_is_repeated_after_503_and_502_with_an_html_page(server: Server, platform: Platform) -> None:
    server.on("GET", FUNCTIONS).answers(503).answers(502, b"<html>Bad gateway</html>").answers(200, [])
    assert platform.functions() == ()


def test_a_read_that_stays_broken_tells_the_last_answer(server: Server, platform: Platform) -> None:
    server.on("GET", FUNCTIONS).answers(503, b"<html>over capacity</html>")
    with pytest.raises(PlatformBroke) as caught:
        platform.functions()
    assert caught.value.status == 503
    assert server.count("GET", "/functions") == 5


def test_a_retry_after_is_kept_to(server: Server, platform: Platform) -> None:
    server.on("GET", FUNCTIONS).answers(429, None, {"Retry-After": "1"}).answers(200, [])
    started = time.monotonic()
    platform.functions(deadline=Deadline(10))
    assert time.monotonic() - started >= 1.0


def test_a_retry_after_past_the_deadline_ends_the_call_at_once(server: Server, platform: Platform) -> None:
    server.on("GET", FUNCTIONS).answers(429, None, {"Retry-After": "3600"})
    with pytest.raises(RateLimited):
        platform.functions(deadline=Deadline(600, sleep=_no_sleep))
    assert server.count("GET") == 1


def _no_sleep(_: float) -> None:
    raise AssertionError("it waited")


@pytest.mark.parametrize("status", [408, 429])
def test_a_write_that_was_not_taken_for_now_is_repeated(server: Server, platform: Platform, status: int) -> None:
    server.on("POST", FUNCTIONS).answers(status, None, {"Retry-After": "0"}).answers(
        201, {"uuid": "u1", "name": "Bot", "state": "Draft", "manifest": {"id": "m1", "version": 0}}
    )
    assert platform.create_function("Bot", description="d").uuid == "u1"


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_an_invocation_is_never_repeated_after_an_answer(server: Server, platform: Platform, status: int) -> None:
    server.on("POST", INVOKE).answers(status)
    with pytest.raises(AnsweredError):
        platform.invoke("u1", {})
    assert server.count("POST", "/invoke") == 1


def test_an_invocation_whose_answer_was_lost_is_not_repeated(server: Server, platform: Platform) -> None:
    server.on("POST", INVOKE).resets()
    with pytest.raises(Unreachable, match="broke the connection off") as caught:
        platform.invoke("u1", {})
    assert caught.value.hint == "The function may have run all the same."
    assert server.count("POST", "/invoke") == 1


def test_an_answer_that_breaks_off_is_asked_for_again(server: Server, platform: Platform) -> None:
    server.on("GET", FUNCTIONS).sends(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{").answers(200, [])
    assert platform.functions() == ()


def test_half_a_json_text_is_an_unreadable_answer(server: Server, platform: Platform) -> None:
    server.on("GET", FUNCTIONS).answers(200, b'[{"uuid": "u')
    with pytest.raises(UnreadableAnswer) as caught:
        platform.functions()
    assert 'is not JSON: [{"uuid": "u' in caught.value.message
    assert server.count("GET") == 1


def test_json_nested_without_end_is_an_unreadable_answer(server: Server, platform: Platform) -> None:
    server.on("GET", FUNCTIONS).answers(200, b"[" * 200_000)
    with pytest.raises(UnreadableAnswer):
        platform.functions()


@pytest.mark.parametrize("levels", [251, 400, 5_000])
def test_an_answer_that_is_nested_too_deeply_to_be_worked_with_is_told_as_such(
    server: Server, platform: Platform, levels: int
) -> None:
    server.on("POST", INVOKE).answers(200, b"[" * levels + b"]" * levels)
    with pytest.raises(UnreadableAnswer, match="is nested deeper than 250 levels"):
        platform.invoke("u1", {})


def test_an_answer_at_the_limit_of_nesting_can_be_worked_with(server: Server, platform: Platform) -> None:
    server.on("POST", INVOKE).answers(200, b"[" * 250 + b"]" * 250)
    assert copy.deepcopy(platform.invoke("u1", {}).result) != []


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"HTTP/1.1 fine\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Header: x\r\n" * 300 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX-Header: " + b"x" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n[]",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n[]",
    ],
)
def test_an_answer_that_is_no_http_is_told_as_such(server: Server, platform: Platform, answer: bytes) -> None:
    server.on("GET", FUNCTIONS).sends(answer).answers(200, [])
    assert platform.functions() == ()  # it may have been one bad moment of something in between
    server.on("POST", INVOKE).sends(answer)
    with pytest.raises(Unreachable, match="cannot be read as HTTP") as caught:
        platform.invoke("u1", {})
    assert caught.value.hint == "The function may have run all the same."


def test_a_redirect_is_not_followed(server: Server, platform: Platform) -> None:
    server.on("GET", FUNCTIONS).answers(302, None, {"Location": f"{server.url}/elsewhere"})
    with pytest.raises(UnreadableAnswer, match="is a redirect"):
        platform.functions()
    assert server.count("GET", "/elsewhere") == 0


@pytest.mark.parametrize("part", ["header", "body"])
def test_a_dripping_answer_ends_with_the_deadline(server: Server, platform: Platform, part: str) -> None:
    header = b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\nX-Filler: " + b"x" * 400 + b"\r\n\r\n"
    at_once, slowly = (b"", header) if part == "header" else (header, b" " * 400)
    script = server.on("GET", FUNCTIONS).drips(at_once, slowly, every=0.05)
    with pytest.raises(DeadlinePassed) as caught:
        platform.functions(deadline=Deadline(0.5))
    assert not script.dripped_out
    assert caught.value.message.startswith("the deadline of 0.5 s passed while listing the functions")


def test_a_silent_platform_ends_with_the_deadline(server: Server, platform: Platform) -> None:
    server.on("GET", FUNCTIONS).does(lambda _: time.sleep(1))
    with pytest.raises(DeadlinePassed):
        platform.functions(deadline=Deadline(0.2))


def test_nothing_is_sent_after_the_deadline(server: Server, platform: Platform) -> None:
    with pytest.raises(DeadlinePassed):
        platform.functions(deadline=Deadline(0))
    assert server.received == []


def test_one_attempt_of_a_read_does_not_use_up_the_deadline(server: Server) -> None:
    server.on("GET", "/slow").does(lambda _: time.sleep(1)).answers(200, "late")
    transport = Transport(Network(domain_url=server.url))
    request = Request(method="GET", host=None, path="/slow", purpose="waiting", repeat=Repeat.ALWAYS, seconds=0.2)
    assert transport.send(request, Deadline(10)).body == b'"late"'
    transport.close()


def test_an_endless_answer_is_cut(server: Server, platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport_module, "LARGEST_BODY", 3 * 1024 * 1024)
    bomb = gzip.compress(b" " * 8 * 1024 * 1024)
    server.on("GET", FUNCTIONS).answers(200, bomb, {"Content-Encoding": "gzip"})
    with pytest.raises(UnreadableAnswer, match="larger than 3 MiB"):
        platform.functions()


def test_a_refused_connection_is_told_in_plain_words(session: SessionToken, deadline: Deadline) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(Unreachable) as caught:
            connect("1", session, network=Network(domain_url=f"http://127.0.0.1:{port}"), deadline=deadline)
    assert f"127.0.0.1:{port} refused the connection" in caught.value.message


def test_an_unknown_host_is_told_at_once(session: SessionToken) -> None:
    network = Network(domain_url="http://no-such-host.invalid")
    with pytest.raises(Unreachable, match=r"no-such-host\.invalid"):
        connect("1", session, network=network, deadline=Deadline(5))


def test_a_server_without_tls_where_tls_is_due_is_told(
    server: Server, session: SessionToken, deadline: Deadline
) -> None:
    network = Network(domain_url=server.url.replace("http:", "https:"))
    with pytest.raises(Unreachable, match="does not speak TLS") as caught:
        connect("1", session, network=network, deadline=deadline)
    assert caught.value.hint == NAME_HINT


def test_a_payload_that_is_no_json_is_a_usage_error(server: Server, platform: Platform) -> None:
    with pytest.raises(UsageError, match="is not JSON"):
        platform.invoke("u1", {"score": float("nan")})
    assert server.received == []


def test_connections_are_kept(server: Server, platform: Platform) -> None:
    server.on("GET", FUNCTIONS).answers(200, [])
    for _ in range(3):
        platform.functions()
    assert len({entry.port for entry in server.received}) == 1


def test_a_kept_connection_that_the_server_closed_does_no_harm(server: Server, platform: Platform) -> None:
    server.on("GET", FUNCTIONS).sends(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]").answers(200, [])
    platform.functions()
    time.sleep(0.05)
    platform.functions()
    assert server.count("GET") == 2


def test_one_platform_serves_several_threads(server: Server, platform: Platform) -> None:
    server.on("GET", FUNCTIONS).answers(200, [])
    threads = [threading.Thread(target=platform.functions) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert server.count("GET", "/functions") == 8
