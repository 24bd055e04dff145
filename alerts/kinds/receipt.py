"""签收回执: the page of a notice that the unit signs and sends back."""

from __future__ import annotations

from collections.abc import Sequence

from alerts.facts import Unit
from alerts.sheet import Align, Annex, Block, Cell, Note, Row, Table, para


def receipt(lead: str, title: str, serial: str, assist: Sequence[Unit]) -> tuple[Block, ...]:
    """附件1, one table; assisting units sign a copy of their own."""
    number = f"（{serial}）" if serial else ""
    rows = (
        _row("签收单位", lead),
        Row((Cell("签收人", label=True), Cell(""), Cell("职务", label=True), Cell("")), 11),
        Row(
            (
                Cell("联系电话", label=True),
                Cell(""),
                Cell("签收时间", label=True),
                Cell("    月   日   时   分"),
            ),
            14,
        ),
        _row("退单理由", "（仅限职责不符；应当写明依据，自签收时限起2小时内提出）\n\n", 22),
        _row("备注", "", 9),
        _row("单位盖章", "\n\n年    月    日", 24, align="right"),
    )
    names = "、".join(unit.name for unit in assist)
    note = f"　　配合单位（{names}）另行签收，不再单独反馈结果。" if assist else ""
    return (
        Annex("附件1", "签收回执"),
        para(f"兹收到《{title}》{number}。", indent=2),
        Table((5, 9, 5, 9), rows),
        *([Note(note)] if note else []),
    )


def _row(name: str, value: str, height: float = 11, align: Align = "left") -> Row:
    return Row((Cell(name, label=True), Cell(value, span=3, align=align)), height)
