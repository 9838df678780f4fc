"""What both generations have in common: the session, and the calls that differ in path and query alone."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from faasctl.errors import AnsweredError, ChangedRemotely, NotFound, UnreadableAnswer
from faasctl.facts.states import DEPLOYMENTS_UNDER_WAY, DRAFT, MARKED_UNDEPLOYED, PRODUCTIVE
from faasctl.liveperson.answers import alone, changes_nothing, read_logs
from faasctl.liveperson.calls import Calls, Query, Wire, quoted
from faasctl.liveperson.invocation_report import parse_report, report_query
from faasctl.liveperson.kept_logs import ACCEPT, export_query, parse_export
from faasctl.liveperson.model import (
    Deployment,
    Event,
    EventInvocation,
    EventResult,
    Invocation,
    InvocationBucket,
    KeptEntry,
    RemoteFunction,
)
from faasctl.liveperson.parsing import parse_event
from faasctl.liveperson.reading import read_object, read_objects
from faasctl.liveperson.retry import Repeat

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from faasctl.deadline import Deadline
    from faasctl.liveperson.credentials import SessionToken
    from faasctl.liveperson.domains import Domains
    from faasctl.liveperson.exchange import Answer, Request
    from faasctl.liveperson.network import Network
    from faasctl.liveperson.oauth import AppTokens
    from faasctl.liveperson.sign_in import SignIn
    from faasctl.liveperson.transport import Transport


class SignedInAccount(ABC):
    """The part of `Platform` that does not depend on the generation; `deadline` is that of all calls together."""

    wire: Wire
    collection: str
    """Path of the account's functions."""

    def __init__(
        self,
        account: str,
        *,
        transport: Transport,
        domains: Domains,
        sign_in: SignIn,
        tokens: AppTokens | None,
        deadline: Deadline,
    ) -> None:
        self.account = account
        self._transport = transport
        self._domains = domains
        self._sign_in = sign_in
        self._tokens = tokens
        self._deadline = deadline
        self._calls = Calls(self.wire, account, domains, sign_in, tokens)
        self._names: dict[str, str] = {}

    @property
    def session(self) -> SessionToken:
        return self._sign_in.session(self._deadline)

    def refresh(self, *, deadline: Deadline | None = None) -> bool | None:
        return self._sign_in.refresh(self._sooner(deadline))

    @property
    def network(self) -> Network:
        return self._transport.network

    def through(self, transport: Transport) -> SignedInAccount:
        """The same account and session, over another transport, which the caller closes."""
        return type(self)(
            self.account,
            transport=transport,
            domains=self._domains,
            sign_in=self._sign_in,
            tokens=self._tokens,
            deadline=self._deadline,
        )

    def close(self) -> None:
        self._transport.close()

    # What each generation says in its own way

    @abstractmethod
    def functions(self, *, deadline: Deadline | None = None) -> tuple[RemoteFunction, ...]: ...

    @abstractmethod
    def function(self, uuid: str, *, deadline: Deadline | None = None) -> RemoteFunction: ...

    @abstractmethod
    def deployments(
        self, uuid: str | None = None, *, deadline: Deadline | None = None
    ) -> tuple[Deployment, ...]: ...

    @abstractmethod
    def _test_route(self, uuid: str) -> tuple[str, str]:
        """Service and path of a test invocation."""

    @abstractmethod
    def _logs_route(self, uuid: str) -> tuple[str, Query]:
        """Path and query of a log export."""

    # Functions

    def _path(self, uuid: str) -> str:
        return f"{self.collection}/{quoted(uuid)}"

    def _create(
        self,
        request: Request,
        name: str,
        event_id: str | None,
        until: Deadline,
        read: Callable[[Answer], RemoteFunction],
    ) -> RemoteFunction:
        """Sends a creation once. `read` takes the function from the answer; where there is none, or none that
        can be read, the account tells what became of it."""

        def created() -> RemoteFunction | None:
            for function in self.functions(deadline=until):
                if function.name == name and function.event_id == event_id:
                    return self.function(function.uuid, deadline=until)
            return None

        answer = self._transport.send_once(request, until, lambda: created() is not None)
        try:
            if answer is not None:
                return self._remember(read(answer))
        except UnreadableAnswer:
            function = created()
            if function is None:
                raise
            return function
        function = created()
        if function is None:
            raise NotFound(f"{request.purpose} failed: it was created, and somebody deleted it at once")
        return function

    def _send_change(self, request: Request, until: Deadline, applied: Callable[[], bool]) -> None:
        """Sends an update once; that it changes nothing is no error."""
        try:
            self._transport.send_once(request, until, applied)
        except AnsweredError as error:
            if not changes_nothing(error):
                raise

    def delete_function(self, uuid: str, *, deadline: Deadline | None = None) -> None:
        purpose = f"deleting function {self._name(uuid)}"
        until = self._sooner(deadline)
        request = self._calls.manage("DELETE", self._path(uuid), purpose, until, repeat=Repeat.ALWAYS)
        try:
            self._transport.send(request, until)
        except NotFound:
            return

    # Deployments

    def deploy(self, uuid: str, *, deadline: Deadline | None = None) -> None:
        self._start_deployment("POST", "deploying", uuid, self._sooner(deadline))

    def undeploy(self, uuid: str, *, deadline: Deadline | None = None) -> None:
        until = self._sooner(deadline)
        purpose = f"undeploying function {self._name(uuid)}"
        request = self._calls.manage("DELETE", f"/deployments/{quoted(uuid)}", purpose, until)
        answer_was_lost = False

        def undeployed() -> bool:
            nonlocal answer_was_lost
            answer_was_lost = True
            return self.function(uuid, deadline=until).state in (DRAFT, MARKED_UNDEPLOYED)

        try:
            self._transport.send_once(request, until, undeployed)
        except ChangedRemotely:
            if not answer_was_lost:
                raise
            # what the repeat collided with is the undeployment that the first call started

    def _start_deployment(self, method: str, verb: str, uuid: str, until: Deadline) -> None:
        request = self._calls.manage(
            method, f"/deployments/{quoted(uuid)}", f"{verb} function {self._name(uuid)}", until
        )

        def started() -> bool:
            newest = self.deployments(uuid, deadline=until)[:1]
            if any(deployment.state in DEPLOYMENTS_UNDER_WAY for deployment in newest):
                return True
            return self.function(uuid, deadline=until).state == PRODUCTIVE

        self._transport.send_once(request, until, started)

    # Invocations

    def test_invocation(
        self,
        uuid: str,
        payload: Any,
        *,
        headers: Sequence[tuple[str, str]] = (),
        deadline: Deadline | None = None,
    ) -> Invocation:
        purpose = f"testing function {self._name(uuid)}"
        until = self._sooner(deadline)
        service, path = self._test_route(uuid)
        answer, duration = self._timed(self._calls.test(service, path, purpose, payload, headers, until), until)
        fields = read_object(answer, purpose)
        return Invocation(
            result=fields.value("result"),
            logs=read_logs(fields.value("logs")),
            duration=duration,
            request_id=answer.request_id,
        )

    def invoke(
        self,
        uuid: str,
        payload: Any,
        *,
        headers: Sequence[tuple[str, str]] = (),
        deadline: Deadline | None = None,
    ) -> Invocation:
        purpose = f"invoking function {self._name(uuid)}"
        until = self._sooner(deadline)
        request = self._calls.invocation(f"/lambdas/{quoted(uuid)}/invoke", purpose, payload, headers, until)
        answer, duration = self._timed(request, until)
        result = answer.json(purpose) if answer.body else None  # V1, of a function that returned nothing (§18, 15)
        return Invocation(result=result, duration=duration, request_id=answer.request_id)

    def invoke_event(
        self,
        event_id: str,
        payload: Any,
        *,
        headers: Sequence[tuple[str, str]] = (),
        skill_id: str | None = None,
        deadline: Deadline | None = None,
    ) -> EventInvocation:
        purpose = f"invoking the functions on event {event_id}"
        until = self._sooner(deadline)
        request = self._calls.invocation(
            f"/events/{quoted(event_id)}/invoke", purpose, payload, headers, until, query=_skill(skill_id)
        )
        answer, duration = self._timed(request, until)
        results = tuple(
            EventResult(function_uuid=fields.filled_text("uuid"), result=fields.value("result"))
            for fields in read_objects(answer, purpose)
        )
        if not results:  # V1 answers 200 where V2 answers 404 (§7.3)
            raise NotFound(
                f"{purpose} failed: no deployed function listens to it (request id {answer.request_id})",
                hint="Run `faasctl deploy`.",
                status=answer.status,
                request_id=answer.request_id,
            )
        return EventInvocation(results=results, duration=duration, request_id=answer.request_id)

    def is_implemented(
        self, event_id: str, *, skill_id: str | None = None, deadline: Deadline | None = None
    ) -> bool:
        purpose = f"asking whether a function listens to event {event_id}"
        until = self._sooner(deadline)
        request = self._calls.gateway_read(
            f"/events/{quoted(event_id)}/isImplemented", purpose, until, query=_skill(skill_id)
        )
        return read_object(self._transport.send(request, until), purpose).flag("implemented")

    # The account

    def events(self, *, deadline: Deadline | None = None) -> tuple[Event, ...]:
        purpose = f"reading the events of account {self.account}"
        until = self._sooner(deadline)
        answer = self._transport.send(self._calls.manage("GET", "/events", purpose, until), until)
        return tuple(parse_event(fields) for fields in read_objects(answer, purpose))

    def kept_logs(
        self,
        uuid: str,
        *,
        start: int,
        end: int,
        levels: Sequence[str] = (),
        deadline: Deadline | None = None,
    ) -> tuple[KeptEntry, ...]:
        purpose = f"reading the logs of function {self._name(uuid)}"
        until = self._sooner(deadline)
        path, which = self._logs_route(uuid)
        query = (*which, *export_query(start, end, levels))
        request = self._calls.manage("GET", path, purpose, until, query=query, accept=ACCEPT)
        return parse_export(self._transport.send(request, until), purpose)

    def invocation_report(
        self, uuid: str, *, start: int, end: int, bucket: int, deadline: Deadline | None = None
    ) -> tuple[InvocationBucket, ...]:
        purpose = f"reading the invocations of function {self._name(uuid)}"
        until = self._sooner(deadline)
        path, query = f"/reports/invocations/{quoted(uuid)}", report_query(start, end, bucket)
        answer = self._transport.send(self._calls.manage("GET", path, purpose, until, query=query), until)
        return parse_report(read_object(answer, purpose))

    def _sooner(self, deadline: Deadline | None) -> Deadline:
        if deadline is None or deadline.remaining() > self._deadline.remaining():
            return self._deadline
        return deadline

    def _remember(self, function: RemoteFunction) -> RemoteFunction:
        self._names[function.uuid] = function.name
        return function

    def _name(self, uuid: str) -> str:
        """How messages call a function: by its name, once that is known."""
        return self._names.get(uuid, uuid)

    def _timed(self, request: Request, until: Deadline) -> tuple[Answer, float]:
        started = time.perf_counter()
        answer = self._transport.send(request, until)
        function = alone(answer)
        return answer, time.perf_counter() - started if function is None else function


def _skill(skill_id: str | None) -> Query:
    return (("skillId", skill_id),) if skill_id else ()
