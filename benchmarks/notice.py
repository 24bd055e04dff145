"""How long a notice takes as .docx and PDF together, warm."""

from __future__ import annotations

from statistics import median
from time import perf_counter

from alerts import papers

RUNS, TARGET = 7, 0.4


def main() -> None:
    """One line: seconds for both formats, median of the runs after the first."""
    facts = papers.sample("notice")
    times = []
    for _ in range(RUNS + 1):
        start = perf_counter()
        papers.render("notice", facts, "docx")
        papers.render("notice", facts | {"copies": len(times) + 2}, "pdf")
        times.append(perf_counter() - start)
    print(f"notice {median(times[1:]):.3f} s target {TARGET}")


if __name__ == "__main__":
    main()
