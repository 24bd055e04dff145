"""The filter loop: what a pipe sees, line for line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from monitor.commands import filters
from monitor.commands.filters import RecordError, run

ECHO = """
import sys
from monitor.commands.filters import RecordError, run

def handle(record):
    if record.get("title") == "坏":
        raise RecordError("field", "标题不可为“坏”")
    if record.get("title") == "炸":
        raise ZeroDivisionError("x")
    return {"id": record.get("id"), "n": len(record.get("title", "")), "title": record.get("title")}

sys.exit(run(handle, processes=int(sys.argv[1])))
"""


ASCII_ECHO = ECHO.replace("标题不可为“坏”", "no").replace("坏", "\\u574f").replace("炸", "\\u70b8")


def filtered(data: bytes, processes: int = 1) -> tuple[int, list[dict]]:
    done = subprocess.run(
        [sys.executable, "-c", ASCII_ECHO, str(processes)],
        input=data,
        capture_output=True,
        timeout=60,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"},
        check=False,
    )
    assert not done.stderr, done.stderr.decode()
    return done.returncode, [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


@pytest.mark.parametrize("processes", [1, 2])
def test_good_lines_keep_their_order_and_ids(processes: int) -> None:
    ids = ["甲", 2, None, {"k": [1]}, 1.5] * 100
    data = "\n".join(json.dumps({"id": i, "title": "停水"}, ensure_ascii=False) for i in ids).encode()
    code, out = filtered(data, processes)
    assert code == 0
    assert [o["id"] for o in out] == ids


@pytest.mark.parametrize("processes", [1, 2])
def test_bad_lines_are_told_with_number_and_id_and_stop_nothing(processes: int) -> None:
    data = (
        b'\xef\xbb\xbf{"id": 1, "title": "a"}\n\n   \n{broken\n[1]\n'
        + '{"id": "x", "title": "坏"}\n{"id": "y", "title": "炸"}\n'.encode()
        + b'\xff\xfe\n{"id": NaN}\n{"id": 2, "title": "b"}'
    )
    code, out = filtered(data, processes)
    assert code == 1
    assert [o.get("line") for o in out] == [None, 4, 5, 6, 7, 8, 9, None]
    assert [o["error"]["code"] for o in out[1:-1]] == [
        "json",
        "object",
        "field",
        "internal",
        "encoding",
        "json",
    ]
    assert [out[3]["id"], out[4]["id"]] == ["x", "y"]


def test_lone_surrogates_become_replacement_characters_and_offsets_stay() -> None:
    code, out = filtered(
        b'{"id": "\\ud800", "title": "a\\udc00b\\ud83d\\ude00"}\n{"id": 1, "title": "\xed\xa0\x80"}\n'
    )
    assert code == 0
    assert out[0] == {"id": "\ufffd", "n": 4, "title": "a\ufffdb\U0001f600"}
    assert out[1]["title"] == "\ufffd"


def test_deep_nesting_is_an_error_line() -> None:
    code, out = filtered(b'{"id":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n")
    assert code == 1
    assert out[0]["error"]["code"] == "json"


def test_what_is_done_comes_out_while_the_input_idles() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", ASCII_ECHO, "2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin and process.stdout
    for number in range(3):
        process.stdin.write(b'{"id": %d, "title": "t"}\n' % number)
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == number
    process.stdin.close()
    assert process.wait(20) == 0


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b'{"id": 1, "title": "t"}\n' * 50_000)
    done = subprocess.run(
        f"{sys.executable} -c '{ASCII_ECHO}' 1 < {source} | head -n 1",
        shell=True,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert not done.stderr
    assert done.stdout.count(b"\n") == 1


def test_an_endless_line_is_skipped_not_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(filters, "LONGEST_LINE", 1000)
    source = tmp_path / "in.jsonl"
    source.write_bytes(b'{"id": 1}\n' + b"x" * 300_000 + b'\n{"id": 2}\n')
    written: list[bytes] = []

    class Sink:
        def write(self, data: bytes, /) -> None:
            written.append(data)

        def flush(self) -> None: ...

    with source.open("rb") as stream:
        assert run(lambda r: {"id": r["id"]}, source=stream, sink=Sink()) == 1
    assert [json.loads(w).get("error", {}).get("code") for w in written] == [None, "too_long", None]


def test_finish_writes_at_the_end(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b'{"id": 1}\n')
    target = tmp_path / "out.jsonl"
    with source.open("rb") as stream, target.open("wb") as sink:
        run(lambda r: {"id": r["id"]}, source=stream, sink=sink, finish=lambda: [{"id": "last"}])
    assert target.read_bytes().splitlines()[-1] == b'{"id":"last"}'


def test_record_error_keeps_its_code() -> None:
    assert RecordError("field", "x").code == "field"


def test_ten_thousand_lines_are_cheap() -> None:
    data = b'{"id": 1, "title": "t"}\n' * 10_000
    begin = time.perf_counter()
    code, out = filtered(data)
    assert (code, len(out)) == (0, 10_000)
    assert time.perf_counter() - begin < 10
