"""A source's entry: typed, complete, with every fault named; and what the handbook shows is valid."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from spiders.source import KIND_NAMES, InvalidSource, Source, slug

HANDBOOK = Path(__file__).resolve().parents[2] / "docs" / "信源.md"
GOOD = {
    "id": "news", "name": "新闻", "kind": "feed", "url": "https://a.example/rss",
    "purpose": "目的", "legal_ground": "依据",
}  # fmt: skip


def faults(**changes: object) -> dict[str, str]:
    entry = {name: value for name, value in {**GOOD, **changes}.items() if value is not ...}
    with pytest.raises(InvalidSource) as caught:
        Source.parse(entry)
    return {fault.path: fault.message for fault in caught.value.faults}


def test_every_kind_has_a_worked_example_that_is_valid() -> None:
    text = HANDBOOK.read_text("utf-8")
    examples = [
        Source.parse(yaml.safe_load(block)) for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    ]
    assert {example.kind for example in examples} == set(KIND_NAMES)
    assert all(f"### {kind}　" in text for kind in KIND_NAMES)


def test_every_key_is_in_the_handbook() -> None:
    text = HANDBOOK.read_text("utf-8")
    assert [name for name in Source.model_fields if f"`{name}`" not in text and f"{name}:" not in text] == [
        "note"
    ]


def test_a_good_entry_is_frozen_and_complete() -> None:
    source = Source.parse(GOOD)
    assert (source.gap, source.cadence.every, source.limits.bytes) == (10, 300, 10 << 20)
    with pytest.raises(ValueError, match="frozen"):
        source.name = "x"  # type: ignore[misc]


def test_unknown_keys_name_the_nearest() -> None:
    assert "是否为“purpose”" in faults(purpos="x")["purpos"]
    assert "是否为“fastest”" in faults(cadence={"fastes": 60})["cadence.fastes"]


def test_nothing_is_enabled_without_purpose_and_ground() -> None:
    (message,) = faults(purpose="", legal_ground=" ").values()
    assert "purpose" in message and "legal_ground" in message
    assert not Source.parse({**GOOD, "purpose": "", "enabled": False}).enabled


def test_an_address_may_be_absent_only_while_disabled() -> None:
    assert "url" in next(iter(faults(url="").values()))
    assert Source.parse({**GOOD, "url": "", "enabled": False}).url == ""
    assert Source.parse({**GOOD, "kind": "webhook", "url": ""}).kind == "webhook"


@pytest.mark.parametrize(
    "url", ["ftp://a.example/x", "file:///etc/passwd", "https://u:p@a.example/", "http:///x"]
)
def test_addresses_are_plain_web_addresses(url: str) -> None:
    assert faults(url=url)


def test_every_fault_is_named_at_once() -> None:
    found = faults(id="Bad Id", kind="rss", gap=-1, limits={"pages": 0})
    assert set(found) == {"id", "kind", "gap", "limits.pages"}
    assert "feed" in found["kind"] and "不小于" in found["gap"]
    assert "10.1.0.0/16" in faults(allow_private=["intranet"])["allow_private"]


def test_slugs_are_ids() -> None:
    assert slug("News.Example.com/RSS?a=1") == "news-example-com-rss-a-1"
    assert slug("新闻") == "source"
