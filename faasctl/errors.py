"""Every error that a person may see, as one tree; each kind knows its exit status.

    FaasctlError
    ├── UsageError                 2   the command line
    ├── PrerequisiteMissing        2   this machine lacks something (Node)
    ├── InvalidDefinition          3   bot.yaml, code or scenarios; carries findings
    ├── InvalidDocument            3   a reply or rich content that was checked by itself
    ├── CredentialsError           4
    │   ├── NotSignedIn                missing, wrong or expired            (HTTP 401)
    │   └── PermissionMissing          signed in, but not allowed           (HTTP 403)
    ├── CheckFailed                5   a test, the test connection, a budget
    ├── FunctionFailed             5   the function threw or ran over       (HTTP 901)
    ├── PlatformError              6   the platform refused or broke        (other HTTP 4xx)
    │   ├── NotFound                                                        (HTTP 404)
    │   ├── RateLimited                                                     (HTTP 429)
    │   ├── PlatformBroke                                                   (HTTP 5xx)
    │   ├── Unreachable                network failure, no HTTP answer
    │   ├── UnreadableAnswer           an answer that is not the contract's
    │   └── DeploymentFailed
    ├── DeadlinePassed             7   our own deadline
    ├── Locked                     8   another run works on this definition
    ├── ChangedRemotely            8   the account changed meanwhile        (HTTP 409)
    ├── ConsentNeeded              9   a person must decide
    ├── RunInterrupted           130   Ctrl-C
    └── RunTerminated            143   SIGTERM

A message says what was wrong and where, the hint what to do next. Neither may hold a secret.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from faasctl.exit_codes import ExitCode

if TYPE_CHECKING:
    from faasctl.findings import Finding
    from faasctl.log_entry import LogEntry


class FaasctlError(Exception):
    """An error with a message for a person, a hint what to do, and an exit status.

    `kind` is the stable name that JSON output carries.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.INTERNAL
    kind: ClassVar[str] = "internal-error"

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(FaasctlError):
    exit_code = ExitCode.USAGE
    kind = "usage"


class PrerequisiteMissing(FaasctlError):
    exit_code = ExitCode.USAGE
    kind = "prerequisite-missing"


class InvalidDefinition(FaasctlError):
    """The definition, or what it refers to, breaks rules; all findings of one pass together."""

    exit_code = ExitCode.INVALID
    kind = "invalid-definition"

    def __init__(self, findings: Sequence[Finding], *, hint: str | None = None) -> None:
        count = len(findings)
        super().__init__(f"{count} {'mistake' if count == 1 else 'mistakes'} found", hint=hint)
        self.findings = tuple(findings)


class InvalidDocument(FaasctlError):
    """Documents that were checked by themselves have problems; the outcome's result holds them."""

    exit_code = ExitCode.INVALID
    kind = "invalid-document"


class CheckFailed(FaasctlError):
    """A check did not pass; `code` is the connector's error code, where it has one."""

    exit_code = ExitCode.FAILED
    kind = "check-failed"

    def __init__(self, message: str, *, hint: str | None = None, code: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.code = code


class DeadlinePassed(FaasctlError):
    exit_code = ExitCode.DEADLINE
    kind = "deadline-passed"


class Locked(FaasctlError):
    exit_code = ExitCode.LOCKED
    kind = "locked"


class ConsentNeeded(FaasctlError):
    exit_code = ExitCode.CONSENT
    kind = "consent-needed"


class RunInterrupted(FaasctlError):
    exit_code = ExitCode.INTERRUPTED
    kind = "interrupted"


class RunTerminated(FaasctlError):
    exit_code = ExitCode.TERMINATED
    kind = "terminated"


class AnsweredError(FaasctlError):
    """An error that stands for an answer of the platform (or for none).

    `code` is the platform's error code, `reason` its own words, `status` the HTTP status (None without an answer),
    `request_id` the X-Request-ID we sent, and `logs` the function's log entries where the platform returned some.
    Only the emulator tells the rest: `stack` is the stack trace of what a function threw, `seconds` what one took
    by itself whose process had to be started for the call.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        code: str | None = None,
        reason: str | None = None,
        status: int | None = None,
        request_id: str | None = None,
        logs: Sequence[LogEntry] = (),
        stack: str | None = None,
        seconds: float | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.code = code
        self.reason = reason
        self.status = status
        self.request_id = request_id
        self.logs = tuple(logs)
        self.stack = stack
        self.seconds = seconds

    @property
    def origin(self) -> str:
        """What the stack trace adds to the message: `at lambda (OrderBot/index.js:3:9), because of Error: …`."""
        lines = [line.strip() for line in (self.stack or "").splitlines()]
        frame = next((line for line in lines if line.startswith("at ") and "/index.js:" in line), None)
        causes = [line.replace("[cause]:", "because of", 1) for line in lines if line.startswith("[cause]: ")]
        return ", ".join(filter(None, [frame, *causes[-1:]]))


class CredentialsError(AnsweredError):
    exit_code = ExitCode.CREDENTIALS
    kind = "credentials"


class NotSignedIn(CredentialsError):
    kind = "not-signed-in"


class PermissionMissing(CredentialsError):
    kind = "permission-missing"


class FunctionFailed(AnsweredError):
    exit_code = ExitCode.FAILED
    kind = "function-failed"


class PlatformError(AnsweredError):
    exit_code = ExitCode.PLATFORM
    kind = "platform-refused"


class NotFound(PlatformError):
    kind = "not-found"


class RateLimited(PlatformError):
    kind = "rate-limited"


class PlatformBroke(PlatformError):
    kind = "platform-broke"


class Unreachable(PlatformError):
    kind = "unreachable"


class UnreadableAnswer(PlatformError):
    kind = "unreadable-answer"


class DeploymentFailed(PlatformError):
    kind = "deployment-failed"


class ChangedRemotely(AnsweredError):
    exit_code = ExitCode.LOCKED
    kind = "changed-remotely"
