"""From the platform's JSON to the model: functions of V2, what both generations share (functions-api §4.1, §6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.liveperson.answers import read_logs
from faasctl.liveperson.model import Deployment, Event, Manifest, RemoteFunction

if TYPE_CHECKING:
    from faasctl.liveperson.reading import Fields
    from faasctl.log_entry import LogEntry


def parse_function(fields: Fields) -> RemoteFunction:
    """A function in any of its forms: bare, with `manifest`, or with `versions`."""
    return RemoteFunction(
        uuid=fields.filled_text("uuid"),
        name=fields.text("name"),
        state=fields.text("state"),
        description=fields.optional_text("description") or "",
        event_id=fields.optional_text("eventId"),
        skills=fields.texts("skills"),
        size=fields.optional_text("size"),
        manifest=_newest_manifest(fields),
    )


def parse_deployment(fields: Fields) -> Deployment:
    return Deployment(
        function_uuid=fields.filled_text("functionUuid"),
        state=fields.text("deploymentState"),
        manifest_version=fields.optional_whole_number("manifestVersion"),
        error=parse_deployment_error(fields),
        logs=parse_deployment_logs(fields),
        created_at=fields.optional_text("createdAt"),
        deployed_at=fields.optional_text("deployedAt"),
    )


def parse_event(fields: Fields) -> Event:
    event_id = fields.filled_text("eventId")
    return Event(
        event_id=event_id,
        name=fields.optional_text("eventName") or event_id,
        limit=fields.optional_whole_number("lambdaLimit"),
    )


def _newest_manifest(fields: Fields) -> Manifest | None:
    """`manifest`, else the highest of `versions` (that the first one is newest is only inferred, §4.2)."""
    if "manifest" in fields:
        return _parse_manifest(fields.child("manifest"))
    versions = [_parse_manifest(entry) for entry in fields.children("versions")]
    return max(versions, key=lambda manifest: manifest.version, default=None)


def _parse_manifest(fields: Fields) -> Manifest:
    return Manifest(
        id=fields.filled_text("id"),
        version=fields.whole_number("version"),
        code=fields.optional_text("code") or "",
        environment=fields.text_map("environment"),
        runtime=fields.optional_text("runtime") or "",
    )


def parse_deployment_error(fields: Fields) -> str | None:
    """The reason in `deploymentError`; its form is known of V1 alone (§4.3), so others are taken leniently."""
    error = fields.value("deploymentError")
    if isinstance(error, dict):
        error = error.get("errorMsg") or error.get("errorCode")
    return error if isinstance(error, str) and error else None


def parse_deployment_logs(fields: Fields) -> tuple[LogEntry, ...]:
    error = fields.value("deploymentError")
    return read_logs(error.get("errorLogs")) if isinstance(error, dict) else ()
