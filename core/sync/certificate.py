"""The key and the certificate of a desk's gate: made on the spot, kept for this desk, known by its fingerprint."""

import hashlib
import ssl
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.base.files import set_aside, write_atomically

NAME = "gate.pem"
FROM, UNTIL = datetime(1970, 1, 2, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
"""Clocks of laptops are wrong, and nobody renews this one: what counts is that it is the same as at the pairing."""


def certificate_in(folder: Path) -> Path:
    """The file with the key and the certificate of this desk; made where there is none, or none that can be read.
    Raises OSError."""
    path = folder / NAME
    if path.exists():
        try:
            server_context(path)
            return path
        except ssl.SSLError:
            set_aside(path)
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(path, made(), mode=0o600)
    return path


def made() -> bytes:
    """A new key with a certificate that it signed itself, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Sayback desk")])
    usage = x509.KeyUsage(
        digital_signature=True, key_cert_sign=True, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    public = key.public_key()
    subject_key = x509.SubjectKeyIdentifier.from_public_key(public)
    certificate = (
        x509.CertificateBuilder(name, name, public, x509.random_serial_number(), FROM, UNTIL)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(subject_key, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(subject_key), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def server_context(path: Path) -> ssl.SSLContext:
    """For the gate. Raises ssl.SSLError where the file is damaged."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(path)
    return context


def client_context(certificate: str) -> ssl.SSLContext:
    """For a desk that knows this certificate (PEM): it speaks with nobody who has another. Raises ssl.SSLError."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False    # addresses in a room change; the key is what is known
    context.load_verify_locations(cadata=certificate)
    return context


def public_context() -> ssl.SSLContext:
    """For a desk that speaks with an online home: whoever the system trusts vouches for its name. Threads may share
    it. Whom the system trusts is read again when its files have changed since, as somebody may install the
    certificate of the network's proxy just because a home was not reached."""
    files = _trusted_files()
    return _trusting(files) if files else _made_anew()


@lru_cache(maxsize=1)
def _trusting(_files: tuple[tuple[str, int, int], ...]) -> ssl.SSLContext:
    """Each way to a home asks for it, and reading whom a system trusts takes longer than all else on it."""
    return _made_anew()


def _made_anew() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2    # also where the network's own proxy reads along
    return context


def _trusted_files() -> tuple[tuple[str, int, int], ...]:
    """The file and the folder of whom the system trusts, with when and how they last changed; none on Windows, which
    keeps that where nobody can see a change."""
    places = ssl.get_default_verify_paths()
    found = [(place, Path(place).stat()) for place in (places.cafile, places.capath) if place]
    return tuple((place, state.st_mtime_ns, state.st_size) for place, state in found)


def certificate_of(path: Path) -> str:
    """The certificate alone, as PEM."""
    text = path.read_text("ascii")
    return text[text.index("-----BEGIN CERTIFICATE-----") :]


def fingerprint(certificate: str) -> str:
    """SHA-256 of a certificate (PEM), as 64 hexadecimal digits."""
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(certificate)).hexdigest()
