"""Which permissions a signed-in user has, as far as the published API lets one find out.

No published call tells a user's permissions. So each is tried on a function that does not exist: whoever lacks the
permission is refused (401, 403), whoever has it is told that there is no such function. Nothing can be changed.
That the platform checks the permission first is an assumption (faasctl.facts.assumptions).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from faasctl.errors import AnsweredError, NotFound, NotSignedIn, PermissionMissing
from faasctl.facts import permissions

if TYPE_CHECKING:
    from collections.abc import Callable

    from faasctl.liveperson.platform import Platform


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """`roles` can have it, `verbs` need it; `held` is None where it could not be found out."""

    name: str
    roles: tuple[str, ...]
    verbs: tuple[str, ...]
    held: bool | None


def probe_permissions(platform: Platform) -> tuple[Permission, ...]:
    """Four calls, none of which can change anything.

    DeadlinePassed, Unreachable, and NotSignedIn for a session that has ended, are the caller's.
    """
    nothing = str(uuid.uuid4())
    return (
        _tried(platform, "read functions", permissions.READ, ("status", "plan"), platform.functions),
        _tried(
            platform,
            "create, change and delete functions",
            permissions.EDIT,
            ("up", "create"),
            # V1 updates what it has read, and reading needs less
            lambda: (
                platform.delete_function(nothing)
                if platform.dialect == "v1"
                else platform.update_function(nothing, description="", skills=())
            ),
        ),
        _tried(
            platform,
            "deploy and undeploy functions",
            permissions.DEPLOY,
            ("up", "deploy"),
            lambda: platform.deploy(nothing),
        ),
        _tried(
            platform,
            "invoke functions",
            permissions.INVOKE,
            ("up", "test-connection", "invoke", "chat", "test"),
            lambda: platform.test_invocation(nothing, {}),
        ),
    )


def _tried(
    platform: Platform, name: str, roles: frozenset[str], verbs: tuple[str, ...], attempt: Callable[[], object]
) -> Permission:
    held: bool | None
    try:
        attempt()
        held = True
    except NotFound:
        held = True
    except NotSignedIn:
        if platform.refresh() is False:  # the session itself is over, which says nothing of permissions
            raise
        held = False
    except PermissionMissing:
        held = False
    except AnsweredError as error:
        if error.status is None:
            raise
        held = None
    return Permission(name=name, roles=tuple(sorted(roles)), verbs=verbs, held=held)
