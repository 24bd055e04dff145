"""What identifies a private person is covered; what describes the event stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.mask import mask, phone
from tests.spiders.mask_sentences import COVER, STAY


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("联系电话13812345678。", "联系电话138****5678。"),
        ("电话：138-1234-5678", "电话：138****5678"),
        ("+86 138 1234 5678", "138****5678"),
        ("身份证号130105199001011234", "身份证号130105********4"),
        ("身份证13010519900101123X", "身份证130105********X"),
        ("身份证：130105900101123", "身份证：130105*********"),
        ("银行卡6222 0210 0101 2345 678", "银行卡6222********678"),
        ("车牌冀A12B45的轿车", "车牌冀A***45的轿车"),
        ("新能源车冀AD12345", "新能源车冀A***45"),
        ("邮箱wang.jg@mail.example", "邮箱w***@mail.example"),
        ("家住联盟小区3号楼2单元501室", "家住联盟小区**号楼"),
        ("住2单元1203室的居民", "住**单元的居民"),
        ("万达公寓5-2-1203漏水", "万达公寓**-**-**漏水"),
        ("学生王小明被打", "学生王某某被打"),
        ("患者李强，家属称", "患者李某，家属称"),
        ("王小明（12岁）失踪", "王某某（12岁）失踪"),
        ("李雷，男，9岁", "李某，男，9岁"),
        ("8岁男孩赵一鸣走失", "8岁男孩赵某某走失"),
    ],
)
def test_personal_data_is_covered(text: str, covered: str) -> None:
    assert mask(text) == covered


@pytest.mark.parametrize(
    "text",
    [
        "请拨打12345、110、119或96596",
        "咨询电话0311-12345",
        "2026年11月22日上午，南街市场发生燃气泄漏",
        "建设路与中山路口追尾，3车受损",
        "联盟小区停水三天",
        "学生反映食堂饭菜质量问题",
        "患者及家属到医院反映情况",
        "市长王明会见记者",
        "文号：冀政办字〔2026〕12号，共计123456元",
        "价格1380元，比去年高13.8%",
        "第3号楼盘开盘，G107国道限行",
        "35岁的张强",
    ],
)
def test_events_and_public_facts_stay(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(("sentence", "private"), COVER)
def test_what_citizens_write_of_themselves_is_covered(sentence: str, private: list[str]) -> None:
    covered = mask(sentence)
    assert not [word for word in private if word in covered]


@pytest.mark.parametrize("sentence", STAY)
def test_what_offices_and_papers_write_stays(sentence: str) -> None:
    assert mask(sentence) == sentence


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.from_regex(r"[\u4e00-\u9fff]{0,5}1[3-9][0-9]{9}[\u4e00-\u9fff]{0,5}", fullmatch=True))
def test_no_mobile_number_survives(text: str) -> None:
    digits = "".join(c for c in text if c.isascii() and c.isdigit())
    assert digits not in mask(text)


def test_a_number_as_the_console_shows_it() -> None:
    assert phone("13812345678") == "138****5678"
    assert phone("0311-87654321") == "0311-****321"
    assert phone("123") == "****"
