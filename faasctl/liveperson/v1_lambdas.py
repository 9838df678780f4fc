"""Lambdas, which are V1's functions: from and to the platform's JSON (functions-api §4.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.facts.states import (
    DEPLOYING,
    DEPLOYMENTS_UNDER_WAY,
    DRAFT,
    FAILED,
    MODIFIED,
    SUCCESSFUL,
)
from faasctl.liveperson.model import Deployment, Manifest, RemoteFunction
from faasctl.liveperson.parsing import parse_deployment_error, parse_deployment_logs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from faasctl.liveperson.reading import Fields

_KNOWN_STATES = {state.lower(): state for state in (*DEPLOYMENTS_UNDER_WAY, SUCCESSFUL, FAILED)}


def parse_lambda(fields: Fields) -> RemoteFunction:
    return RemoteFunction(
        uuid=fields.filled_text("uuid"),
        name=fields.text("name"),
        state=fields.text("state"),
        description=fields.optional_text("description") or "",
        event_id=fields.optional_text("eventId"),
        skills=fields.texts("skills"),
        size=fields.optional_text("size"),
        manifest=_manifest(fields),
    )


def _manifest(fields: Fields) -> Manifest | None:
    """A lambda is its own manifest: code, environment and version are parts of it."""
    if "implementation" not in fields:
        return None
    implementation = fields.child("implementation")
    return Manifest(
        id=fields.filled_text("uuid"),
        version=fields.whole_number("version"),
        code=implementation.optional_text("code") or "",
        environment=_environment(implementation),
        runtime=(fields.child("runtime").optional_text("name") or "") if "runtime" in fields else "",
    )


def _environment(implementation: Fields) -> dict[str, str]:
    """An entry without a key is the official client's sign for none (§12.1)."""
    entries = implementation.children("environmentVariables")
    return {entry.text("key"): entry.optional_text("value") or "" for entry in entries if entry.value("key")}


def parse_last_deployment(fields: Fields) -> Deployment | None:
    """What became of the lambda's newest deployment; None for one that never was deployed."""
    if "lastDeployment" not in fields:
        return None
    last = fields.child("lastDeployment")
    if not any(name in last for name in ("uuid", "deploymentState", "createdAt")):
        return None
    error = parse_deployment_error(last)
    return Deployment(
        function_uuid=fields.filled_text("uuid"),
        state=_deployment_state(last, failed=error is not None),
        manifest_version=last.optional_whole_number("lambdaVersion"),
        error=error,
        logs=parse_deployment_logs(last),
        created_at=last.optional_text("createdAt"),
        deployed_at=last.optional_text("deployedAt"),
    )


def _deployment_state(last: Fields, *, failed: bool) -> str:
    """The states of V1 are not published: by V2's words where they fit, else by what stands beside the state."""
    known = _KNOWN_STATES.get((last.optional_text("deploymentState") or "").lower())
    if known is not None:
        return known
    if failed:
        return FAILED
    return SUCCESSFUL if "deployedAt" in last else DEPLOYING


def new_lambda(
    name: str,
    *,
    description: str,
    event_id: str | None,
    skills: Sequence[str],
    size: str | None,
    runtime: Mapping[str, Any],
    code: str,
    environment: Mapping[str, str],
) -> dict[str, Any]:
    """The body that creates a lambda; one without code is refused by the platform when it is deployed."""
    body: dict[str, Any] = {
        "uuid": "",
        "version": -1,
        "name": name,
        "description": description,
        "state": DRAFT,
        "runtime": dict(runtime),
        "implementation": {"code": code, "dependencies": [], "environmentVariables": _pairs(environment)},
    }
    body |= {"eventId": event_id} if event_id else {}
    body |= {"skills": list(skills)} if skills else {}
    body |= {"size": size} if size else {}
    return body


def changed_lambda(
    whole: Mapping[str, Any],
    *,
    version: int | None = None,
    description: str | None = None,
    skills: Sequence[str] | None = None,
    code: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The body that updates a lambda: all of it as it was read, with the changes; None leaves as is.

    `version` is the one that the change is made on top of.
    """
    body = dict(whole)
    body["state"] = DRAFT if whole.get("state") == DRAFT else MODIFIED
    implementation = dict(whole.get("implementation") or {})
    if code is not None:
        implementation["code"] = code
    if environment is not None:
        implementation["environmentVariables"] = _pairs(environment)
    body["implementation"] = implementation
    changes = {"version": version, "description": description, "skills": None if skills is None else list(skills)}
    return body | {key: value for key, value in changes.items() if value is not None}


def _pairs(values: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in values.items()]
