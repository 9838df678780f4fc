"""V1's HTTPClient inside deployed functions, against a web service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]


@pytest.fixture
def call(run_v1: Run, stub: str) -> Run:
    """What HTTPClient makes of a path and options, or the error that it throws."""

    def one(path: str, options: str = "{}") -> Any:
        return run_v1(
            f"""const {{ stub, path }} = input.payload;
  const shown = (error) => ({{
    name: error.name, message: error.message, statusCode: error.statusCode, error: error.error,
    response: error.response && error.response.statusCode, code: error.cause && error.cause.code,
  }});
  return Toolbelt.HTTPClient()(stub + path, {options}).catch(shown);""",
            {"stub": stub, "path": path},
        )

    return one


def test_an_error_status_is_told_as_request_promise_tells_it(call: Run) -> None:
    assert call("/status/404", "{ json: true }") == {
        "name": "StatusCodeError",
        "message": '404 - {"sorry":"/status/404"}',
        "statusCode": 404,
        "error": {"sorry": "/status/404"},
        "response": 404,
    }


def test_no_answer_is_told_as_request_promise_tells_it(run_v1: Run) -> None:
    told = run_v1(
        """return Toolbelt.HTTPClient()("http://127.0.0.1:1/")
    .catch(({ name, cause, error }) => [name, cause.code, error === cause]);"""
    )
    assert told == ["RequestError", "ECONNREFUSED", True]


def test_a_late_answer_is_told(call: Run) -> None:
    told = call("/slow", "{ timeout: 50 }")
    assert (told["name"], told["code"]) == ("RequestError", "ETIMEDOUT")


def test_the_whole_response_is_given(call: Run) -> None:
    whole = call("/status/404", "{ simple: false, resolveWithFullResponse: true, json: true }")
    assert (whole["statusCode"], whole["body"]) == (404, {"sorry": "/status/404"})
    assert whole["headers"]["content-length"]


def test_a_zipped_answer_is_unpacked_where_that_is_asked_for(call: Run) -> None:
    assert call("/zipped", "{ gzip: true }") == "a text"


def test_a_transformation_is_applied(call: Run) -> None:
    assert call("/json", "{ json: true, transform: (body, response) => [response.statusCode, body.ok[0]] }") == [
        200,
        1,
    ]


@pytest.mark.parametrize(
    ("status", "options", "method"),
    [
        (302, "", "GET"),
        (302, "method: 'POST', body: 'x', followAllRedirects: true", "GET"),
        (307, "method: 'POST', body: 'x', followAllRedirects: true", "POST"),
    ],
)
def test_redirections_are_followed(call: Run, status: int, options: str, method: str) -> None:
    assert call(f"/redirect/{status}?/echo", f"{{ json: true, {options} }}")["method"] == method


@pytest.mark.parametrize("options", ["followRedirect: false", "method: 'POST', body: 'x'"])
def test_redirections_that_are_not_to_be_followed_are_not(call: Run, options: str) -> None:
    assert call("/redirect/302", f"{{ {options} }}")["statusCode"] == 302


def test_a_loop_of_redirections_ends(call: Run) -> None:
    told = call("/loop")
    assert told["name"] == "RequestError"
    assert "Exceeded maxRedirects" in told["message"]


def test_nested_values_of_a_query_are_named_as_request_names_them(call: Run) -> None:
    path = call("/echo", "{ json: true, qs: { a: [1, 2], b: { c: 'x' } } }")["path"]
    assert path == "/echo?a%5B0%5D=1&a%5B1%5D=2&b%5Bc%5D=x"


def test_a_bearer_is_sent(call: Run) -> None:
    assert call("/echo", "{ json: true, auth: { bearer: 'tok' } }")["headers"] == {"authorization": "Bearer tok"}


def test_the_functions_own_headers_are_sent(run_v1: Run, stub: str) -> None:
    account, headers = run_v1(
        """const { headers } = await Toolbelt.HTTPClient()({ uri: input.payload + "/function", json: true });
  return [process.env.BRAND_ID, headers];""",
        stub,
    )
    assert headers["lp-url"] == account
    assert headers["user-agent"].startswith("LP-Lambda-")


@pytest.mark.parametrize(
    ("options", "words"),
    [("{ formData: {} }", "formData is not available"), ("{ method: 'POST', body: { a: 1 } }", "options.body")],
)
def test_what_cannot_be_sent_is_refused(call: Run, options: str, words: str) -> None:
    told = call("/echo", options)
    assert told["name"] == "RequestError"
    assert words in told["message"]
