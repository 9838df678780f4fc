"""The emulator's certificate authority: made once, renewed in time, and good for nothing else."""

from __future__ import annotations

import contextlib
import datetime
import ssl
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from faasctl.emulator.tls.authority import AUTHORITY_DAYS, KEY_FILE, SERVER_DAYS, server_context

NOW = datetime.datetime.now(datetime.timezone.utc)
CA = "ca.pem"


def _handshake(server: ssl.SSLContext, ca: Path, name: str) -> x509.Certificate:
    """The server's certificate, once a client that trusts `ca` has taken it for `name`; else ssl.SSLError."""
    client = ssl.create_default_context(cafile=ca)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    theirs = client.wrap_bio(to_client, to_server, server_hostname=name)
    ours = server.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(4):
        for end in (theirs, ours):
            with contextlib.suppress(ssl.SSLWantReadError):
                end.do_handshake()
    taken = theirs.getpeercert(binary_form=True)
    assert taken is not None
    return x509.load_der_x509_certificate(taken)


@pytest.mark.parametrize(
    "name",
    [
        "localhost",
        "127.0.0.1",
        "functions.emulator.localhost",
        "api.liveperson.net",
        "adminlogin.liveperson.net",
        "faas.liveperson.net",
        *(f"va.{service}.liveperson.net" for service in ("agentvep", "faasgw", "faasui", "sentinel")),
        *(f"lo.{service}.liveperson.net" for service in ("functions", "fninvocations", "faasgw")),
        "z1.context.liveperson.net",
    ],
)
def test_clients_take_the_emulator_for_every_name_that_it_answers(folder: Path, name: str) -> None:
    certificate = _handshake(server_context(folder), folder / CA, name)
    assert certificate.not_valid_after_utc - NOW <= datetime.timedelta(days=SERVER_DAYS, minutes=5)


@pytest.mark.parametrize(
    "name", ["example.com", "liveperson.net.evil.example", "127.0.0.2", "a.b.c.liveperson.net"]
)
def test_clients_do_not_take_it_for_another(folder: Path, name: str) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        _handshake(server_context(folder), folder / CA, name)


def test_the_authoritys_key_cannot_vouch_for_another_site(folder: Path) -> None:
    server_context(folder)
    authority = x509.load_pem_x509_certificate((folder / CA).read_bytes())
    key = serialization.load_pem_private_key((folder / KEY_FILE).read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    other = ec.generate_private_key(ec.SECP256R1())
    forged = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(authority.subject)
        .public_key(other.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - datetime.timedelta(days=1))
        .not_valid_after(NOW + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("bank.example")]), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "forged.pem"
    file.write_bytes(
        other.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + forged.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        _handshake(context, folder / CA, "bank.example")


def test_the_authority_stays_and_only_its_owner_can_read_the_key(folder: Path) -> None:
    server_context(folder)
    before = {name: (folder / name).read_bytes() for name in (CA, KEY_FILE)}
    server_context(folder)
    assert {name: (folder / name).read_bytes() for name in before} == before
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600
    assert sorted(path.name for path in folder.iterdir()) == [".gitignore", KEY_FILE, "ca.lock", CA]


def test_a_renewed_authority_serves_clients_that_have_the_one_of_before(folder: Path) -> None:
    long_ago = NOW - datetime.timedelta(days=AUTHORITY_DAYS - SERVER_DAYS)
    server_context(folder, now=long_ago)
    kept = folder / "kept.pem"
    kept.write_bytes((folder / CA).read_bytes())
    renewed = server_context(folder)
    assert (folder / CA).read_bytes() != kept.read_bytes()
    for ca in (kept, folder / CA):
        _handshake(renewed, ca, "api.liveperson.net")


@pytest.mark.parametrize("file", [CA, KEY_FILE])
@pytest.mark.parametrize("text", ["", "nothing", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_files_that_cannot_be_used_are_made_anew(folder: Path, file: str, text: str) -> None:
    server_context(folder)
    (folder / file).write_text(text)
    _handshake(server_context(folder), folder / CA, "localhost")


def test_an_authority_of_another_key_is_made_anew(folder: Path, tmp_path: Path) -> None:
    server_context(folder)
    server_context(tmp_path / "other")
    (folder / CA).write_bytes((tmp_path / "other" / CA).read_bytes())
    _handshake(server_context(folder), folder / CA, "localhost")


def test_emulators_that_start_at_once_share_one_authority(folder: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        contexts = list(pool.map(lambda _: server_context(folder), range(4)))
    for context in contexts:
        _handshake(context, folder / CA, "localhost")
