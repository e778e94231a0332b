"""Whom a desk trusts on its way to an online home: whoever the system trusts, as it is now."""

import ssl
from pathlib import Path

import pytest

from core.sync.certificate import certificate_in, certificate_of, made, public_context


def test_whom_the_system_trusts_is_read_once_and_again_when_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted = certificate_in(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    monkeypatch.delenv("SSL_CERT_DIR")
    first = public_context()
    assert public_context() is first
    assert len(first.get_ca_certs()) == 1
    trusted.write_bytes(trusted.read_bytes() + made())    # somebody installs another
    assert len(public_context().get_ca_certs()) == 2
    assert public_context() is not first


def test_another_file_of_whom_to_trust_is_heeded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "other"):
        trusted = certificate_in(tmp_path / name)
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        (told,) = public_context().get_ca_certs(binary_form=True)
        assert told == ssl.PEM_cert_to_DER_cert(certificate_of(trusted))
