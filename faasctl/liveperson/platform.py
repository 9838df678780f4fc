"""An account of the platform as the rest of faasctl sees it, whatever generation (V1, V2) is behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from faasctl.deadline import Deadline
    from faasctl.liveperson.credentials import SessionToken
    from faasctl.liveperson.model import (
        Counts,
        Deployment,
        Event,
        EventInvocation,
        Invocation,
        InvocationBucket,
        KeptEntry,
        Manifest,
        RemoteFunction,
    )

Dialect = Literal["v1", "v2"]
"""The generations of the platform (functions-api §0.3)."""


class Platform(Protocol):
    """One signed-in account.

    Each call keeps to the deadline that the object was made with, or to a sooner one that it is given; repeats
    are within it. Errors are those of faasctl.errors: the tree below AnsweredError, and DeadlinePassed.
    """

    @property
    def account(self) -> str: ...

    @property
    def dialect(self) -> Dialect:
        """Generation of the platform."""
        ...

    @property
    def session(self) -> SessionToken:
        """The session in use, for a later run to take up."""
        ...

    def refresh(self, *, deadline: Deadline | None = None) -> bool | None:
        """Whether the platform says that the session lives; None when it cannot be asked (a copied token)."""
        ...

    def functions(self, *, deadline: Deadline | None = None) -> tuple[RemoteFunction, ...]:
        """All functions; V2 lists them without their manifests."""
        ...

    def function(self, uuid: str, *, deadline: Deadline | None = None) -> RemoteFunction:
        """One function with its newest manifest; NotFound when there is none."""
        ...

    def create_function(
        self,
        name: str,
        *,
        description: str,
        event_id: str | None = None,
        skills: Sequence[str] = (),
        size: str | None = None,
        code: str = "",
        environment: Mapping[str, str] | None = None,
        deadline: Deadline | None = None,
    ) -> RemoteFunction:
        """Creates a function. V1 takes code and environment with it; for V2 `update_manifest` has to follow.

        The manifest that comes back says which of the two it was.

        When an answer was lost, the account is read again, so that never two functions come from one call.
        """
        ...

    def update_function(
        self, uuid: str, *, description: str, skills: Sequence[str], deadline: Deadline | None = None
    ) -> RemoteFunction:
        """Changes what is not versioned; nothing to change is no error."""
        ...

    def update_manifest(
        self,
        uuid: str,
        manifest: Manifest,
        *,
        code: str | None = None,
        environment: Mapping[str, str] | None = None,
        deadline: Deadline | None = None,
    ) -> None:
        """Changes code, environment or both, on top of `manifest`; None leaves as is. No change is no error."""
        ...

    def delete_function(self, uuid: str, *, deadline: Deadline | None = None) -> None:
        """Deletes; a function that is gone already is no error."""
        ...

    def deploy(self, uuid: str, *, deadline: Deadline | None = None) -> None:
        """Starts the deployment of a Draft; does not wait for its end."""
        ...

    def redeploy(self, uuid: str, *, deadline: Deadline | None = None) -> None:
        """Starts the deployment of a Modified function; does not wait for its end."""
        ...

    def undeploy(self, uuid: str, *, deadline: Deadline | None = None) -> None:
        """Starts the undeployment; does not wait for its end."""
        ...

    def deployments(self, uuid: str | None = None, *, deadline: Deadline | None = None) -> tuple[Deployment, ...]:
        """Deployment records of one function or all, newest first."""
        ...

    def test_invocation(
        self,
        uuid: str,
        payload: Any,
        *,
        headers: Sequence[tuple[str, str]] = (),
        deadline: Deadline | None = None,
    ) -> Invocation:
        """Runs the deployed function through the management API, with its log lines.

        FunctionFailed (with logs) when the function failed.
        """
        ...

    def invoke(
        self,
        uuid: str,
        payload: Any,
        *,
        headers: Sequence[tuple[str, str]] = (),
        deadline: Deadline | None = None,
    ) -> Invocation:
        """Runs the deployed function through the gateway, as the connector does; FunctionFailed when it failed."""
        ...

    def invoke_event(
        self,
        event_id: str,
        payload: Any,
        *,
        headers: Sequence[tuple[str, str]] = (),
        skill_id: str | None = None,
        deadline: Deadline | None = None,
    ) -> EventInvocation:
        """Runs all deployed functions that listen to the event; NotFound when none does."""
        ...

    def is_implemented(
        self, event_id: str, *, skill_id: str | None = None, deadline: Deadline | None = None
    ) -> bool:
        """Whether a deployed function listens to the event."""
        ...

    def events(self, *, deadline: Deadline | None = None) -> tuple[Event, ...]: ...

    def counts(self, *, deadline: Deadline | None = None) -> Counts: ...

    def kept_logs(
        self,
        uuid: str,
        *,
        start: int,
        end: int,
        levels: Sequence[str] = (),
        deadline: Deadline | None = None,
    ) -> tuple[KeptEntry, ...]:
        """One export of what the function logged, by time: 500 entries at most, seven days at most.

        Times are Unix time in milliseconds; no levels means all. `whole_spans.read_log` reads more.
        """
        ...

    def invocation_report(
        self, uuid: str, *, start: int, end: int, bucket: int, deadline: Deadline | None = None
    ) -> tuple[InvocationBucket, ...]:
        """One report of the function's invocations, in buckets of so many seconds (facts.invocation_reports).

        Times are Unix time in milliseconds. `whole_spans.read_report` reads more than one call may span.
        """
        ...

    def close(self) -> None:
        """Gives back the connections."""
        ...
