from __future__ import annotations

import subprocess
import sys

HEAVY = ("requests", "urllib3", "ssl", "rich", "keyring", "yaml", "jwt", "cryptography", "asyncio", "starlette")


def test_importing_the_interface_of_the_layer_imports_nothing_heavy() -> None:
    modules = "connect, credentials, model, network, platform"
    program = (
        f"import sys\nfrom faasctl.liveperson import {modules}\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
