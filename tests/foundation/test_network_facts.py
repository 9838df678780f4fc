"""Which domains V1's allow-list takes, and which hosts may be allowed offline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.facts.network import allowed_domain_problem, allowed_host_problem


@pytest.mark.parametrize(
    "domain", ["example.com", "*.example.com", "localhost", "10.0.0.1", "a-b.c_d.example.com."]
)
def test_domains_that_the_list_takes(domain: str) -> None:
    assert allowed_domain_problem(domain) is None


@pytest.mark.parametrize(
    "domain",
    [
        *("", "*", "*.com", "*.*.example.com", "api.*.com", "*example.com", "-a.example.com", "a..b"),
        *("https://example.com", "example.com/x", "example.com:443", "exämple.com", "a b.com", "a" * 64 + ".com"),
    ],
)
def test_domains_that_the_list_refuses(domain: str) -> None:
    assert allowed_domain_problem(domain)


@pytest.mark.parametrize(
    "host", ["api.test", "*.example.com:8080", "127.0.0.1:80", "::1", "[::1]", "[::1]:443", "localhost:65535"]
)
def test_hosts_that_can_be_allowed_offline(host: str) -> None:
    assert allowed_host_problem(host) is None


@pytest.mark.parametrize(
    "host", ["", ":80", "http://api.test", "api.test/x", "a:b", "*.*.a.test:1", "a.test:123456"]
)
def test_hosts_that_cannot_be_allowed_offline(host: str) -> None:
    assert allowed_host_problem(host)


@given(st.text(max_size=40) | st.from_regex(r"(\*\.)?[a-z0-9-]{1,4}(\.[a-z]{1,3}){0,2}", fullmatch=True))
def test_what_the_list_takes_holds_nothing_but_a_name(text: str) -> None:
    problem = allowed_domain_problem(text)
    assert problem != ""
    if problem is None:
        assert not set(text) & set(" /:?#@")
        assert allowed_host_problem(text) is None
        assert allowed_host_problem(f"{text}:443") is None
