"""Hosts that V1 does not let through, environment variables of the platform, and timers that wait in steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from faasctl.javascript.uses import is_allowed

if TYPE_CHECKING:
    from faasctl.javascript.inspector import Inspector
    from tests.javascript.conftest import Review

HEAD = "const { Toolbelt } = require('lp-faas-toolbelt'); const https = require('https'); "
KNOWN: dict[str, Any] = {"platform": "v1", "all_domains_known": True}


def v1(body: str) -> str:
    return f"{HEAD}\nasync function lambda(input, callback) {{\n{body}\ncallback(null, 1) }}"


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (
            "await Toolbelt.HTTPClient()('https://a.example.com/x');",
            None,
        ),  # nothing keeps the client: not followed
        ("const http = Toolbelt.HTTPClient(); await http('https://a.example.com/x');", (3, 48)),
        ("const http = Toolbelt.HTTPClient(); await http(`https://a.example.com/${input.id}`);", (3, 48)),
        ("const http = Toolbelt.HTTPClient(); await http({ url: 'https://a.example.com' });", (3, 55)),
        ("const http = Toolbelt.HTTPClient(); await http.get('http://a.example.com:8080?x=1');", (3, 52)),
        ("const u = 'https://a.example.com'; const http = Toolbelt.HTTPClient(); await http(u + '/x');", (3, 83)),
        ("const u = 'https://a.example.com'; https.get(`${u}/x`, () => 1);", (3, 46)),
        ("https.request({ hostname: 'a.example.com', path: '/' });", (3, 27)),
        ("https.get(new URL('/x', 'https://a.example.com'));", (3, 11)),
    ],
)
def test_hosts_that_are_not_on_the_list_are_found(
    mistakes: Review, body: str, place: tuple[int, int] | None
) -> None:
    found = [each for each in mistakes(v1(body), **KNOWN) if each[0] == "host-not-allowed"]
    assert found == ([] if place is None else [("host-not-allowed", *place)])
    assert mistakes(v1(body), **KNOWN, allowed_domains=["*.example.com"]) == []


def test_where_the_list_is_not_known_hosts_are_advice(mistakes: Review, advice: Review) -> None:
    code = v1("https.get('https://a.example.com', () => 1);")
    assert (mistakes(code, platform="v1"), advice(code, platform="v1")) == ([], [("host-not-allowed", 3, 11)])
    assert advice(code, platform="v1", allowed_domains=["a.example.com"]) == []


@pytest.mark.parametrize(
    "body",
    [
        "https.get('https://va.msghist.liveperson.net/x', () => 1);",
        "https.get(`https://api.${input.zone}.example.com/x`, () => 1);",
        "https.get(input.url, () => 1);",
        "console.info('https://a.example.com');",
        "const links = new Map(); links.get('https://a.example.com');",
        "return callback(null, { url: 'https://a.example.com' });",
    ],
)
def test_urls_that_are_allowed_unknown_or_not_called_are_left_alone(mistakes: Review, body: str) -> None:
    assert mistakes(v1(body), **KNOWN) == []


def test_v2_has_no_list_of_hosts(reviewer: Inspector) -> None:
    code = "async function lambda() { return await (await fetch('https://a.example.com')).json() }"
    assert reviewer.review(code, platform="v2", all_domains_known=True).problems == ()


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("api.example.com", True),
        ("API.Example.com.", True),
        ("example.com", False),
        ("a.api.example.com", False),
        ("one.example.net", True),
        ("two.example.net", False),
        ("lo.v.liveperson.net", True),
        ("liveperson.net.example.org", False),
        ("localhost", False),
        ("10.0.0.1", False),
    ],
)
def test_a_wildcard_stands_for_one_label(host: str, allowed: bool) -> None:
    assert is_allowed(host, ["*.example.com", "one.example.net"]) is allowed


@pytest.mark.parametrize(
    ("body", "platform", "column"),
    [
        ("process.env.NODE_ENV = 'x';", "v2", 13),
        ("delete process.env['HTTPS_PROXY'];", "v2", 20),
        ("const e = process.env; e.VAULT_TOKEN = 'x';", "v2", 26),
        ("const { env } = process; env.BRAND_ID += 'x';", "v2", 30),
        ("console.info(process.env.BRAND_ID);", "v2", 26),
        ("const { LAMBDA_UUID: id } = process.env; console.info(id);", "v2", 9),
        ("console.info(process.env.X_LIVEPERSON_BRAND_ID);", "v1", 26),
    ],
)
def test_variables_of_the_platform_are_advice(advice: Review, body: str, platform: str, column: int) -> None:
    rest = "callback(null, 1)" if platform == "v1" else "return 1"
    code = f"async function lambda(input{', callback' if platform == 'v1' else ''}) {{\n{body}\n{rest} }}"
    assert advice(code, platform=platform) == [("reserved-variable", 2, column)]


@pytest.mark.parametrize(
    "body",
    [
        "console.info(process.env.NODE_ENV, process.env.GREETING);",
        "process.env.GREETING = 'x';",
        "const { X_LIVEPERSON_BRAND_ID: id } = process.env; console.info(id);",
        "const process = { env: {} }; process.env.NODE_ENV = 'x';",
    ],
)
def test_other_variables_are_left_alone(advice: Review, body: str) -> None:
    assert advice(f"async function lambda(input) {{\n{body}\nreturn 1 }}", platform="v2") == []


SLEEP = "const sleep = (ms) => new Promise((done) => setTimeout(done, ms));\n"


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("setTimeout(() => { setTimeout(input.f, 9) }, 9);", [(3, 20)]),
        ("function poll() { if (!input.x) setTimeout(poll, 9) }\npoll();", [(3, 33)]),
        ("function poll() { setTimeout(() => poll(), 9) }\npoll();", [(3, 19)]),
        ("while (!input.x) await new Promise((done) => setTimeout(done, 9));", [(3, 46)]),
        ("for (const x of [1]) { await sleep(x) }", [(3, 30)]),
        ("await sleep(9);\nawait sleep(9);", [(4, 7)]),
        ("setInterval(() => {}, 9);", [(3, 1)]),
        # once is no chain
        ("await sleep(9);", []),
        ("await Promise.race([fetch(input.url), new Promise((_, no) => setTimeout(no, 900))]);", []),
        ("const timer = setTimeout(input.f, 900); clearTimeout(timer);", []),
        ("const setTimeout = (f) => f(); for (;;) { setTimeout(input.f) }", []),
    ],
)
def test_waiting_in_steps_is_advice(advice: Review, body: str, places: list[tuple[int, int]]) -> None:
    code = f"{SLEEP}async function lambda(input) {{\n{body}\nreturn 1 }}"
    assert advice(code, platform="v2") == [("timer-chain", *place) for place in places]
