"""The gazetteer's files: every code is a division's, no line is broken, nothing is lost."""

from __future__ import annotations

import pytest

from rules.places_divisions import divisions, streets
from rules.places_names import lines, national_table


def test_all_divisions_of_2023_are_there() -> None:
    levels = [d.level for d in divisions().values()]
    assert (levels.count("province"), levels.count("city"), levels.count("district")) == (31, 342, 2978)
    assert len(streets()) == 41_352


@pytest.mark.parametrize("name", ["other_names.tsv", "landmarks.tsv", "phone_codes.tsv", "plates.tsv"])
def test_every_name_belongs_to_a_division(name: str) -> None:
    for line in lines(name):
        text, code, *kind = line.split("\t")
        assert text.strip() == text
        assert len(text) > 1, line
        assert code in divisions(), line
        assert len(kind) <= 1, line


def test_a_namesake_has_no_claims() -> None:
    table = national_table()
    assert table["新华社"] == ()
    assert {c.code for c in table["新华区"]} == {"130105", "130902", "410402"}
