"""An address is read kindly, and never lets a line of its own into a letter."""

from email.message import EmailMessage

import pytest

from core.domain.contact import Way, WrongAddress, read_address

GOOD = ["ada@example.org", " ada@example.org ", "Ada.Lovelace+ramp@mail.example.co.uk", "o'hara@example.org",
        "łucja@przykład.pl", "用户@例子.广告"]  # fmt: skip
WRONG = ["", "ada", "ada@", "@example.org", "ada@example", "a b@example.org", "ada@@example.org", "ada@exa mple.org",
         "ada@example.org, ben@example.org", "<ada@example.org>", "ada@example..org", f"{'a' * 250}@example.org",
         "ada\u202e@example.org", "ada@example.org\u2028"]  # fmt: skip
INJECTED = ["ada@example.org\r\nBcc: victim@example.org", "ada@example.org\nSubject: x", "\r\nBcc: x@example.org",
            "ada\r@example.org", "ada@example.org\n", "ada@example.org\x0bx"]  # fmt: skip


@pytest.mark.parametrize("typed", GOOD)
def test_an_email_address_is_kept_as_it_was_typed(typed: str) -> None:
    assert read_address(Way.EMAIL, typed) == typed.strip()
    EmailMessage()["To"] = typed.strip()


@pytest.mark.parametrize("typed", WRONG + INJECTED)
def test_what_is_no_email_address_is_not_taken(typed: str) -> None:
    with pytest.raises(WrongAddress, match="looks wrong"):
        read_address(Way.EMAIL, typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Ada Lovelace\r\n12 Ockham Park\r\n\r\n  Surrey ", "Ada Lovelace\n12 Ockham Park\nSurrey"),
     ("12 Ockham\tPark", "12 Ockham Park"), ("ul. Długa 5\n00-238 Warszawa", "ul. Długa 5\n00-238 Warszawa")],
)  # fmt: skip
def test_a_postal_address_keeps_its_lines(typed: str, kept: str) -> None:
    assert read_address(Way.POST, typed) == kept


@pytest.mark.parametrize("typed", ["", " \n ", "12345", "12 Park\u202eSurrey", "x\n" * 11, "x" * 501])
def test_what_is_no_postal_address_is_not_taken(typed: str) -> None:
    with pytest.raises(WrongAddress):
        read_address(Way.POST, typed)
