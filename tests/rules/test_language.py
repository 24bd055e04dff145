"""The rule language: what it means, and how it says what is wrong."""

from __future__ import annotations

import time

import pytest

from rules.engine import Engine
from rules.errors import ExpressionError
from rules.examples import fires
from rules.language import Names, parse
from rules.pack import Rule, RuleSet
from rules.text import normalise
from rules.verdict import Text

LISTS = {"水": ("停水", "断水"), "人": ("业主", "居民")}


def engine(*expressions: str) -> Engine:
    names = Names(LISTS, [f"r{n}" for n in range(len(expressions))])
    rules = [Rule(f"r{n}", f"r{n}", "1", parse(e, names)) for n, e in enumerate(expressions)]
    return Engine(RuleSet(tuple(rules), {}, LISTS, "x"))


def holds(expression: str, title: str, text: str = "", media: str | None = None) -> bool:
    made = engine(expression)
    found = made.scan(normalise(Text("", title, text, media=media)), lambda: ("北苑街道",))
    return bool(made.fired(found))


@pytest.mark.parametrize(
    ("expression", "yes", "no"),
    [
        ("停水 AND 业主", "停水三天业主愁", "停水三天"),
        ("停水 且 业主", "停水三天业主愁", "业主"),
        ("停水 OR 停电", "停电了", "停暖了"),
        ("停水 AND NOT 通知", "停水了", "停水通知"),
        ("停水 AND (业主 OR 居民)", "居民说停水", "居民"),
        ("2 OF (停水, 停电, 停气)", "停水又停气", "停水"),
        ("停水 NEAR/4 业主", "停水后业主急", "停水的消息传开之后不少业主"),
        ("停水 THEN/6 业主", "停水后业主急", "业主说停水了"),
        ("停水 NEAR/1s 业主", "停水了，业主急", "停水了。业主急"),
        ("停水 NEAR/2s 业主", "停水了。业主急", "停水了。天好。业主急"),
        ("@水 NEAR/5 @人", "断水了居民急", "断水了"),
        ('re:"停[水电]\\\\d天"', "停电3天", "停电三天"),
        ('"停水 了"', "停水 了", "停水"),
        ("狗 NEAR/4 咬", "狗又咬人", "狗在叫"),
    ],
)
def test_meaning(expression: str, yes: str, no: str) -> None:
    assert holds(expression, yes)
    assert not holds(expression, no)


def test_fields_places_and_other_rules() -> None:
    assert holds("title:停水", "停水了")
    assert not holds("title:停水", "早上好", "停水了")
    assert holds("停水 AND media:晚报", "停水", media="某市晚报")
    assert not holds("停水 AND media:晚报", "停水 晚报")
    assert holds('停水 AND place:"北苑街道"', "停水")
    made = engine("停水", "业主 AND rule:r0")
    assert fires(made, "r1", "业主说停水")
    assert not fires(made, "r1", "业主说停电")


def test_a_rule_that_asks_for_itself_does_not_hang() -> None:
    assert not fires(engine("停水 AND rule:r0"), "r0", "停水")


@pytest.mark.parametrize(
    ("expression", "position", "says"),
    [
        ("停水 业主", 3, "缺少运算符"),
        ("停水 ADN 业主", 3, "AND"),
        ("titel:停水", 5, "title:"),
        ("(停水 OR 停电", 9, "右括号"),
        ("停水 AND", 6, "提前结束"),
        ("@氺", 0, "没有名为"),
        ("rule:r", 5, "rule:r0"),
        ("3 OF (a, b)", 0, "不可能至少有 3 项"),
        ('re:"(a)\\\\1"', 3, "RE2"),
        ('"停水', 0, "引号没有结束"),
        ("", 0, "空的"),
        ("((" * 100 + "a" + "))" * 100, 60, "层"),
    ],
)
def test_errors_say_where_and_what_would_be_right(expression: str, position: int, says: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(expression, Names(LISTS, ["r0"]))
    assert caught.value.position == position
    assert says in str(caught.value)


def test_a_catastrophic_expression_is_linear() -> None:
    begin = time.perf_counter()
    holds('停水 AND re:"(a+)+$"', "停水", "a" * 50_000 + "b")
    assert time.perf_counter() - begin < 2
