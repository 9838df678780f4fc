"""A request to the platform and its answer, as data."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from faasctl.errors import UnreadableAnswer
from faasctl.liveperson.retry import Repeat
from faasctl.nesting import DEEPEST, is_text_deeper

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_SOMEBODY_ELSE = "Something between here and the platform (a proxy, a sign-in page) may have answered instead."
ANSWER_SECONDS = 30.0
"""How long one attempt of a usual call may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One call. `purpose` is what it is for, as a gerund for messages: `creating function OrderBot`.

    `host` is the service's (None for the domain API), `path` is quoted already. Either `json` or `form` is the
    body. `permission` is the role that the call needs. `seconds` bounds one attempt. `renew` gives the headers of
    a new session after the platform has ended the one in `headers`, None where there can be none.
    """

    method: str
    host: str | None
    path: str
    purpose: str
    query: Sequence[tuple[str, str]] = ()
    json: Any = None
    form: Mapping[str, str] | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    permission: str | None = None
    repeat: Repeat = Repeat.UNPROCESSED
    seconds: float = ANSWER_SECONDS
    renew: Callable[[], Mapping[str, str] | None] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An HTTP answer, whatever its status. Names of `headers` are lower case; `server` is for messages."""

    status: int
    server: str
    request_id: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        """Any 2xx: the exact success statuses of V2's writes are unknown (functions-api §18, 2)."""
        return 200 <= self.status < 300

    def json(self, purpose: str) -> Any:
        """The body as JSON; UnreadableAnswer when it is none, or nested deeper than can be worked with."""
        try:
            value = json.loads(self.body)
        except ValueError:
            raise unreadable(self, purpose, f"is not JSON: {_excerpt(self.body)}") from None
        except RecursionError:
            raise _too_deep(self, purpose) from None
        if is_text_deeper(self.body, value):
            raise _too_deep(self, purpose)
        return value


def unreadable(answer: Answer, purpose: str, fault: str, *, hint: str = _SOMEBODY_ELSE) -> UnreadableAnswer:
    """The error for an answer that is not what the platform documents; `fault` completes "the answer …"."""
    return UnreadableAnswer(
        f"{purpose} failed: the answer of {answer.server} (HTTP {answer.status}, request id {answer.request_id}) "
        f"{fault}",
        hint=hint,
        status=answer.status,
        request_id=answer.request_id,
    )


def _too_deep(answer: Answer, purpose: str) -> UnreadableAnswer:
    return unreadable(
        answer,
        purpose,
        f"is nested deeper than {DEEPEST} levels",
        hint="Where it is a function's answer: look for an object that is put into itself again and again.",
    )


def _excerpt(body: bytes) -> str:
    if not body:
        return "it is empty"
    text = " ".join(body[:400].decode("utf-8", "replace").split())
    return "".join(sign for sign in text if sign.isprintable())[:80]
