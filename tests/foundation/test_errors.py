from __future__ import annotations

from collections.abc import Iterator

from faasctl import errors
from faasctl.errors import AnsweredError, FaasctlError
from faasctl.exit_codes import MEANINGS, ExitCode


def tree(root: type[FaasctlError] = FaasctlError) -> Iterator[type[FaasctlError]]:
    yield root
    for branch in root.__subclasses__():
        if branch.__module__ == errors.__name__:
            yield from tree(branch)


def test_each_kind_is_told_by_its_own_name() -> None:
    kinds = [error.__dict__["kind"] for error in tree() if "kind" in error.__dict__]
    assert len(kinds) == len(set(kinds)) > 10


def test_the_docstring_draws_every_error() -> None:
    drawn = {line.strip(" │├└─").partition(" ")[0] for line in str(errors.__doc__).splitlines()}
    assert {error.__name__ for error in tree()} - {AnsweredError.__name__} <= drawn  # a base alone


def test_every_exit_status_is_explained() -> None:
    assert set(MEANINGS) == set(ExitCode)
