"""A function as V1 writes it, a lambda, and what a lambda in a request's body says (functions-api §4.3)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from faasctl.emulator.functions import rules
from faasctl.emulator.functions.errors import invalid
from faasctl.emulator.times import iso
from faasctl.emulator.v1.runtimes import RUNTIME, check_runtime
from faasctl.facts import limits, states

if TYPE_CHECKING:
    from faasctl.emulator.functions.model import Function, Version
    from faasctl.emulator.functions.rules import ManifestChange, MetaChange

_NO_SAMPLE: dict[str, Any] = {"headers": [], "payload": {}}


@dataclass(frozen=True, slots=True, kw_only=True)
class LambdaChange:
    """What a body says. `version` is the one that the caller started from."""

    version: int
    meta: MetaChange
    implementation: ManifestChange


def state_of(function: Function) -> str:
    """V1 tells by the state that an undeployment runs (functions-api §4.4)."""
    return function.state if function.undeployed_from is None else states.MARKED_UNDEPLOYED


def lambda_of(function: Function, version: Version, deployment: Mapping[str, Any] | None) -> dict[str, Any]:
    """`deployment` is the newest record of deployments.Deployments; None when it never was deployed."""
    data = {
        "uuid": function.uuid,
        "version": version.version,
        "name": function.name,
        "description": function.description,
        "eventId": function.event_id,
        "samplePayload": _NO_SAMPLE if function.sample_payload is None else json.loads(function.sample_payload),
        "state": state_of(function),
        "runtime": RUNTIME,
        "createdAt": iso(function.created_at),
        "createdBy": function.created_by,
        "updatedAt": iso(function.updated_at),
        "updatedBy": function.updated_by,
        "minInstances": 0,
        "size": function.size,
        "skills": list(function.skills),
        "lastDeployment": {} if deployment is None else _deployment(function, deployment),
        "implementation": {
            "code": version.code,
            "dependencies": _pairs(version.custom_dependencies),
            "environmentVariables": _pairs(version.environment),
        },
    }
    if function.event_id is None:
        del data["eventId"]
    return data


def _deployment(function: Function, record: Mapping[str, Any]) -> dict[str, Any]:
    data = {
        "uuid": record["uuid"],
        "name": function.name,
        "lambdaUUID": function.uuid,
        "lambdaVersion": record["manifestVersion"],
        "imageName": f"{function.name.lower()}:{record['manifestVersion']}",
        "deploymentState": record["deploymentState"],
    }
    for name in ("deploymentError", "createdAt", "updatedAt", "deployedAt", "createdBy", "updatedBy"):
        if name in record:
            data[name] = record[name]
    return data


def _pairs(values: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in values.items()]


def read_lambda(body: Mapping[str, Any], event: str | None, *, loose: bool) -> LambdaChange:
    """The change that `body` asks for, of a lambda on `event`; refused where V1's rules do not let it pass.

    What the server alone decides (state, dates, who, lastDeployment) is taken and ignored: official clients send
    back the whole lambda that they read. `loose` takes the looser limit where sources disagree.
    """
    version = body.get("version", -1)
    if not isinstance(version, int) or isinstance(version, bool):
        raise invalid("version must be a whole number")
    state = body.get("state")
    if state is not None and not (isinstance(state, str) and state in states.V1_FUNCTION_STATES):
        raise invalid(f"there is no state {state!r}")
    check_runtime(body.get("runtime"))
    return LambdaChange(
        version=version,
        meta=rules.MetaChange(
            description=rules.description(body, "v1", loose=loose),
            skills=rules.skills(body, event, "v1"),
            size=rules.size(body),
            sample_payload=_sample_payload(body.get("samplePayload")),
        ),
        implementation=_implementation(body.get("implementation")),
    )


def _sample_payload(given: Any) -> str | None:
    """None where it is the one that a lambda shows that has none."""
    if given is None or given == _NO_SAMPLE:
        return None
    if not isinstance(given, dict):
        raise invalid("samplePayload must be an object")
    text = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    most = limits.SAMPLE_PAYLOAD_CHARACTERS.of("v1")
    if len(text) > most:
        raise invalid(f"the samplePayload may have at most {most} characters, not {len(text)}")
    return text


def _implementation(given: Any) -> ManifestChange:
    if given is None:
        given = {}
    if not isinstance(given, dict):
        raise invalid("implementation must be an object")
    manifest: dict[str, Any] = {"code": given.get("code")}
    if given.get("environmentVariables") is not None:
        manifest["environment"] = _mapping("environmentVariables", given["environmentVariables"])
    if given.get("dependencies") is not None:
        manifest["customDependencies"] = _mapping("dependencies", given["dependencies"])
    return rules.manifest_change(manifest, "v1")


def _mapping(what: str, pairs: Any) -> dict[str, str]:
    """`[{key, value}]` as a mapping; a key that is there twice is refused."""
    if not isinstance(pairs, list) or not all(map(_is_pair, pairs)):
        raise invalid(f"{what} must be a list of objects with key and value")
    values = {pair["key"]: pair["value"] for pair in pairs}
    if len(values) < len(pairs):
        raise invalid(f"a key of {what} is there twice")
    return values


def _is_pair(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("key"), str) and isinstance(value.get("value"), str)
