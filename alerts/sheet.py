"""A paper composed but not yet set: what stands where, the same for .docx, PDF and HTML.

Widths are in characters of the 28-character line, heights in millimetres.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from alerts.wording import title_lines

Face = Literal["body", "hei", "kai", "bold", "cite"]
Align = Literal["left", "center", "right", "justify"]
_LINE = 28  # characters


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face; `cite` is a small raised mark that names a source."""

    text: str
    face: Face = "body"


@dataclass(frozen=True, slots=True)
class Heading:
    """一、（level 1, 黑体）or （一）（level 2, 楷体）."""

    text: str
    level: Literal[1, 2] = 1
    block: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; `indent` in characters on the first line."""

    runs: tuple[Run, ...]
    indent: int = 2
    align: Align = "justify"
    block: Literal["para"] = "para"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; a label is centred and set in 黑体."""

    text: str
    span: int = 1
    label: bool = False
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side; at least `height` millimetres high."""

    cells: tuple[Cell, ...]
    height: float = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; the first `header` rows repeat on each page."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    header: int = 0
    caption: str = ""
    small: bool = False
    block: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing as SVG; `alt` says in words what it shows."""

    svg: str
    alt: str
    width: float
    height: float
    block: Literal["chart"] = "chart"


@dataclass(frozen=True, slots=True)
class Annex:
    """附件 begins on a page of its own: its label, then its title."""

    label: str
    title: str
    block: Literal["annex"] = "annex"


@dataclass(frozen=True, slots=True)
class Signoff:
    """署名 and 成文日期; with `seal` the date ends four characters from the right."""

    office: str
    day: str
    seal: bool = True
    block: Literal["signoff"] = "signoff"


@dataclass(frozen=True, slots=True)
class Blank:
    """Empty lines."""

    lines: int = 1
    block: Literal["blank"] = "blank"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small type."""

    text: str
    block: Literal["note"] = "note"


Block = Heading | Para | Table | Chart | Annex | Signoff | Blank | Note


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of the list of sources: its mark in the text, what it is, where."""

    mark: str
    id: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Colophon:
    """版记: lines such as 抄送：…… , then 印发机关 and date, then what stands below."""

    lines: tuple[str, ...] = ()
    office: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper.

    `masthead`: the red head, None for none. `serial`: 发文字号 or 期号. `head_left`/`head_right`: the
    line over the red rule. `headline`: whether the title is also set as a line.
    `compact`: a form, without empty lines about its title. `corner`: 内部资料 注意保存.
    `made`: the day it bears.
    """

    kind: str
    title: str
    made: date
    blocks: tuple[Block, ...]
    masthead: str | None = None
    serial: str = ""
    head_left: str = ""
    head_right: str = ""
    corner: str = ""
    copy_no: str = ""
    urgency: str = ""
    subtitle: str = ""
    addressee: str = ""
    colophon: Colophon | None = None
    sources: tuple[Source, ...] = ()
    draft: bool = False
    headline: bool = True
    compact: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Plain data for a template."""
        plain = asdict(self)
        for index in kept(self.blocks):
            plain["blocks"][index]["keep"] = True
        return plain | {"made": self.made.isoformat(), "title_lines": title_lines(self.title)}


def para(*parts: str | Run, indent: int = 2, align: Align = "justify") -> Para:
    """A paragraph of plain strings and runs."""
    return Para(tuple(Run(part) if isinstance(part, str) else part for part in parts), indent, align)


def fields(rows: Iterable[tuple[str, str]], label: float = 6) -> Table:
    """A two-column table of names and values; rows without a value are left out."""
    lines = tuple(Row((Cell(name, label=True), Cell(value))) for name, value in rows if value)
    return Table((label, 28 - label), lines, small=True)


def listing(
    heads: Iterable[str], rows: Iterable[Iterable[str]], widths: tuple[float, ...], caption: str = ""
) -> Table:
    """A table with a head row that repeats."""
    head = Row(tuple(Cell(name, label=True) for name in heads))
    body = tuple(
        Row(tuple(Cell(text, align="left" if len(text) > 8 else "center") for text in row)) for row in rows
    )
    return Table(widths, (head, *body), header=1, caption=caption, small=True)


def kept(blocks: Sequence[Block]) -> set[int]:
    """Which blocks stay on the page of the signature after them: it must not stand there without text.

    GB/T 9704-2012 §7.3.5.4 forbids the makeshift 此页无正文.
    """
    signed = [index for index, block in enumerate(blocks) if isinstance(block, Signoff)]
    return {index for end in signed for index in _near(blocks, end)}


def _near(blocks: Sequence[Block], end: int) -> list[int]:
    """Back from the signature until a line of text is with it; no more, lest half a page stay white."""
    found, letters = [], 0
    for index in range(end - 1, max(end - 5, -1), -1):
        block = blocks[index]
        if letters >= _LINE or not isinstance(block, Para | Blank):
            break
        found.append(index)
        letters += sum(len(run.text) for run in block.runs) if isinstance(block, Para) else 0
    return found
