"""The one place that sends: time limits, repeats, and errors in place of answers that are no success."""

from __future__ import annotations

import json
import random
import time
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from faasctl import __version__
from faasctl.errors import (
    AnsweredError,
    DeadlinePassed,
    FaasctlError,
    NotSignedIn,
    Unreachable,
    UnreadableAnswer,
    UsageError,
)
from faasctl.liveperson.answers import error_for
from faasctl.liveperson.exchange import Answer, Request, unreadable
from faasctl.liveperson.retry import Fate, Repeat, fate_of, parse_retry_after, pause_before

if TYPE_CHECKING:
    from collections.abc import Callable

    import requests

    from faasctl.deadline import Deadline
    from faasctl.liveperson.network import Network

USER_AGENT = f"faasctl/{__version__}"
LARGEST_BODY = 20 * 1024 * 1024
CONNECT_SECONDS = 10.0
_CHUNK = 64 * 1024
_MAYBE_DONE = "It may have been carried out all the same. Run it again: faasctl looks before it writes."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Failure:
    error: AnsweredError
    fate: Fate
    retry_after: float | None = None


class Transport:
    """Keeps connections to the services. `random` gives 0 up to 1, for the pauses between repeats."""

    def __init__(self, network: Network, *, random: Callable[[], float] = random.random) -> None:
        from faasctl.liveperson.connections import open_session

        self.network = network
        self._random = random
        self._session = open_session(environment=network.reach_at is None)

    def close(self) -> None:
        self._session.close()

    def send(self, request: Request, deadline: Deadline) -> Answer:
        """The answer of a success (2xx). Repeats as `request.repeat` allows, within `deadline`.

        Raises the errors below AnsweredError, and DeadlinePassed.
        """
        repeat = 0
        while True:
            outcome = self._attempt(request, deadline)
            if isinstance(outcome, Answer):
                return outcome
            renewed = _renewed(request, outcome)
            if renewed is not None:
                request = renewed
                continue
            if not request.repeat.allows(outcome.fate):
                raise outcome.error
            repeat += 1
            self._pause(repeat, outcome, deadline)

    def send_once(self, request: Request, deadline: Deadline, applied: Callable[[], bool]) -> Answer | None:
        """Like `send`, for a call that must not be carried out twice.

        When it is unclear whether it was carried out, `applied` reads the account: None is returned when it was,
        and the call is repeated only when it was not.
        """
        unclear = False
        repeat = 0
        while True:
            outcome = self._attempt(request, deadline)
            if isinstance(outcome, Answer):
                return outcome
            renewed = _renewed(request, outcome)
            if renewed is not None:
                request = renewed
                continue
            unclear = unclear or outcome.fate is Fate.UNCLEAR
            if unclear and self._holds(applied, outcome):
                return None
            if not Repeat.ALWAYS.allows(outcome.fate):
                raise outcome.error
            repeat += 1
            self._pause(repeat, outcome, deadline)

    def _holds(self, applied: Callable[[], bool], failure: _Failure) -> bool:
        try:
            return applied()
        except FaasctlError:
            failure.error.hint = _MAYBE_DONE
            raise failure.error from None

    def _pause(self, repeat: int, failure: _Failure, deadline: Deadline) -> None:
        pause = pause_before(
            repeat, remaining=deadline.remaining(), retry_after=failure.retry_after, random=self._random
        )
        if pause is None:
            raise failure.error
        deadline.sleep(pause)

    def _attempt(self, request: Request, deadline: Deadline) -> Answer | _Failure:
        from requests import RequestException
        from urllib3.exceptions import HTTPError

        from faasctl.liveperson.failures import explain, hint_for

        seconds = min(self.network.call_seconds or request.seconds, deadline.remaining())
        if seconds <= 0:
            raise _too_late(request, deadline)
        request_id = str(uuid.uuid4())
        try:
            answer = self._exchange(request, request_id, seconds)
        except (RequestException, HTTPError, OSError) as error:
            reason, fate = explain(error, self._server(request), seconds)
            if deadline.passed and fate is not Fate.FINAL:
                raise _too_late(request, deadline) from None
            return _Failure(
                error=Unreachable(
                    f"{request.purpose} failed: {reason} (request id {request_id})",
                    hint=_hint(request, fate) or hint_for(error),
                    request_id=request_id,
                ),
                fate=fate,
            )
        except UnreadableAnswer as error:
            return _Failure(error=error, fate=Fate.FINAL)
        if answer.ok:
            return answer
        return _Failure(
            error=error_for(answer, request),
            fate=fate_of(answer.status),
            retry_after=parse_retry_after(answer.headers.get("retry-after"), time.time()),
        )

    def _exchange(self, request: Request, request_id: str, seconds: float) -> Answer:
        from urllib3.util import Timeout

        from faasctl.liveperson.connections import no_other_authorization

        headers = {"User-Agent": USER_AGENT, "Accept": "application/json", "X-Request-ID": request_id}
        headers.update(request.headers)
        host = self.network.host_header(request.host)
        if host:
            headers["Host"] = host
        content: Any = request.form
        if request.form is None and request.json is not None:
            headers["Content-Type"] = "application/json"
            content = encode(request)
        response = self._session.request(
            request.method,
            self.network.base_url(request.host) + request.path,
            params=list(request.query),
            data=content,
            headers=headers,
            auth=no_other_authorization,
            timeout=Timeout(total=seconds, connect=min(CONNECT_SECONDS, seconds)),  # type: ignore[arg-type]
            allow_redirects=False,
            verify=self.network.ca_bundle,
            stream=True,
        )
        try:
            return self._receive(response, request, request_id)
        finally:
            response.close()

    def _receive(self, response: requests.Response, request: Request, request_id: str) -> Answer:
        answer = Answer(
            status=response.status_code,
            server=self._server(request),
            request_id=request_id,
            headers={name.lower(): value for name, value in response.headers.items()},
            body=b"",
        )
        body = bytearray()
        for chunk in response.iter_content(_CHUNK):
            body += chunk
            if len(body) > LARGEST_BODY:
                raise unreadable(answer, request.purpose, f"is larger than {LARGEST_BODY // 1024 // 1024} MiB")
        return Answer(
            status=answer.status,
            server=answer.server,
            request_id=request_id,
            headers=answer.headers,
            body=bytes(body),
        )

    def _server(self, request: Request) -> str:
        from urllib.parse import urlsplit

        return request.host or urlsplit(self.network.base_url(None)).netloc


def _renewed(request: Request, failure: _Failure) -> Request | None:
    """The request with a new session, where the platform has ended its own; once."""
    if request.renew is None or not isinstance(failure.error, NotSignedIn):
        return None
    headers = request.renew()
    return None if headers is None else replace(request, headers=headers, renew=None)


def _hint(request: Request, fate: Fate) -> str | None:
    if fate is Fate.UNCLEAR and request.repeat is Repeat.NOT_CONNECTED:
        return "The function may have run all the same."
    if fate is Fate.UNCLEAR and request.repeat is Repeat.UNPROCESSED:
        return _MAYBE_DONE
    return None


def encode(request: Request) -> bytes:
    """The request's JSON; UsageError where it is none."""
    try:
        return json.dumps(request.json, allow_nan=False).encode()
    except (ValueError, TypeError, RecursionError) as error:
        raise UsageError(f"{request.purpose} failed: what is to be sent is not JSON: {error}") from None


def _too_late(request: Request, deadline: Deadline) -> DeadlinePassed:
    return DeadlinePassed(
        f"the deadline of {deadline.seconds:.3g} s passed while {request.purpose}",
        hint="Run it again: it resumes. Or give a longer --timeout.",
    )
