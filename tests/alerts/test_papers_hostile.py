"""Whatever is written on the internet, a paper stays a paper: inert, complete, legible."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from alerts import papers
from alerts.errors import FactsInvalid
from tests.alerts import pages, stories

CI = os.environ.get("CI") == "true"  # there a missing component is a failure, not a skip

HOSTILE = {
    "xml": '</w:t></w:r></w:p>&amp;<![CDATA[甲]]><script>alert(1)</script><img src=x onerror="alert(1)">乙',
    "typst": '#panic("甲") #read("/etc/passwd") $x^2$ *粗* _斜_ @甲 <标签> \\ #include "a.typ" [乙',
    "jinja": "{{ 7*7 }}{% for x in range(9) %}{{ cycler.__init__ }}{% endfor %}{# 甲 #} {_{ {{p body }} 乙",
    "crlf": "甲\r\nBcc: x@evil.example\r\n\r\n乙\u2028丙\u2029丁\x85戊",
    "formula": '=HYPERLINK("http://evil.example","甲") +cmd|\' /C calc\'!A0 @SUM(1) -1 乙',
    "endless": "长" * 10_000,
    "endless-latin": "a" * 10_000,
    "emoji": "着火了🔥👨‍👩‍👧‍👦🇨🇳❤️‍🔥快跑",
    "right-to-left": "甲\u202e乙txt.exe\u2066丙\u200f עברית العربية 丁",
    "control": "甲\x00\x07\x0c\x1b[31m\ufffe\ue000乙\u200b丙\ufeff",
    "surrogate": "甲\ud83d乙",
}


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths of all texts within facts."""
    if isinstance(value, str):
        return [path]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [leaf for key, inner in items for leaf in leaves(inner, (*path, key))]


def put(facts: dict[str, Any], path: tuple[Any, ...], text: str) -> dict[str, Any]:
    """The facts with one text replaced."""
    changed = deepcopy(facts)
    place: Any = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = text
    return changed


@cache
def filled(kind: str, text: str) -> dict[str, Any]:
    """The sample with every free text replaced."""
    return fill(kind, papers.sample(kind), text)


def fill(kind: str, facts: dict[str, Any], text: str) -> dict[str, Any]:
    """Every free text replaced; what only takes a date, a number or a fixed word stays."""
    for path in leaves(facts):
        if {"sources", "id"} & set(path):
            continue
        try:
            candidate = put(facts, path, text)
            papers.parse(kind, candidate)
        except FactsInvalid:
            continue
        facts = candidate
    return facts


@pytest.fixture(scope="module", params=sorted(papers.KINDS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("attack", HOSTILE)
def test_word_reads_it_and_nothing_in_it_runs(kind: str, attack: str) -> None:
    content = papers.render(kind, filled(kind, HOSTILE[attack]), "docx")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
        root = etree.fromstring(archive.read("word/document.xml"))
    text = "".join(root.itertext())
    assert "49" not in text.replace("2049", "") or attack != "jinja"
    assert not root.xpath("//*[local-name()='script' or local-name()='img']")
    assert "\u202e" not in text


@pytest.mark.parametrize("attack", HOSTILE)
def test_the_page_runs_no_script_and_links_nowhere_odd(kind: str, attack: str) -> None:
    page = papers.render(kind, filled(kind, HOSTILE[attack]), "html").decode()
    root = html.document_fromstring(page)
    assert not root.xpath("//script | //iframe | //object | //*[@onerror] | //*[@onload]")
    assert all(link.startswith(("#", "http://", "https://")) for link in root.xpath("//a/@href"))
    assert all(image.startswith("data:image/svg+xml;base64,") for image in root.xpath("//img/@src"))
    assert "\u202e" not in page


@pytest.mark.skipif(not CI and shutil.which("pdftotext") is None, reason="没有 poppler-utils")
@pytest.mark.parametrize("attack", HOSTILE)
def test_the_print_shows_the_words_as_words(kind: str, attack: str, tmp_path: Path) -> None:
    pdf = tmp_path / "paper.pdf"
    pdf.write_bytes(papers.render(kind, filled(kind, HOSTILE[attack]), "pdf"))
    raw = subprocess.run(
        ["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    text = "".join(raw.split()).replace("\u200b", "")
    expected = {
        "xml": "alert(1)",
        "typst": "#panic",
        "jinja": "7*7",
        "crlf": "Bcc",
        "formula": "HYPERLINK",
        "endless": "长长长",
        "endless-latin": "aaaaaa",
        "emoji": "〔表情〕",
        "right-to-left": "乙txt.exe",
        "control": "乙丙",
        "surrogate": "乙",
    }[attack]
    assert expected in text
    assert pages.count(pdf) < 60


def test_javascript_addresses_never_become_links() -> None:
    facts = stories.facts("bulletin")
    facts["sources"][0]["url"] = "javascript:alert(1)"
    page = papers.render("bulletin", facts, "html").decode()
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page


# Series that the samples do not show, with every part that a person or a count may fill.
SERIES: dict[str, Callable[[], dict[str, Any]]] = {
    "daily": stories.daily,
    "weekly": lambda: stories.weekly(2),
    "messages": lambda: told_by_unit(stories.messages()),
    "flash": lambda: stories.facts("bulletin", series="快报"),
    "follow-up": lambda: stories.facts("bulletin", series="续报", ai_summary="摘要"),
}
ALL_AT_ONCE = " ".join(
    HOSTILE[name][:40] for name in ("xml", "typst", "jinja", "crlf", "formula", "emoji", "right-to-left")
)


def told_by_unit(facts: dict[str, Any]) -> dict[str, Any]:
    """With its table of units and channels."""
    units = [{"unit": "区住房和城乡建设局", "received": 89, "answered": 84, "late": 5}]
    channels = [{"name": "12345热线", "count": 150}, {"name": "领导信箱", "count": 47}]
    facts["messages"] |= {"by_unit": units, "channels": channels}
    return facts


@pytest.mark.parametrize("series", SERIES)
def test_every_series_of_the_bulletin_is_as_inert(series: str) -> None:
    facts = fill("bulletin", SERIES[series](), ALL_AT_ONCE)
    with zipfile.ZipFile(BytesIO(papers.render("bulletin", facts, "docx"))) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    text = "".join(root.itertext())
    assert "#panic" in text and "{{7*7}}" in text.replace(" ", "") and "\u202e" not in text
    page = html.document_fromstring(papers.render("bulletin", facts, "html").decode())
    assert not page.xpath("//script | //iframe | //*[@onerror]")
    assert papers.render("bulletin", facts, "pdf").startswith(b"%PDF")
