"""The emulator's certificate authority, which lies in its state folder and vouches for nothing but the emulator.

It can vouch for this machine and for names of LivePerson alone (name constraints, RFC 5280 §4.2.1.10): whoever
gets hold of its key can still not pass for another site before a client that trusts it.
"""

from __future__ import annotations

import datetime
import ipaddress
import ssl
import tempfile
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from filelock import FileLock

from faasctl.emulator.endpoint import CA_FILE
from faasctl.emulator.tls.names import CERTIFIED_NAMES, LOOPBACK, VOUCHED_DOMAINS
from faasctl.files import private_folder, write_atomic

KEY_FILE = "ca-key.pem"
AUTHORITY_DAYS = 3650
SERVER_DAYS = 397
"""What clients accept at most of a certificate that is not an authority's."""
_MARGIN_DAYS = 30

_KEY_USES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def server_context(folder: Path, *, now: datetime.datetime | None = None) -> ssl.SSLContext:
    """What the server needs to speak TLS; makes the authority in `folder`, or renews it, where that is due.

    The server's own certificate is made anew with every start and kept nowhere.
    """
    now = now or datetime.datetime.now(datetime.timezone.utc)
    authority, authority_key = _authority(private_folder(folder), now)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _server_certificate(authority, authority_key, key, now)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    with tempfile.TemporaryDirectory(dir=folder) as place:  # the context takes nothing but files
        file = Path(place) / "server.pem"
        write_atomic(file, _pem(key) + certificate.public_bytes(serialization.Encoding.PEM))
        context.load_cert_chain(file)
    return context


def _authority(folder: Path, now: datetime.datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """The authority of the folder. A renewed one keeps its key, so that clients with the file of before go on."""
    with FileLock(folder / "ca.lock"):
        key = _read_key(folder / KEY_FILE)
        if key is None:
            key = ec.generate_private_key(ec.SECP256R1())
            write_atomic(folder / KEY_FILE, _pem(key))
        certificate = _read_certificate(folder / CA_FILE)
        last = now + datetime.timedelta(days=SERVER_DAYS + _MARGIN_DAYS)
        if (
            certificate is None
            or certificate.public_key() != key.public_key()
            or certificate.not_valid_after_utc < last
            or certificate.not_valid_before_utc > now
        ):
            certificate = _authority_certificate(key, now)
            write_atomic(folder / CA_FILE, certificate.public_bytes(serialization.Encoding.PEM), mode=0o644)
    return certificate, key


def _read_key(path: Path) -> ec.EllipticCurvePrivateKey | None:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError):
        return None
    return key if isinstance(key, ec.EllipticCurvePrivateKey) else None


def _read_certificate(path: Path) -> x509.Certificate | None:
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        return None


def _authority_certificate(key: ec.EllipticCurvePrivateKey, now: datetime.datetime) -> x509.Certificate:
    subject = _named("faasctl emulator, certificate authority")
    permitted = [
        *(x509.DNSName(domain) for domain in VOUCHED_DOMAINS),
        x509.IPAddress(ipaddress.ip_network(f"{LOOPBACK}/32")),
    ]
    return (
        _builder(subject, subject, key, now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage("key_cert_sign", "crl_sign"), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .sign(key, hashes.SHA256())
    )


def _server_certificate(
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    key: ec.EllipticCurvePrivateKey,
    now: datetime.datetime,
) -> x509.Certificate:
    names = [
        *(x509.DNSName(name) for name in CERTIFIED_NAMES),
        x509.IPAddress(ipaddress.ip_address(LOOPBACK)),
    ]
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    return (
        _builder(_named("faasctl emulator"), authority.subject, key, now, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage("digital_signature"), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(issuer, critical=False)
        .sign(authority_key, hashes.SHA256())
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime.datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))  # clocks differ, in containers above all
        .not_valid_after(now + datetime.timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _key_usage(*uses: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{use: use in uses for use in _KEY_USES})


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
