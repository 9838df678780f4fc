"""One Node for the tests that only ask, and what its answers are compared by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from faasctl.javascript.inspector import Inspector

Found = list[tuple[str, int, int]]
Review = Callable[..., Found]


@pytest.fixture(scope="package")
def reviewer() -> Iterator[Inspector]:
    with Inspector() as started:
        yield started


@pytest.fixture
def mistakes(reviewer: Inspector) -> Review:
    """Rule, line and column of every mistake in a review."""
    return lambda code, **known: _found(reviewer, code, known, "error")


@pytest.fixture
def advice(reviewer: Inspector) -> Review:
    """Rule, line and column of every warning in a review."""
    return lambda code, **known: _found(reviewer, code, known, "warning")


def _found(reviewer: Inspector, code: str, known: dict[str, Any], severity: str) -> Found:
    report = reviewer.review(code, **known)
    return [(found.rule, found.line, found.column) for found in report.problems if found.severity == severity]
