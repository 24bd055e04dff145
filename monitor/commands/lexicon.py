"""`caifeng lexicon`: learn the mood table from labelled text, check one against labels, look words up."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from rules.learn import Example
    from rules.lexicon_file import Table

app = typer.Typer(help="情感词表：学习、校核、查词。", no_args_is_help=True, rich_markup_mode=None)

_LABELLED = "逐行 JSON：text、label（negative、neutral、positive），可有 weight"
_Labelled = Annotated[list[Path], typer.Argument(help=_LABELLED, exists=True, dir_okay=False)]
_TABLE = "词表文件；不给则用随程序的词表"
_TableFile = Annotated[Path | None, typer.Option("--table", help=_TABLE, exists=True)]


@app.command()
def learn(
    files: _Labelled,
    out: Annotated[Path | None, typer.Option(help="写到哪个文件（.npz）")] = None,
    station: Annotated[
        Path | None,
        typer.Option(help="值守站目录：写到其 rules/sentiment.npz，caifeng apply 后生效", exists=True),
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="从头学习；不给则调整现有词表")] = False,
    two_class: Annotated[
        list[Path] | None,
        typer.Option(help="只有正负两类的日常帖文（仅 --fresh）", exists=True, dir_okay=False),
    ] = None,
    table: _TableFile = None,
) -> None:
    """学习：本站的标注（含研判被改正的）少时宜调整，多于数千条时可从头学习。"""
    from rules.learn import adapt
    from rules.learn import learn as learn_fresh
    from rules.lexicon_file import save

    target = _target(out, station)
    examples = [*_examples(files, two_class=False), *_examples(two_class or [], two_class=True)]
    try:
        learned = learn_fresh(examples) if fresh else adapt(_table(table), examples)
    except ValueError as error:
        _fail(str(error))
    save(learned, target)
    typer.echo(f"已从 {len(examples)} 条标注学得 {len(learned.vocabulary)} 个词和字串，写入 {target}")
    if station:
        typer.echo(f"执行 caifeng apply {station} 后，本站研判即用此表")


def _target(out: Path | None, station: Path | None) -> Path:
    from rules.moods import OWN

    if (out is None) == (station is None):
        _fail("--out 与 --station 应给且只给一个")
    if out is not None:
        return out
    assert station is not None
    if not (station / "station.yaml").is_file():
        _fail(f"{station} 不是值守站目录：没有 station.yaml")
    (station / "rules").mkdir(exist_ok=True)
    return station / "rules" / OWN


@app.command()
def labels(
    station: Annotated[Path, typer.Argument(help="值守站目录", exists=True, file_okay=False)],
    out: Annotated[Path, typer.Option(help="写到哪个文件（逐行 JSON）")],
) -> None:
    """取标注：值守人员已核实的记为 negative，判为无需预警的记为 neutral；核对改正后供 learn 使用。"""
    from monitor.premises import store_of
    from monitor.store.reading.rules import decided

    with store_of(station).read() as conn:
        rows = [
            {"text": f"{title}\n{text}".strip(), "label": "negative" if confirmed else "neutral"}
            for title, text, confirmed in decided(conn)
        ]
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    typer.echo(f"已写出 {len(rows)} 条标注到 {out}")


@app.command()
def check(
    files: _Labelled,
    table: _TableFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """校核：词表的判断与标注是否一致（准确率、宏平均 F1、混淆表）。"""
    from rules.sentiment import SentimentModel

    model = SentimentModel(_table(table))
    pairs: Counter[tuple[str, str]] = Counter()
    for e in _examples(files, two_class=False):
        pairs[e.label, model.score("", e.text).label] += 1
    if not pairs:
        _fail("没有可校核的标注")
    figures = {
        "texts": pairs.total(),
        "accuracy": round(sum(n for (a, b), n in pairs.items() if a == b) / pairs.total(), 4),
        "macro_f1": round(_macro_f1(pairs), 4),
        "confusion": {f"{a}→{b}": n for (a, b), n in sorted(pairs.items())},
    }
    typer.echo(json.dumps(figures, ensure_ascii=False) if as_json else _shown(figures))


@app.command()
def show(words: Annotated[list[str], typer.Argument(help="要查的词")], table: _TableFile = None) -> None:
    """查词：每个词（或字串）在各列中的权重。"""
    from rules.lexicon_file import COLUMNS
    from rules.sentiment_features import WORD

    known = _table(table)
    index = {f: i for i, f in enumerate(known.vocabulary)}
    for word in words:
        rows = [index[f] for f in (word, WORD + word) if f in index]
        if not rows:
            typer.echo(f"{word}\t词表中没有")
            continue
        weights = sum(known.weights[i] for i in rows)
        typer.echo(word + "\t" + "\t".join(f"{c}={w:+.2f}" for c, w in zip(COLUMNS, weights, strict=True)))


@app.command()
def score(texts: Annotated[list[str], typer.Argument(help="要判断的文字")], table: _TableFile = None) -> None:
    """试判：一段文字的情感、分数和依据。"""
    from rules.sentiment import SentimentModel

    model = SentimentModel(_table(table))
    for text in texts:
        mood = model.score("", text)
        typer.echo(f"{mood.label}\t{mood.score:+.2f}\t{text}\t{'；'.join(mood.why)}")


def _table(path: Path | None) -> Table:
    from rules.lexicon_file import load
    from rules.sentiment import SHIPPED

    try:
        return load(path or SHIPPED)
    except (OSError, KeyError, ValueError) as error:
        _fail(f"读不了词表 {path or SHIPPED}：{error}")


def _examples(files: Sequence[Path], *, two_class: bool) -> Iterator[Example]:
    from rules.learn import Example

    for path in files:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    text, label, weight = _row(path, number, line)
                    yield Example(text, label, two_class, weight)


def _row(path: Path, number: int, line: str) -> tuple[str, str, float]:
    try:
        row = json.loads(line)
        return str(row["text"]), str(row["label"]), float(row.get("weight", 1.0))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        _fail(f"{path}:{number}：应为含 text 和 label 的 JSON（{error}）")


def _macro_f1(pairs: Counter[tuple[str, str]]) -> float:
    labels = sorted({a for a, _ in pairs})
    scores = []
    for label in labels:
        right = pairs[label, label]
        wrong = sum(n for (a, b), n in pairs.items() if (a == label) != (b == label))
        scores.append(2 * right / (2 * right + wrong) if right else 0.0)
    return sum(scores) / len(scores)


def _shown(figures: dict[str, object]) -> str:
    confusion = figures["confusion"]
    assert isinstance(confusion, dict)
    lines = [f"共 {figures['texts']} 条，准确率 {figures['accuracy']}，宏平均 F1 {figures['macro_f1']}"]
    return "\n".join(lines + [f"  {pair}\t{n}" for pair, n in confusion.items()])


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)
