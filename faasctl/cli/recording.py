"""`faasctl test --record`: writes what was found into the scenario files."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faasctl.cli.run import Run
    from faasctl.conversation.scenarios.model import ScenarioFile
    from faasctl.conversation.scenarios.results import SuiteResult


def record_all(run: Run, files: Sequence[ScenarioFile], suite: SuiteResult) -> None:
    """Changes the files of scenarios that ran to their end, and tells what was changed."""
    from faasctl.conversation.scenarios.recording import record
    from faasctl.files import write_atomic
    from faasctl.rollout.events import Noted

    told: list[dict[str, object]] = []
    for file in files:
        results = [
            result
            for result in suite.results
            if result.scenario.place.file == file.file and result.status == "passed"
        ]
        path = Path(file.file)
        before = path.read_bytes().decode("utf-8-sig")
        recorded = record(before, results)
        if recorded.steps:
            write_atomic(path, recorded.text, mode=stat.S_IMODE(path.stat().st_mode))
            run.tell(Noted(text=f"{recorded.steps} {_steps(recorded.steps)} recorded in {file.file}"))
        if recorded.left:
            run.tell(
                Noted(
                    text=f"{recorded.left} {_steps(recorded.left)} of {file.file} left as they are: the cases of "
                    "a scenario behave differently; use variables there"
                )
            )
        told.append({"file": file.file, "steps": recorded.steps, "left": recorded.left})
    run.outcome.result["recorded"] = told


def _steps(count: int) -> str:
    return "step" if count == 1 else "steps"
