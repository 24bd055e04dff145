"""`caifeng source`: an address is looked at, tried, written; what a person reads is plain."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from monitor.commands import source as command
from spiders.source import Source
from tests.spiders.site import Site, front, rss, served, story

TITLES = {
    "/news/1.html": "青石区南街市场燃气泄漏已处置完毕",
    "/news/2.html": "青石区第三小学食堂问题通报发布",
    "/news/3.html": "建设路改造工程提前完工恢复双向通行",
}
STORIES: dict[str, Any] = {path: story(title) for path, title in TITLES.items()}
HEAD = "<link rel='alternate' type='application/rss+xml' title='青石要闻' href='/rss.xml'></head>"
OPEN = ["--allow-private", "127.0.0.0/8"]
PAPERS = ["--purpose", "了解本地新闻", "--ground", "履行法定职责所必需"]


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "GAP", 0.0)


@pytest.fixture
def station(tmp_path: Path) -> Path:
    (tmp_path / "station.yaml").write_text(
        "office: {name: 青石区人民政府办公室, short: 区政府办}\njurisdiction: {code: '130105'}\n", "utf-8"
    )
    (tmp_path / "sources.yaml").write_text("# 本站信源\nsources: []\n", "utf-8")
    return tmp_path


def called(*words: str) -> Result:
    return CliRunner().invoke(command.app, list(words))


def entries(station: Path) -> list[dict[str, Any]]:
    return yaml.safe_load((station / "sources.yaml").read_text("utf-8"))["sources"]


def test_a_front_page_with_an_announced_feed(station: Path) -> None:
    pages = {"/": front(TITLES).replace("</head>", HEAD), "/rss.xml": rss(TITLES), **STORIES}
    with served(pages) as site:
        done = called("add", site.url(), "--station", str(station), *OPEN, *PAPERS)
    assert done.exit_code == 0, done.output
    assert "页面声明的订阅源" in done.output and "列表页" in done.output
    assert TITLES["/news/1.html"] in done.output
    (entry,) = entries(station)
    assert (entry["kind"], entry["name"], entry["enabled"]) == ("feed", "青石要闻", True)
    Source.parse(entry)
    assert (station / "sources.yaml").read_text("utf-8").startswith("# 本站信源")


def test_without_purpose_and_ground_it_is_written_but_not_enabled(station: Path) -> None:
    with served({"/": front(TITLES), **STORIES}) as site:
        done = called("add", site.url(), "--station", str(station), *OPEN)
        again = called("add", site.url(), "--station", str(station), *OPEN)
    assert done.exit_code == again.exit_code == 0
    first, second = entries(station)
    assert first["kind"] == "listing" and not first["enabled"] and "未启用" in done.output
    assert second["id"] == first["id"] + "-2"


def test_a_single_article_is_no_source(station: Path) -> None:
    with served(STORIES) as site:
        done = called("add", site.url("/news/1.html"), "--station", str(station), *OPEN)
    assert done.exit_code == 1 and "可能是单篇文章" in done.output and entries(station) == []


def test_a_private_address_is_refused_unless_allowed(station: Path) -> None:
    with served({"/": front(TITLES)}) as site:
        done = called("add", site.url(), "--station", str(station))
    assert done.exit_code == 1 and "拒绝连接非公网地址" in done.output


def tried(station: Path, site: Site, *more: str) -> Result:
    entry = {"id": "news", "name": "青石新闻", "kind": "listing", "url": site.url(), "gap": 0}
    entry |= {"allow_private": ["127.0.0.0/8"], "purpose": "测试", "legal_ground": "测试"}
    (station / "sources.yaml").write_text(yaml.safe_dump({"sources": [entry]}, allow_unicode=True), "utf-8")
    return called("try", "news", "--station", str(station), *more)


def test_a_trial_shows_every_step(station: Path) -> None:
    with served({"/": front(TITLES), **STORIES}) as site:
        done = tried(station, site)
    assert done.exit_code == 0
    for step in ("获取：", "解析：列表，3 个链接", "读出：", "正文", "结果：正常", "3 页"):
        assert step in done.output


def test_a_trial_tells_the_refusal(station: Path) -> None:
    with served({"/": 403}) as site:
        done = tried(station, site, "--json")
    assert done.exit_code == 1
    report = json.loads(done.output)
    assert report["status"] == "blocked" and "403" in report["reason"]


def test_an_unknown_id_names_the_known_ones(station: Path) -> None:
    with served({"/": front(TITLES)}) as site:
        tried(station, site)
    done = called("try", "newz", "--station", str(station))
    assert done.exit_code == 2 and "news" in done.output


def test_the_list_shows_who_is_enabled(station: Path) -> None:
    with served({"/": front(TITLES), **STORIES}) as site:
        tried(station, site)
    done = called("list", "--station", str(station))
    assert "news\t列表页\t启用\t青石新闻" in done.output
    (row,) = json.loads(called("list", "--station", str(station), "--json").output)["sources"]
    assert row["enabled"] is True and row["last_success_at"] is None


def test_opml_goes_in_and_out(station: Path, tmp_path: Path) -> None:
    opml = tmp_path / "in.opml"
    opml.write_text(
        "<?xml version='1.0'?><opml version='1.0'><body><outline text='组'>"
        "<outline text='甲' xmlUrl='https://a.example/rss'/><outline title='乙' xmlUrl='https://b.example/rss'/>"
        "<outline text='重复' xmlUrl='https://a.example/rss'/></outline></body></opml>",
        "utf-8",
    )
    assert "导入 2 个信源" in called("import-opml", str(opml), "--station", str(station)).output
    assert "已有 2 个" in called("import-opml", str(opml), "--station", str(station)).output
    assert all(not entry["enabled"] for entry in entries(station))
    out = tmp_path / "out.opml"
    called("export-opml", str(out), "--station", str(station))
    assert out.read_text("utf-8").count("xmlUrl") == 2 and "甲" in out.read_text("utf-8")


def test_a_catalogue_for_any_district() -> None:
    done = called("catalogue", "330106", "西湖区", "杭州市", "浙江省")
    drafts = yaml.safe_load(done.output)["sources"]
    assert "西湖区人民政府" in {entry["name"] for entry in drafts}
    for entry in drafts:
        parsed = Source.parse(entry)
        assert not parsed.enabled and parsed.checked is None and parsed.url == "" and parsed.legal_ground
    own = yaml.safe_load(called("catalogue", "130105").output)["sources"]
    assert sum("街道办事处" in entry["name"] for entry in own) == 15
    assert called("catalogue", "330106").exit_code == 2
