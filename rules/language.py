"""The rule language: text in, a small tree out. Its one-page manual is docs/规则语言.md.

    expression := both { (OR | 或) both }
    both       := single { (AND | 且) single }
    single     := (NOT | 非) single | close
    close      := atom { (NEAR/n | NEAR/ns | THEN/n | THEN/ns) atom }
    atom       := word | "quoted" | @list | re:"…" | place:"…" | rule:id | title:atom | text:atom | media:atom
                | n OF ( expression, … ) | ( expression )

Trees are plain tuples, so that compiled packs can be kept as JSON.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import re2

from rules.errors import ExpressionError

Node = tuple[Any, ...]
DEEPEST = 60

_TOKEN = re.compile(
    r"""(?P<blank>\s+)
      | (?P<quoted>"(?:[^"\\]|\\.)*")
      | (?P<near>(?:NEAR|THEN|近|先后)/(?P<reach>\d+)(?P<unit>s|句)?(?![\w]))
      | (?P<of>\d+\s*(?:OF|个)(?=\s*\())
      | (?P<field>(?:title|text|media|标题|正文|媒体):)
      | (?P<special>(?:re|place|rule|地点|规则):)
      | (?P<list>@[\w.\-]+)
      | (?P<mark>[(),])
      | (?P<word>[^\s"(),:@]+)
    """,
    re.VERBOSE,
)
_OPERATORS = {
    "AND": "and", "且": "and", "OR": "or", "或": "or", "NOT": "not", "非": "not",
}  # fmt: skip
_FIELDS = {"标题": "title", "正文": "text", "媒体": "media"}
_SPECIALS = {"地点": "place", "规则": "rule"}
_KEYWORDS = [
    "AND",
    "OR",
    "NOT",
    "NEAR/10",
    "THEN/10",
    "OF",
    "title:",
    "text:",
    "media:",
    "re:",
    "place:",
    "rule:",
]


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of an expression and where it starts."""

    kind: str
    text: str
    position: int
    reach: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What an expression may refer to."""

    lists: Collection[str] = ()
    rules: Collection[str] = ()


def parse(source: str, names: Names | None = None) -> Node:
    """The tree of an expression. Raises ExpressionError: position, what was expected, nearest spelling."""
    return _Parser(source, names or Names()).parse()


def tokens(source: str) -> Iterator[Token]:
    """The pieces of an expression, blanks left out."""
    at = 0
    while at < len(source):
        found = _TOKEN.match(source, at)
        if found is None:
            raise _stray(source, at)
        kind = str(found.lastgroup) if found.lastgroup not in ("reach", "unit") else "near"
        if kind != "blank":
            yield _token(kind, found, at)
        at = found.end()


def _token(kind: str, found: re.Match[str], at: int) -> Token:
    text = found.group()
    if kind == "near":
        return Token(kind, text.split("/")[0], at, int(found["reach"]), "s" if found["unit"] else "c")
    if kind == "word" and text in _OPERATORS:
        return Token(_OPERATORS[text], text, at)
    return Token(kind, text, at)


def _stray(source: str, at: int) -> ExpressionError:
    if source[at] == '"':
        return ExpressionError("引号没有结束", at, '另一个引号 "')
    before = re.search(r"(\w+)$", source[:at])
    near = _nearest(before.group() + ":", _KEYWORDS) if source[at] == ":" and before else ""
    return ExpressionError(f"不认识的符号“{source[at]}”", at, "词语、括号或运算符", near)


def _nearest(word: str, known: Collection[str]) -> str:
    close = difflib.get_close_matches(word, list(known), 1, 0.5)
    return close[0] if close else ""


class _Parser:
    """Recursive descent; one token of look-ahead."""

    def __init__(self, source: str, names: Names) -> None:
        self._source, self._names = source, names
        self._tokens = list(tokens(source))
        self._at = 0
        self._depth = 0

    def parse(self) -> Node:
        if not self._tokens:
            raise ExpressionError("表达式是空的", 0, "词语")
        tree = self._either()
        if rest := self._peek():
            raise self._unexpected(rest, "AND、OR、NEAR/n 或表达式结束")
        return tree

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, *kinds: str) -> Token | None:
        token = self._peek()
        if token is None or token.kind not in kinds:
            return None
        self._at += 1
        return token

    def _unexpected(self, token: Token | None, expected: str) -> ExpressionError:
        if token is None:
            return ExpressionError("表达式提前结束", len(self._source), expected)
        near = _nearest(token.text.upper(), _KEYWORDS) if token.text.isascii() else ""
        if token.kind == "word" and not near and expected.startswith("AND"):
            return ExpressionError(f"两个词之间缺少运算符：“{token.text}”", token.position, expected)
        return ExpressionError(f"多余的“{token.text}”", token.position, expected, near)

    def _either(self) -> Node:
        parts = [self._both()]
        while self._take("or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else ("or", *parts)

    def _both(self) -> Node:
        parts = [self._single()]
        while self._take("and"):
            parts.append(self._single())
        return parts[0] if len(parts) == 1 else ("and", *parts)

    def _single(self) -> Node:
        inversions = 0
        while self._take("not"):
            inversions += 1
        close = self._close()
        return ("not", close) if inversions % 2 else close

    def _close(self) -> Node:
        left = self._atom()
        while token := self._take("near"):
            ordered = token.text in ("THEN", "先后")
            left = ("near", token.reach, token.unit, ordered, left, self._atom())
        return left

    def _atom(self) -> Node:
        self._deeper()
        atom = self._shallow_atom()
        self._depth -= 1
        return atom

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            at = min(self._at, len(self._tokens) - 1)
            raise ExpressionError(f"嵌套超过 {DEEPEST} 层", self._tokens[at].position)

    def _shallow_atom(self) -> Node:
        token = self._peek()
        if token is None:
            raise self._unexpected(None, '词语、@词表、re:"…" 或左括号')
        readers = {
            "word": self._word, "quoted": self._word, "list": self._list, "field": self._field,
            "special": self._special, "of": self._of, "mark": self._group,
        }  # fmt: skip
        reader = readers.get(token.kind)
        if reader is None:
            raise self._unexpected(token, '词语、@词表、re:"…" 或左括号')
        return reader(token)

    def _word(self, token: Token) -> Node:
        self._at += 1
        text = _unquote(token.text) if token.kind == "quoted" else token.text
        if not text.strip():
            raise ExpressionError("词语是空的", token.position, "至少一个字")
        return ("term", text)

    def _list(self, token: Token) -> Node:
        self._at += 1
        name = token.text[1:]
        self._known(name, self._names.lists, token, "词表", "@")
        return ("list", name)

    def _known(self, name: str, known: Collection[str], token: Token, what: str, prefix: str) -> None:
        if name not in known:
            near = _nearest(name, known)
            raise ExpressionError(
                f"没有名为“{name}”的{what}", token.position, f"已有的{what}", near and prefix + near
            )

    def _field(self, token: Token) -> Node:
        self._at += 1
        name = token.text[:-1]
        return ("field", _FIELDS.get(name, name), self._atom())

    def _special(self, token: Token) -> Node:
        self._at += 1
        kind = _SPECIALS.get(token.text[:-1], token.text[:-1])
        value = self._take("quoted", "word")
        if value is None:
            raise self._unexpected(self._peek(), f'{kind}:"…"')
        text = _unquote(value.text) if value.kind == "quoted" else value.text
        if kind == "re":
            _check_expression(text, value.position)
        if kind == "rule":
            self._known(text, self._names.rules, value, "规则", "rule:")
        return (kind, text)

    def _of(self, token: Token) -> Node:
        self._at += 1
        least = int(re.match(r"\d+", token.text).group())  # type: ignore[union-attr]
        self._at += 1  # the parenthesis the token looked ahead to
        parts = [self._either()]
        while (comma := self._peek()) and comma.text == "," and comma.kind == "mark":
            self._at += 1
            parts.append(self._either())
        self._close_parenthesis(token)
        if not 1 <= least <= len(parts):
            raise ExpressionError(
                f"{len(parts)} 项里不可能至少有 {least} 项", token.position, f"1 到 {len(parts)} 之间的数"
            )
        return ("of", least, *parts)

    def _group(self, token: Token) -> Node:
        if token.text != "(":
            raise self._unexpected(token, "词语或左括号")
        self._at += 1
        inner = self._either()
        self._close_parenthesis(token)
        return inner

    def _close_parenthesis(self, opening: Token) -> None:
        token = self._peek()
        if token is None or token.text != ")":
            position = token.position if token else len(self._source)
            raise ExpressionError(f"第 {opening.position + 1} 个字符处的括号没有配对", position, "右括号 )")
        self._at += 1


def _unquote(quoted: str) -> str:
    return re.sub(r'\\(["\\])', r"\1", quoted[1:-1])


def _check_expression(pattern: str, position: int) -> None:
    options = re2.Options()
    options.max_mem = 1 << 20
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else error
        reason = reason.decode(errors="replace") if isinstance(reason, bytes) else reason
        raise ExpressionError(
            f"正则表达式“{pattern}”不能使用：{reason}", position, "RE2 语法（不支持回溯引用和环视）"
        ) from error
