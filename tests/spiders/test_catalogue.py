"""The shipped catalogue: typed, with purpose and ground, nothing enabled that nobody has tried."""

from __future__ import annotations

from urllib.parse import urlsplit

from spiders import catalogue


def test_nothing_is_enabled_before_someone_has_tried_it() -> None:
    shipped = catalogue.shipped()
    assert len({source.id for source in shipped}) == len(shipped) >= 40
    for source in shipped:
        assert not source.enabled and source.checked is None
        assert source.purpose and "个人信息保护法" in source.legal_ground and source.note


def test_the_district_the_city_the_province_and_the_hot_lists_are_there() -> None:
    names = {book: [source.name for source in catalogue.book(book)] for book in catalogue.BOOKS}
    assert sum("街道办事处" in name for name in names["130105"]) == 15
    assert any("石家庄" in name for name in names["shijiazhuang"])
    assert len([source for source in catalogue.book("national-hot") if source.kind == "hotlist"]) >= 8


def test_addresses_are_whole_or_absent() -> None:
    for source in catalogue.shipped():
        if source.url:
            assert urlsplit(source.url).scheme in ("http", "https") and "example" not in source.url
