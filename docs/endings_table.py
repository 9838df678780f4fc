"""The tables of how functions end, from the very cases that the tests run."""

from __future__ import annotations

from tables import table

from faasctl.facts import limits
from tests.emulator.runtime.endings import ENDINGS, UNLOADABLE


def endings_table() -> str:
    rows = []
    for ending in ENDINGS:
        interfaces = [name for name in ("V2", "V1") if getattr(ending, name.lower()) is not None]
        error = ending.error
        status = 200 if error is None else error.status
        codes = [] if error is None else [error.code if name == "V2" else error.v1 for name in interfaces]
        reads = ending.reads.replace("{seconds}", str(limits.EXECUTION_SECONDS.value))
        shown = f"`{reads}`" if reads else "whatever can be read of it"
        rows.append((ending.what, ", ".join(interfaces), status, "; ".join(f"`{code}`" for code in codes), shown))
    return table(("How it ends", "Interface", "HTTP status", "Code", "What the caller reads"), rows)


def unloadable_table() -> str:
    rows = [(code.what, *(f"`{reads.strip()}`" for reads in code.reads)) for code in UNLOADABLE]
    return table(("What the code has", "Reason on V2", "Reason on V1"), rows)
