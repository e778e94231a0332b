"""The password is in the keyring or in memory, and in no file; where there is no keyring it is asked for (F47)."""

from dataclasses import replace
from pathlib import Path

import keyring.errors
import pytest

from core.base.mail import MailServer, Security, parse
from core.base.settings import SettingsFile
from core.post.passwords import Passwords
from tests.core.workshops import everything_on_disk

SERVER = MailServer(host="mail.example.org", user="team", sender="team@example.org")
SECRET = "correct horse battery"


class Ring:
    """A keyring in memory; `locked` refuses everything, as one without D-Bus does."""

    def __init__(self, *, locked: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = locked

    def get_password(self, service: str, name: str) -> str | None:
        self._look()
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, password: str) -> None:
        self._look()
        self.kept[service, name] = password

    def delete_password(self, service: str, name: str) -> None:
        self._look()
        del self.kept[service, name]

    def _look(self) -> None:
        if self.locked:
            raise keyring.errors.NoKeyringError("no backend")


def test_it_is_kept_in_the_keyring_and_found_at_the_next_start() -> None:
    ring = Ring()
    assert Passwords(ring).keep(SERVER, SECRET)
    again = Passwords(ring)
    assert again.of(SERVER) == SECRET
    assert again.of(MailServer(host="other.example.org", user="team")) is None
    again.forget(SERVER)
    assert (again.of(SERVER), ring.kept) == (None, {})


@pytest.mark.parametrize("ring", [None, Ring(locked=True)])
def test_without_a_keyring_it_lives_in_memory_alone(ring: Ring | None) -> None:
    passwords = Passwords(ring)
    assert passwords.of(SERVER) is None
    assert not passwords.keep(SERVER, SECRET)
    assert passwords.of(SERVER) == SECRET
    assert Passwords(ring).of(SERVER) is None
    passwords.forget(SERVER)
    assert passwords.of(SERVER) is None


def test_it_stands_in_no_file_and_in_no_words_about_it(home: Path) -> None:
    passwords = Passwords()
    passwords.keep(SERVER, SECRET)
    assert SECRET not in repr(passwords)
    settings = SettingsFile()
    settings.update(lambda kept: replace(kept, mail=SERVER))
    assert SECRET.encode() not in everything_on_disk(home)


@pytest.mark.parametrize("raw", [{"port": "x"}, {"pace": None}, {"security": "rot13"}])
def test_damaged_settings_of_the_server_are_noticed(raw: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        parse(raw)


def test_settings_of_the_server_come_back_as_they_were() -> None:
    settings = SettingsFile()
    settings.update(lambda kept: replace(kept, mail=SERVER))
    assert SettingsFile().settings.mail == SERVER
    assert parse({"pace": 10_000, "security": "none"}).pace == 600
    assert parse({}).security is Security.STARTTLS
