"""files (文件导入): a watched folder or one uploaded file: CSV, XLSX or JSON lines, a row a page."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from openpyxl import load_workbook

from spiders.decode import decode
from spiders.kinds.rows import page_of
from spiders.kinds.shape import Answer, Fetch, Reading, Unreadable
from spiders.source import Source

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".jsonl", ".json", ".ndjson")
MAX_UNZIPPED = 200 << 20
MAX_ROWS = 200_000


def first(source: Source, words: Sequence[str] = ()) -> tuple[Fetch, ...]:
    """The folder; the crawler hands over each new file in it."""
    return (Fetch(source.url),)


def read(source: Source, answer: Answer) -> Reading:
    """The file's rows. A row that cannot be read is a fault with its number and does not stop the rest."""
    pages, faults = [], []
    for place, row in enumerate(_rows(answer), 1):
        try:
            page = page_of(source, row, answer.fetched_at)
        except (ValueError, TypeError) as error:
            faults.append(f"第 {place} 行：{error}")
            continue
        if page is None:
            faults.append(f"第 {place} 行：没有标题和内容")
        else:
            pages.append(page)
    return Reading(pages=tuple(pages), faults=tuple(faults))


def _rows(answer: Answer) -> Iterable[Mapping[str, Any]]:
    if answer.body[:4] == b"PK\x03\x04":
        return _xlsx(answer.body)
    text = decode(answer.body, answer.content_type).text.lstrip("\ufeff")
    start = text.lstrip()[:1]
    if start == "[":
        return _json_array(text)
    return _json_lines(text) if start == "{" else _csv(text)


def _xlsx(body: bytes) -> Iterator[Mapping[str, Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNZIPPED:
                raise Unreadable("表格解压后过大，拒绝读取")
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise Unreadable("不是可读的 XLSX 表格") from error
    sheet = book.worksheets[0]
    yield from _table(sheet.iter_rows(max_row=MAX_ROWS, values_only=True))


def _csv(text: str) -> Iterator[Mapping[str, Any]]:
    sample = text[:4096].splitlines()[:1]
    separator = max(",\t;|", key=lambda mark: sample[0].count(mark)) if sample else ","
    yield from _table(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _table(lines: Iterable[Sequence[Any]]) -> Iterator[Mapping[str, Any]]:
    """Rows under their headings; the heading row is the first with two or more cells (titles stand above)."""
    headings: list[str] | None = None
    for line in lines:
        cells = [cell for cell in line if cell not in (None, "")]
        if headings is None and len(cells) >= 2:
            headings = [str(cell or "").strip() for cell in line]
        elif headings is not None and cells:
            yield dict(zip(headings, line, strict=False))
    if headings is None:
        raise Unreadable("表格中没有表头")


def _json_lines(text: str) -> Iterator[Mapping[str, Any]]:
    for place, line in enumerate(filter(str.strip, text.splitlines()), 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            if place == 1:
                yield from _json_array(text)
                return
            raise Unreadable(f"第 {place} 行不是 JSON") from error
        if isinstance(row, dict):
            yield row


def _json_array(text: str) -> Iterator[Mapping[str, Any]]:
    try:
        data = json.loads(text)
    except ValueError as error:
        raise Unreadable("不是可读的 JSON") from error
    rows = data if isinstance(data, list) else next((v for v in data.values() if isinstance(v, list)), [data])
    yield from (row for row in rows if isinstance(row, dict))
