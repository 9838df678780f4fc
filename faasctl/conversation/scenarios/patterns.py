"""Whether a pattern of a scenario file is a regular expression."""

from __future__ import annotations

import re
import warnings


def flaw_of(pattern: str) -> str | None:
    """Why it cannot be read; None for one that can.

    What Python warns of (`[[a]`, which later versions may read otherwise) counts too: nobody would see a warning.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(pattern)
    except RecursionError:
        return "its groups are nested too deeply"
    except (re.error, OverflowError, Warning) as error:
        told = str(error)
        return told[:1].lower() + told[1:]
    return None
