"""A short telling of `moments`: killed at some of its moments, people receive the same."""

from __future__ import annotations

import pytest

from tests.fakes.post_office import post_office
from tests.faults.moments import TOLD, Death, deaths, differs, play


def test_killed_at_some_moments_everybody_receives_the_same_letters() -> None:
    with post_office() as office:
        peace, passed = play(TOLD, Death(), office)
        assert passed["letter"] >= 10
        assert "催办" in "".join(str(letter["Subject"]) for letter in office.letters)
        for death in deaths(passed, 4):
            received, _ = play(TOLD, death, office)
            assert not differs(peace, received), death


@pytest.mark.parametrize("kind", ["before", "letter"])
def test_only_who_died_between_a_letter_and_its_mark_repeats_one(kind: str) -> None:
    with post_office() as office:
        received, _ = play(TOLD, Death(kind, 3), office)
        repeats = sum(n - 1 for ids in received.values() for n in ids.values())
    assert repeats == (kind == "letter")
