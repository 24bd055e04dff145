"""What the house must not be able to do (DOMAIN.md §8.5): no table, page, paper or function for it.

These tests look for the thing itself and for its name, so that nobody adds it without noticing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from alerts.papers import KINDS
from monitor.cli import COMMANDS
from monitor.console.pages import PAGES
from monitor.domain.document import author_alias
from monitor.settings import parse
from monitor.settings.station import StationFile
from monitor.stages import archive
from monitor.store.engine import Store
from monitor.store.schema import metadata
from spiders.finish import finished
from spiders.page import Page
from spiders.source import Cadence, Limits, Source

ROOT = Path(__file__).parent.parent
ROOMS = ("monitor", "spiders", "rules", "alerts")
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
KEY = b"k" * 32

# persons followed, scored, drawn; identities joined; posts removed; voices made up; barriers got round
NEVER = re.compile(
    r"profil(?:e|ing)_of_(?:author|person|account|user)|portrait|dossier|persona\b|stance|follower|fans_|real_?name"
    r"|by_author|author_(?:stats|score|profile|history|list)|top_authors|account_(?:stats|score|profile|history)"
    r"|relation_graph|social_graph|trace_ip|ip_of_author|device_id|key_persons?|blacklist"
    r"|take_?down|delete_post|removal_request|request_removal|ban_account|mute_account|throttle_post"
    r"|fake_comment|generate_comment|write_comment|post_comment|astroturf|water_army|auto_reply|publish_to_public"
    r"|solve_captcha|bypass|captcha_solver|proxy_pool|rotate_proxy|rotate_agent|spoof|fake_login"
    r"|secret_level|classification_level|class_mark",
    re.I,
)
NEVER_SAID = re.compile("删帖|封号|限流请求|水军|重点人员库|人物画像|账号画像|网评员")


def names() -> Iterator[tuple[str, str]]:
    """Every function, class and module of the four rooms, with where it stands."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.stem, str(path)
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                    yield node.name, f"{path}:{node.lineno}"


def routes() -> list[str]:
    return [getattr(route, "path", "") for page in PAGES for route in page.router.routes]


def test_no_function_class_or_module_is_for_it() -> None:
    assert [place for name, place in names() if NEVER.search(name)] == []


def test_no_table_or_column_is_for_it() -> None:
    columns = [f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.c]
    assert [column for column in columns if NEVER.search(column)] == []
    about_authors = [column for column in columns if re.search("author|account|netizen", column)]
    known = {"document.author_alias", "revision.author"}
    ours = {column for column in about_authors if column.startswith("user_account.")}
    assert set(about_authors) - ours == known, "an author is an alias within one incident and nothing more"


def test_no_index_makes_it_quick_to_collect_what_one_author_wrote() -> None:
    indexed = [column.name for table in metadata.sorted_tables for i in table.indexes for column in i.columns]
    assert "author_alias" not in indexed


def test_no_page_asks_for_accounts_removals_or_the_public() -> None:
    bad = re.compile(
        r"author|netizen|account(?!/password)|profile|portrait|takedown|remov|delet|comment|publish|graph"
    )
    assert [path for path in routes() if bad.search(path)] == []
    assert routes(), "there are pages"


def test_no_command_and_no_paper_is_for_it() -> None:
    assert not any(NEVER_SAID.search(said) or NEVER.search(name) for name, said in COMMANDS.items())
    assert not any(NEVER_SAID.search(str(kind.__doc__)) or NEVER.search(name) for name, kind in KINDS.items())


def test_no_template_asks_anybody_to_remove_a_post_or_to_write_comments() -> None:
    files = [path for room in ("alerts", "monitor") for path in (ROOT / room).rglob("*.html")]
    files += [path for path in (ROOT / "alerts").rglob("*.t[xy]*") if path.suffix in (".txt", ".typ")]
    assert files
    asking = re.compile(rf"[^。；\n]*(?:{NEVER_SAID.pattern})[^。；\n]*")
    said = [found for path in files for found in asking.findall(path.read_text("utf-8"))]
    assert [sentence for sentence in said if not re.search("不得|不要|禁止|严禁|请勿", sentence)] == []


def test_a_source_cannot_be_told_to_log_in_to_disguise_itself_or_to_leave_robots_aside() -> None:
    offered = {*Source.model_fields, *Cadence.model_fields, *Limits.model_fields}
    assert not offered & {
        "cookie",
        "cookies",
        "login",
        "user_agent",
        "headers",
        "proxy",
        "proxies",
        "robots",
        "captcha",
    }


def test_an_account_is_not_recognised_from_one_incident_to_the_next() -> None:
    one, two = author_alias(KEY, 1, "青石老王"), author_alias(KEY, 2, "青石老王")
    assert one != two and one == author_alias(KEY, 1, " 青石老王 ")
    assert "老王" not in one + two


def test_numbers_of_persons_are_masked_wherever_a_page_is_kept(sqlite_store: Store) -> None:
    said = "联系人手机13812345678，身份证130105199001011234，住联盟小区3号楼2单元401室"
    page = Page(
        "bbs", "https://bbs.example/1", said, said, "forum", NOW, author="青石老王", extra={"place": said}
    )
    archive.keep(sqlite_store, KEY, [finished(page)], NOW)
    with sqlite_store.read() as conn:
        kept = str(conn.execute(metadata.tables["document"].select()).all())
    for number in ("13812345678", "130105199001011234", "401", "青石老王"):
        assert number not in kept


def test_nothing_leaves_the_house_for_a_model_unless_a_station_says_so() -> None:
    assert StationFile.model_fields["summary"].default is None
    station = parse({"station.yaml": "office: {name: 区政府办}\njurisdiction: {code: '130105'}\n"})
    assert station.summary is None and station.outward is None and station.channels == {}
