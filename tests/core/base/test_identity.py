"""A receipt is read as people write it, and says nothing to who has only the log."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.identity import (
    SIGNS,
    Secret,
    contributor_of,
    groups_of,
    is_token_of,
    new_secret,
    read_receipt,
    receipt_of,
    secret_from,
    token_of,
)
from core.base.ids import is_id

SECRETS = st.binary(min_size=10, max_size=10).map(Secret)


@given(SECRETS)
def test_a_receipt_leads_back_to_its_secret(secret: Secret) -> None:
    receipt = receipt_of(secret)
    assert len(receipt) == 16
    assert set(receipt) <= set(SIGNS)
    assert read_receipt(receipt) == secret


@given(SECRETS)
def test_a_receipt_is_four_groups_of_four(secret: Secret) -> None:
    groups = groups_of(secret)
    assert [len(group) for group in groups] == [4, 4, 4, 4]
    assert "".join(groups) == receipt_of(secret)


@pytest.mark.parametrize(
    "typed", ["k7q2 m9xf 4trd 01wp", "K7Q2-M9XF-4TRD-O1WP", " k7q2m9xf4trdoiwp\n", "K7Q2–M9XF–4TRD–0LWP"]
)
def test_a_receipt_is_read_as_people_type_it(typed: str) -> None:
    assert read_receipt(typed) == read_receipt("K7Q2M9XF4TRD01WP")


@pytest.mark.parametrize("typed", ["", "K7Q2", "K7Q2M9XF4TRD01W", "K7Q2M9XF4TRD01WPP", "K7Q2M9XF4TRD01WU", "٠" * 16])
def test_what_is_no_receipt_opens_nothing(typed: str) -> None:
    assert read_receipt(typed) is None


def test_every_secret_is_new() -> None:
    assert len({new_secret() for _ in range(1000)}) == 1000


@given(SECRETS)
def test_the_log_s_name_for_somebody_is_an_id_that_is_always_the_same(secret: Secret) -> None:
    assert is_id(contributor_of(secret))
    assert contributor_of(secret) == contributor_of(Secret(bytes(secret)))


@given(SECRETS, SECRETS)
def test_a_form_carries_the_token_of_one_person(one: Secret, other: Secret) -> None:
    assert is_token_of(one, token_of(one))
    assert is_token_of(other, token_of(one)) == (one == other)
    assert not is_token_of(one, "")
    assert not is_token_of(one, "ü")


def test_the_same_start_grows_the_same_secret() -> None:
    assert secret_from(b"start") == secret_from(b"start") != secret_from(b"other")
