"""MTLSClient of both toolbelts, and answers that do not come, in Node itself."""

from __future__ import annotations

import datetime
import json
import os
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from faasctl.javascript.node import find_node, start_environment
from tests.emulator.toolbelts.stub import Stub

_BELTS = Path(__file__).parents[3] / "faasctl" / "emulator" / "runtime" / "toolbelts"
both = pytest.mark.parametrize("belt", ["v1", "v2"])


def run(belt: str, body: str, value: Any, access: dict[str, str] | None = None) -> Any:
    """What the body of an asynchronous function gives that has Toolbelt, told() and `value`."""
    program = f"""
const [belt, accessFile, access, given] = process.argv.slice(1);
require(accessFile).grant(JSON.parse(access), accessFile);
const {{ Toolbelt }} = require(belt);
const value = JSON.parse(given);
const told = ({{ code, message, statusCode, body }}) => ({{ code, message, statusCode, body }});
(async () => {{ {body} }})().then((result) => console.log(JSON.stringify(result)));
"""
    done = subprocess.run(
        [
            *(find_node(os.environ), "-e", program, str(_BELTS / belt / "index.cjs"), str(_BELTS / "access.cjs")),
            *(json.dumps(access), json.dumps(value)),
        ],
        env=start_environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@dataclass(frozen=True)
class Certified:
    """A certificate for localhost that signs itself, and its key, in PEM."""

    cert: str
    key: str


@pytest.fixture(scope="module")
def certified() -> Certified:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Certified(certificate.public_bytes(serialization.Encoding.PEM).decode(), private.decode())


@pytest.fixture
def server(certified: Certified, tmp_path: Path) -> Iterator[str]:
    """A web service that answers only who shows the certificate."""
    files = tmp_path / "cert.pem", tmp_path / "key.pem"
    files[0].write_text(certified.cert)
    files[1].write_text(certified.key)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(files[0]))
    context.load_cert_chain(*files)
    context.verify_mode = ssl.CERT_REQUIRED
    with ThreadingHTTPServer(("127.0.0.1", 0), Stub) as made:
        made.socket = context.wrap_socket(made.socket, server_side=True)
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield f"https://localhost:{made.server_address[1]}"
        made.shutdown()
        thread.join()


@both
def test_a_request_shows_the_certificate(belt: str, server: str, certified: Certified) -> None:
    value = {"url": server, "cert": certified.cert, "key": certified.key, "ca": certified.cert}
    body = """const client = Toolbelt.MTLSClient(value);
  const got = await client.get(`${value.url}/json`);
  const posted = await client.post(`${value.url}/echo`, { a: 1 }, { "x-own": "yes" });
  return [got.statusCode, got.body, posted.body.headers, posted.body.body];"""
    assert run(belt, body, value) == [
        200,
        {"ok": [1, "ü"]},
        {"content-type": "application/json", "x-own": "yes"},
        '{"a":1}',
    ]


@both
def test_an_error_status_is_told(belt: str, server: str, certified: Certified) -> None:
    value = {"url": f"{server}/status/404", "cert": certified.cert, "key": certified.key, "ca": certified.cert}
    told = run(belt, "return Toolbelt.MTLSClient(value).get(value.url).catch(told);", value)
    assert (told["code"], told["statusCode"]) == ("com.liveperson.faas.mtls.remote-threw", 404)
    assert told["body"] == {"sorry": "/status/404"}


@both
@pytest.mark.parametrize(
    ("changes", "call", "code"),
    [
        ({"cert": None}, "get(value.url)", "missing-conf"),
        ({"cert": "no certificate"}, "get(value.url)", "invalid-cert"),
        ({"key": "no key"}, "get(value.url)", "invalid-key"),
        ({}, "get('http://localhost/')", "invalid-request"),
        ({}, "get('https://localhost:1/')", "general-issue"),
        ({"ca": None}, "get(value.url)", "general-issue"),
    ],
)
def test_what_stands_in_the_way_is_told(
    belt: str, server: str, certified: Certified, changes: dict[str, Any], call: str, code: str
) -> None:
    value = {"url": server, "cert": certified.cert, "key": certified.key, "ca": certified.cert, **changes}
    told = run(
        belt,
        f"""try {{ return await Toolbelt.MTLSClient(value).{call}; }} catch (error) {{ return told(error); }}""",
        {name: one for name, one in value.items() if one is not None},
    )
    assert told["code"] == f"com.liveperson.faas.mtls.{code}"


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a service that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def test_a_secret_that_does_not_come_in_time_is_told(silent: str) -> None:
    access = {"url": silent, "account": "demo", "token": "t"}
    body = 'return Toolbelt.SecretClient().readSecret("key", { timeout: 50 }).catch(told);'
    assert run("v2", body, None, access)["code"] == "com.liveperson.faas.secret.op-timed-out"


@both
def test_outside_the_local_platform_there_is_no_secret_store(belt: str) -> None:
    told = run(belt, 'return Toolbelt.SecretClient().readSecret("key").catch(told);', None)
    assert told["code"] == "com.liveperson.faas.secret.op-failed"
    told = run(belt, 'return Toolbelt.CsdsClient().get("sentinel").catch(told);', None)
    assert told["code"] == "com.liveperson.faas.csds.op-failed"
