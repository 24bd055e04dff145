"""A station is loaded whole or not at all, and every fault says where it stands and what would be right."""

from __future__ import annotations

import pytest

from monitor.errors import ConfigError
from monitor.settings import parse

STATION = """\
office:
  name: 青石区人民政府办公室
jurisdiction:
  code: 130105
"""


def faults(**files: str) -> list[str]:
    named = {"station.yaml": STATION} | {f"{name}.yaml": text for name, text in files.items()}
    with pytest.raises(ConfigError) as caught:
        parse(named)
    return [str(fault) for fault in caught.value.faults]


def test_the_smallest_station_is_complete() -> None:
    station = parse({"station.yaml": STATION})
    assert station.jurisdiction.code == "130105"
    assert (station.units, station.sources, station.roster.people) == ((), (), ())
    assert station.retention.documents.days == 180


def test_an_unknown_key_names_its_line_and_the_nearest_known_one() -> None:
    [fault] = faults(station=STATION + "retension:\n  documents: 30d\n")
    assert fault == "station.yaml:5：不认识的项“retension”，是否为“retention”"


def test_an_unknown_key_deep_inside_is_compared_with_its_own_neighbours() -> None:
    mail = "channels:\n  mail:\n    kind: mail\n    host: mx\n    sender: a@b\n    pasword: {env: X}\n"
    [fault] = faults(station=STATION + mail)
    assert fault == "station.yaml:10：不认识的项“channels.mail.mail.pasword”，是否为“password”"


def test_every_fault_of_every_file_is_told_at_once() -> None:
    told = faults(
        station=STATION + "retention: {audit: 30d, documents: long}\n",
        units="units:\n  - id: edu\n    name: 教育局\n    vertical: perhaps\n  - name: 无编号\n",
        sources="sources:\n  - {id: a, name: 甲, kind: feeed, url: 'http://a.example/'}\n",
    )
    assert told == [
        "sources.yaml:2：sources.1.kind：应为 'feed', 'listing', 'sitemap', 'hotlist', 'api', 'search',"
        " 'forum', 'files', 'mailbox', 'paste'、'webhook' 之一",
        "station.yaml:5：retention.documents：应为时长，如 15m（分钟）、1h30m、30d（天）",
        "station.yaml:5：retention.audit：日志须保存不少于六个月（网络安全法第二十三条），应写 183d 以上",
        "units.yaml:4：units.1.vertical：应为 true 或 false",
        "units.yaml:5：units.2.id：缺少此项",
    ]


def test_a_password_in_the_file_is_refused() -> None:
    [fault] = faults(
        station=STATION + "channels:\n  mail: {kind: mail, host: mx, sender: a@b, password: hunter2}\n"
    )
    assert "口令和密钥不得写入配置文件" in fault
    assert "hunter2" not in fault


def test_names_that_lead_nowhere_are_found_across_files() -> None:
    roster = (
        "people:\n  - {id: wang, name: 王值班, contacts: {sms: 1390000}}\n"
        "shifts:\n  - {name: 全天, start: 08:00, until: 08:00, officers: [wang, wnag]}\n"
        "escalation:\n  2:\n    - {after: 10m, who: [officer], channels: [mail]}\n"
        "    - {after: 5m, who: [boss], channels: [mail]}\n"
    )
    told = faults(
        station=STATION + "channels: {mail: {kind: mail, host: mx, sender: a@b}}\nadministrator: wangg\n",
        units="units:\n  - {id: edu, name: 教育局}\n  - {id: edu, name: 又一个}\n",
        roster=roster,
    )
    assert told == [
        "units.yaml:3：编号“edu”已在第 2 行用过，编号不得重复",
        "station.yaml:6：roster.yaml 的 people 中没有人员“wangg”，是否为“wang”",
        "roster.yaml:4：roster.yaml 的 people 中没有人员“wnag”，是否为“wang”",
        "roster.yaml:8：没有此人员或角色“boss”",
        "roster.yaml:2：station.yaml 的 channels 中没有渠道“sms”",
        "roster.yaml:8：时间早于上一步，各步应按先后排列",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("office: {name: a\njurisdiction:", "YAML 写法有误"),
        (
            "office: {name: 甲}\noffice: {name: 乙}\njurisdiction: {code: 1301}\n",
            "station.yaml:2：“office”重复出现",
        ),
        ("- a\n", "应为“键: 值”"),
        ("a: &x [*x]\n", "不支持"),
        ("a: &x [1]\nb: [*x, *x]\n", "station.yaml:1："),
        ("[" * 3000, "YAML"),
        ("", "缺少此项"),
    ],
)
def test_broken_files_are_told_not_raised(text: str, words: str) -> None:
    assert any(words in fault for fault in faults(station=text))


def test_a_misspelt_file_is_not_passed_over() -> None:
    [fault] = faults(unit="units: []\n")
    assert fault.startswith("unit.yaml：不认识的文件，是否为“units.yaml”")


def test_times_and_codes_without_quotation_marks_mean_what_they_say() -> None:
    text = STATION.replace("130105", "010100") + "bulletins: {daily_at: 08:30}\nretention: {documents: 90d}\n"
    station = parse({"station.yaml": text})
    assert station.jurisdiction.code == "010100"
    assert station.bulletins.daily_at is not None and station.bulletins.daily_at.minute == 30


def test_the_words_of_numbers_the_superior_and_the_model_are_checked_where_they_stand() -> None:
    told = faults(
        station=STATION
        + "papers:\n  numbering: {circular: '', firstreport: 新舆报}\n  members: [nobody]\n"
        + "superior: [city]\n"
        + "summary: {address: not-a-url, model: m, key: sk-plain, timeout: 0}\n"
    )
    assert any("station.yaml:6：papers.numbering.circular" in fault for fault in told)
    assert any("是否为“first_report”" in fault for fault in told)
    assert any("summary.address" in fault for fault in told)
    assert any("口令和密钥不得写入配置文件" in fault for fault in told)
    assert any("summary.timeout" in fault for fault in told)
    told = faults(station=STATION + "papers: {members: [nobody]}\nsuperior: [city]\n")
    assert sorted(told) == [
        "station.yaml:5：units.yaml 中没有单位“nobody”",
        "station.yaml:6：roster.yaml 的 people 中没有人员“city”",
    ]
    station = parse({"station.yaml": STATION + "papers: {numbering: {transfer: 青舆转}}\n"})
    words = station.papers.numbering.words
    assert [words(name) for name in ("circular", "handing_over", "first_report")] == [
        "青舆通",
        "青舆移",
        "青舆报",
    ]
