"""The matrix of verbs and faults, as docs/faults.json has it: what is run, and how it has to end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from tests.faults.conftest import Bot

FILE = Path(__file__).parents[2] / "docs/faults.json"


@dataclass(frozen=True, kw_only=True)
class Case:
    """`verb` while its call `method` on `service` meets the fault `plan`; it has to end with `status`.

    `start` says what the account holds before: nothing, the function, or the whole bot (`up` has run).
    """

    verb: str
    target: Literal["cloud", "local"]
    platform: str
    start: Literal["empty", "created", "up"]
    method: str
    service: str
    fault: str
    plan: Mapping[str, Any]
    timeout: str | None
    status: int

    @property
    def name(self) -> str:
        where = "" if (self.target, self.platform) == ("cloud", "v2") else f" {self.target} {self.platform}"
        return f"{self.verb}{where}: {self.fault} at {self.method} {self.service}"


def cases(*, writing: bool) -> list[Case]:
    """Those that change their account, or those that leave it as it is."""
    data = json.loads(FILE.read_text("utf-8"))
    faults = {fault["name"]: fault for fault in data["faults"]}
    return [
        Case(
            verb=row["verb"],
            target=row.get("target", "cloud"),
            platform=row.get("platform", "v2"),
            start=row["start"],
            method=row["method"],
            service=row["service"],
            fault=name,
            plan=faults[name]["plan"],
            timeout=faults[name].get("timeout"),
            status=status,
        )
        for row in data["rows"]
        for name, status in row["outcomes"].items()
        if (row["start"] != "up") == writing
    ]


def judge(case: Case, bot: Bot) -> None:
    """Runs the verb with the fault and once more without."""
    arguments = ("--message", "hi") if case.verb == "invoke" else ()
    hurry = ("--timeout", case.timeout) if case.timeout else ()
    bot.breaks({"method": case.method, "service": case.service, **case.plan})
    ended = bot.run(case.verb, *arguments, *hurry, target=case.target)
    assert "Traceback" not in ended.stdout + ended.stderr
    assert ended.status == case.status, (ended.stdout, ended.stderr)
    assert case.timeout or bot.hits()[0] >= 1
    if case.status != 0:
        assert ended.json["exit_code"] == case.status
        error = ended.json["error"]
        assert error["kind"] != "internal-error"
        assert error["message"]
        assert error["hint"], error
    bot.mends()
    converged = bot.run(case.verb, *arguments, target=case.target)
    assert converged.status == 0, (converged.stdout, converged.stderr)
    assert bot.function_names() == ["OrderBot"]
