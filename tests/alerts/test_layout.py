"""Measures of GB/T 9704-2012, taken from the rendered page with a ruler of a tenth of a millimetre."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from alerts import papers
from tests.alerts import pages, stories
from tests.alerts.pages import Box

CI = os.environ.get("CI") == "true"  # there a missing component is a failure, not a skip

pytestmark = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="没有 poppler-utils")
TOP, LEFT, RIGHT, BOTTOM = 37.0, 28.0, 184.0, 262.0  # the 版心


def rendered(kind: str, facts: dict[str, object], folder: Path, fmt: papers.Format = "pdf") -> Path:
    """The paper as a file."""
    target = folder / f"{kind}.{fmt}"
    target.write_bytes(papers.render(kind, facts, fmt))
    return target


def one_mm(value: float) -> object:
    """Within a millimetre."""
    return pytest.approx(value, abs=1.0)


@pytest.fixture(scope="module")
def bulletin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rendered("bulletin", stories.facts("bulletin"), tmp_path_factory.mktemp("bulletin"))


@pytest.fixture(scope="module")
def prose(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with more than a page of nothing but full-width characters."""
    facts = stories.facts("first-report") | {"course": "青石区柳荫街道农贸市场燃气管道检修情况说明" * 50}
    return rendered("first-report", facts, tmp_path_factory.mktemp("prose"))


def test_the_red_head_stands_35_mm_below_the_text_area(bulletin: Path, tmp_path: Path) -> None:
    head = pages.ink(pages.drawn(bulletin, 1, tmp_path), pages.red, Box(20, 40, 200, 105))
    assert head.top == one_mm(TOP + 35)
    assert (head.left + head.right) / 2 == one_mm((LEFT + RIGHT) / 2)


def test_the_red_rule_is_as_wide_as_the_text_and_4_mm_below_the_number(
    bulletin: Path, tmp_path: Path
) -> None:
    page = pages.drawn(bulletin, 1, tmp_path)
    rule = pages.ink(page, pages.red, Box(0, 100, 210, 180))
    number = pages.ink(page, pages.dark, Box(20, 100, 200, rule.top - 0.5))
    assert (rule.left, rule.right) == (one_mm(LEFT), one_mm(RIGHT))
    assert rule.top - number.bottom == one_mm(4)


def test_the_first_line_begins_at_the_top_margin(bulletin: Path, tmp_path: Path) -> None:
    first = pages.ink(pages.drawn(bulletin, 2, tmp_path), pages.dark, Box(20, 25, 200, 43))
    assert first.top == one_mm(TOP)


def test_a_page_holds_22_lines_of_28_characters(prose: Path) -> None:
    lines = pages.lines(prose, 2)
    assert len(lines) == 22
    full = [len(line) for line in lines if len(line) > 20]
    assert full.count(28) >= 12
    assert set(full) <= {26, 28}, "a paragraph's first line is two characters shorter"


def test_full_lines_fill_the_text_area(prose: Path, tmp_path: Path) -> None:
    ink = pages.ink(pages.drawn(prose, 2, tmp_path), pages.dark, Box(10, TOP - 5, 205, BOTTOM))
    assert (ink.left, ink.right) == (one_mm(LEFT), one_mm(RIGHT))
    assert ink.bottom <= BOTTOM


def test_page_numbers_stand_outside_7_mm_below_the_text(bulletin: Path, tmp_path: Path) -> None:
    em = 14 * 0.3528
    for page, (near, far) in {1: (RIGHT - em, "right"), 2: (LEFT + em, "left")}.items():
        number = pages.ink(pages.drawn(bulletin, page, tmp_path), pages.dark, Box(20, 263, 200, 290))
        assert getattr(number, far) == one_mm(near)
        dash = Box(number.left, 263, number.left + 3, 290)
        assert pages.ink(pages.drawn(bulletin, page, tmp_path), pages.dark, dash).top == one_mm(BOTTOM + 7)


def test_the_last_rule_of_the_colophon_lies_on_the_lower_edge_of_the_text(
    bulletin: Path, tmp_path: Path
) -> None:
    last = pages.count(bulletin)
    lower = pages.ink(pages.drawn(bulletin, last, tmp_path), pages.dark, Box(20, 200, 200, 264))
    assert lower.bottom == one_mm(BOTTOM)
    assert (lower.left, lower.right) == (one_mm(LEFT), one_mm(RIGHT))


def test_the_seal_has_its_place_over_name_and_date(tmp_path: Path) -> None:
    """成文日期右空四字；署名居中其上；印章（42毫米）压住二者，顶端距正文一行之内，不出版心右边。"""
    facts = stories.facts("reminder") | {"cc": []}
    page = pages.drawn(rendered("reminder", facts, tmp_path), 1, tmp_path)
    ink = pages.ink(page, pages.dark, Box(110, TOP, 200, BOTTOM))
    assert RIGHT - 30 < ink.right <= RIGHT + 0.5


@pytest.mark.slow
@pytest.mark.skipif(not CI and pages.office() is None, reason="没有 LibreOffice")
@pytest.mark.parametrize("kind", sorted(papers.KINDS))
def test_libreoffice_prints_as_many_pages(kind: str, tmp_path: Path) -> None:
    facts = stories.facts(kind)
    word = pages.by_office(rendered(kind, facts, tmp_path, "docx"), tmp_path)
    assert pages.count(word) == pages.count(rendered(kind, facts, tmp_path))
