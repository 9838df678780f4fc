"""An account of Functions V2 (functions-api §3-§8)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from faasctl.errors import AnsweredError, ChangedRemotely, NotFound, UnreadableAnswer
from faasctl.facts.states import DEPLOYMENTS_UNDER_WAY, DRAFT, PRODUCTIVE
from faasctl.liveperson.answers import changes_nothing, read_logs
from faasctl.liveperson.model import (
    Counts,
    Deployment,
    Event,
    EventInvocation,
    EventResult,
    Invocation,
    Manifest,
    RemoteFunction,
)
from faasctl.liveperson.parsing import parse_deployment, parse_event, parse_function
from faasctl.liveperson.reading import Fields, read_object, read_objects, wrong_type
from faasctl.liveperson.retry import Repeat
from faasctl.liveperson.v2_calls import CallsV2, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from faasctl.deadline import Deadline
    from faasctl.liveperson.credentials import SessionToken
    from faasctl.liveperson.domains import Domains
    from faasctl.liveperson.exchange import Answer, Request
    from faasctl.liveperson.oauth import AppTokens
    from faasctl.liveperson.sign_in import SignIn
    from faasctl.liveperson.transport import Transport


class PlatformV2:
    """Implements `Platform`; `deadline` is that of all calls together."""

    dialect = "v2"

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
        self._sign_in = sign_in
        self._deadline = deadline
        self._calls = CallsV2(account, domains, sign_in, tokens)
        self._names: dict[str, str] = {}

    @property
    def session(self) -> SessionToken:
        return self._sign_in.session(self._deadline)

    def refresh(self, *, deadline: Deadline | None = None) -> bool | None:
        return self._sign_in.refresh(self._sooner(deadline))

    def close(self) -> None:
        self._transport.close()

    # Functions

    def functions(self, *, deadline: Deadline | None = None) -> tuple[RemoteFunction, ...]:
        purpose = f"listing the functions of account {self.account}"
        until = self._sooner(deadline)
        answer = self._transport.send(self._calls.manage("GET", "/functions", purpose, until), until)
        return tuple(self._remember(parse_function(fields)) for fields in read_objects(answer, purpose))

    def function(self, uuid: str, *, deadline: Deadline | None = None) -> RemoteFunction:
        purpose = f"reading function {self._name(uuid)}"
        until = self._sooner(deadline)
        answer = self._transport.send(
            self._calls.manage("GET", f"/functions/{quoted(uuid)}", purpose, until), until
        )
        body = answer.json(purpose)
        if isinstance(body, list) and len(body) == 1:  # the official client has read either form (§4.2)
            body = body[0]
        return self._remember(parse_function(Fields(body, answer, purpose)))

    def create_function(
        self,
        name: str,
        *,
        description: str,
        event_id: str | None = None,
        skills: Sequence[str] = (),
        size: str | None = None,
        deadline: Deadline | None = None,
    ) -> RemoteFunction:
        purpose = f"creating function {name}"
        until = self._sooner(deadline)
        body: dict[str, Any] = {"name": name, "description": description}
        body |= {"eventId": event_id} if event_id else {}
        body |= {"skills": list(skills)} if skills else {}
        body |= {"size": size} if size else {}
        request = self._calls.manage("POST", "/functions", purpose, until, json=body)

        def created() -> RemoteFunction | None:
            for function in self.functions(deadline=until):
                if function.name == name and function.event_id == event_id:
                    return self.function(function.uuid, deadline=until)
            return None

        answer = self._transport.send_once(request, until, lambda: created() is not None)
        try:
            if answer is not None:
                return self._remember(parse_function(read_object(answer, purpose)))
        except UnreadableAnswer:
            function = created()
            if function is None:
                raise
            return function
        function = created()
        if function is None:
            raise NotFound(f"{purpose} failed: it was created, and somebody deleted it at once")
        return function

    def update_function(
        self, uuid: str, *, description: str, skills: Sequence[str], deadline: Deadline | None = None
    ) -> RemoteFunction:
        purpose = f"updating function {self._name(uuid)}"
        until = self._sooner(deadline)
        body = {"description": description, "skills": list(skills)}
        request = self._calls.manage(
            "PUT", f"/functions/{quoted(uuid)}", purpose, until, json=body, repeat=Repeat.ALWAYS
        )
        try:
            answer = self._transport.send(request, until)
        except AnsweredError as error:
            if changes_nothing(error):
                return self.function(uuid, deadline=until)
            raise
        return self._remember(parse_function(read_object(answer, purpose)))

    def update_manifest(
        self,
        uuid: str,
        manifest: Manifest,
        *,
        code: str | None = None,
        environment: Mapping[str, str] | None = None,
        deadline: Deadline | None = None,
    ) -> None:
        until = self._sooner(deadline)
        body: dict[str, Any] = {"version": manifest.version, "id": manifest.id}
        body |= {"code": code} if code is not None else {}
        body |= {"environment": dict(environment)} if environment is not None else {}
        request = self._calls.manage(
            "PUT",
            f"/functions/{quoted(uuid)}/manifest",
            f"updating the code of function {self._name(uuid)}",
            until,
            json=body,
        )

        def applied() -> bool:
            now = self.function(uuid, deadline=until).manifest
            return now is not None and (
                (code is None or now.code == code)
                and (environment is None or dict(now.environment) == dict(environment))
            )

        try:
            self._transport.send_once(request, until, applied)
        except AnsweredError as error:
            if not changes_nothing(error):
                raise

    def delete_function(self, uuid: str, *, deadline: Deadline | None = None) -> None:
        purpose = f"deleting function {self._name(uuid)}"
        until = self._sooner(deadline)
        request = self._calls.manage("DELETE", f"/functions/{quoted(uuid)}", purpose, until, repeat=Repeat.ALWAYS)
        try:
            self._transport.send(request, until)
        except NotFound:
            return

    # Deployments

    def deploy(self, uuid: str, *, deadline: Deadline | None = None) -> None:
        self._start_deployment("POST", "deploying", uuid, self._sooner(deadline))

    def redeploy(self, uuid: str, *, deadline: Deadline | None = None) -> None:
        self._start_deployment("PATCH", "redeploying", uuid, self._sooner(deadline))

    def undeploy(self, uuid: str, *, deadline: Deadline | None = None) -> None:
        until = self._sooner(deadline)
        purpose = f"undeploying function {self._name(uuid)}"
        request = self._calls.manage("DELETE", f"/deployments/{quoted(uuid)}", purpose, until)
        answer_was_lost = False

        def undeployed() -> bool:
            nonlocal answer_was_lost
            answer_was_lost = True
            return self.function(uuid, deadline=until).state == DRAFT

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

    def deployments(self, uuid: str | None = None, *, deadline: Deadline | None = None) -> tuple[Deployment, ...]:
        purpose = f"reading the deployments of account {self.account}"
        until = self._sooner(deadline)
        answer = self._transport.send(self._calls.manage("GET", "/deployments", purpose, until), until)
        found = [parse_deployment(fields) for fields in read_objects(answer, purpose)]
        if all(deployment.created_at for deployment in found):  # the order of the list is only inferred (§6)
            found.sort(key=lambda deployment: deployment.created_at or "", reverse=True)
        return tuple(entry for entry in found if uuid is None or entry.function_uuid == uuid)

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
        request = self._calls.test(uuid, purpose, payload, headers, until)
        answer, duration = self._timed(request, until)
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
        return Invocation(result=answer.json(purpose), duration=duration, request_id=answer.request_id)

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

    def counts(self, *, deadline: Deadline | None = None) -> Counts:
        until = self._sooner(deadline)
        return Counts(functions=self._count("functions", until), deployments=self._count("deployments", until))

    def _count(self, what: str, until: Deadline) -> int:
        purpose = f"counting the {what} of account {self.account}"
        answer = self._transport.send(self._calls.manage("GET", f"/{what}/count", purpose, until), until)
        number = answer.json(purpose)
        if not isinstance(number, int) or isinstance(number, bool):
            raise wrong_type(answer, purpose, "the body", "a whole number", number)
        return number

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
        return answer, time.perf_counter() - started


def _skill(skill_id: str | None) -> Sequence[tuple[str, str]]:
    return (("skillId", skill_id),) if skill_id else ()
