"""How long a weekly bulletin of 30 items and 5 charts takes as PDF, warm; its .docx has half the time.

The figure is the greater of PDF and twice .docx, so that one line answers for both targets (1.0 s, 0.5 s).
Each run changes an item and a chart: nothing is answered from a cache.
"""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import Any

from alerts import papers

RUNS, TARGET = 7, 1.0


def weekly(run: int) -> dict[str, Any]:
    """Thirty items, five charts, every text a little different each time."""
    sample = papers.sample("bulletin")
    base = sample["incidents"][0]
    hours = [
        {"at": f"2026-09-{1 + i // 24:02d}T{i % 24:02d}:00:00+08:00", "count": (i * 7 + run) % 23}
        for i in range(144)
    ]
    items = [
        base | {"id": f"2026-{i:04d}", "title": f"网民反映第{run}{i:02d}号小区供水问题"} for i in range(30)
    ]
    counted = [
        {"name": name, "count": 40 - 5 * i + run} for i, name in enumerate(("物业", "供热", "教育", "交通"))
    ]
    units = [
        {
            "unit": f"第{i}街道办事处",
            "given": 4,
            "signed_in_time": 4,
            "reported_in_time": 3,
            "hours": 5.5 + i + run,
        }
        for i in range(8)
    ]
    return sample | {
        "series": "周报",
        "period": {"since": "2026-08-31T00:00:00+08:00", "until": "2026-09-07T00:00:00+08:00"},
        "totals": {"documents": 864, "before": 790, "opened": 30, "sources": ["T901"]},
        "hours": hours,
        "media": counted,
        "topics": counted,
        "funnel": counted,
        "units": units,
        "incidents": items,
    }


def main() -> None:
    """One line: seconds, median of the runs after the first."""
    spent: dict[papers.Format, list[float]] = {"pdf": [], "docx": []}
    for run in range(RUNS + 1):
        for fmt, times in spent.items():
            facts = weekly(run)
            start = perf_counter()
            papers.render("bulletin", facts, fmt)
            times.append(perf_counter() - start)
    pdf, docx = (median(times[1:]) for times in spent.values())
    print(f"bulletin {max(pdf, 2 * docx):.3f} s target {TARGET}")


if __name__ == "__main__":
    main()
