"""A function as the emulator keeps it, and how the platform writes it (functions-api §4.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from faasctl.emulator.times import iso

RUNTIME = "nodejs22"
"""Assumed (functions-api §18, 6)."""
SPEC = "v1.0.0"
DEFAULT_SIZE = "S"


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """`serving_version` and `serving_deployment` tell what answers invocations; None while a Draft.

    `undeployed_from` is the Unix time at which a running undeployment is over. `sample_payload` is V1's alone, and
    JSON text.
    """

    uuid: str
    account: str
    name: str
    description: str
    event_id: str | None
    state: str
    skills: tuple[str, ...]
    size: str
    manifest_id: str
    serving_version: int | None
    serving_deployment: str | None
    undeployed_from: float | None
    sample_payload: str | None
    created_at: float
    created_by: str
    updated_at: float
    updated_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a function's manifest. `interface` and `module` are what its code was found to be."""

    version: int
    code: str
    environment: Mapping[str, str]
    custom_dependencies: Mapping[str, str]
    runtime: str
    interface: Literal["v1", "v2"]
    module: Literal["esm", "commonjs"]
    created_at: float
    created_by: str


def meta(function: Function) -> dict[str, Any]:
    """`LPFnMeta`."""
    data = {
        "uuid": function.uuid,
        "name": function.name,
        "description": function.description,
        "state": function.state,
        "eventId": function.event_id,
        "skills": list(function.skills),
        "size": function.size,
        "isCompV1": False,
        "createdAt": iso(function.created_at),
        "createdBy": function.created_by,
        "updatedAt": iso(function.updated_at),
        "updatedBy": function.updated_by,
    }
    if function.event_id is None:
        del data["eventId"]
    return data


def manifest(function: Function, version: Version) -> dict[str, Any]:
    """`LPFnManifest`."""
    return {
        "id": function.manifest_id,
        "version": version.version,
        "runtime": version.runtime,
        "spec": SPEC,
        "code": version.code,
        "customDependencies": dict(version.custom_dependencies),
        "environment": dict(version.environment),
        "createdAt": iso(version.created_at),
        "createdBy": version.created_by,
        "updatedAt": iso(version.created_at),
        "updatedBy": version.created_by,
    }
