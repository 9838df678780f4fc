"""Functions that use a toolbelt, deployed on a real emulator."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from tests.emulator.toolbelts.stub import Stub

if TYPE_CHECKING:
    from tests.emulator.conftest import ContractClient

Run = Callable[..., Any]


@pytest.fixture
def run_v2(client: ContractClient) -> Run:
    """Runs the body of a V2 function that has the toolbelt, and gives its result."""

    def invoke(body: str, payload: Any = None) -> Any:
        return _result(client, f'import * as belt from "core-functions-toolbelt";\n{_function(body)}', payload)

    return invoke


@pytest.fixture
def run_v1(client: ContractClient) -> Run:
    """Runs the body of a V1 function that has the toolbelt, and gives what it called back."""

    def invoke(body: str, payload: Any = None) -> Any:
        code = f"""const belt = require("lp-faas-toolbelt");
{_function(body).replace("lambda", "work")}
function lambda(input, callback) {{ work(input).then((result) => callback(null, result), callback); }}
"""
        return _result(client, code, payload)

    return invoke


def _function(body: str) -> str:
    return f"""const {{ Toolbelt, ErrorCodes }} = belt;
const told = (error) => ({{ type: error.constructor.name, code: error.code, message: error.message }});
async function lambda(input) {{
  {body}
}}
"""


def _result(client: ContractClient, code: str, payload: Any) -> Any:
    uuid = client.deployed(f"Belt{next(_numbers)}", code=code, event=None)
    answer = client.invoke(uuid, payload)
    assert answer.status == 200, client.call("POST", f"/functions/{uuid}/test", {"headers": []}).text
    return answer.json


_numbers = iter(range(1, 1_000_000))


@pytest.fixture(scope="module")
def stub() -> Iterator[str]:
    """The address of a web service on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Stub) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()
