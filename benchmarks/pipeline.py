"""Documents a second through archive, judge and gather on SQLite, in a storm of 10,000 a minute on one event.

The clock is moved, nothing waits; processor time. It fails where the storm is not one incident.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from monitor.stages import gather, judge
from monitor.store.engine import open_store
from monitor.store.migrations import upgrade
from tests.fakes.flow import Flow
from tests.faults.kill import MATTERS, STREETS
from tests.faults.storm import RATE, SAID

WARM, SECONDS, TARGET = 3, 12, RATE  # seconds of storm


def rain(flow: Flow, second: int) -> int:
    """One second of the storm, through all three stages; how many pages."""
    flow.forward(seconds=1)
    head = f"{STREETS[0]}{MATTERS[0]}"
    numbers = range(int(second * RATE), int((second + 1) * RATE))
    titles = ((n, f"{head}，{SAID[n % len(SAID)]}") for n in numbers)
    flow.bring(*(flow.page(title, f"{head}。网友{n}说{SAID[n % 5]}", author=str(n)) for n, title in titles))
    for stage in (judge, gather):
        while stage.run(flow.house, flow.now).more:
            pass
    return len(numbers)


def main() -> None:
    """One line: the rate."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder) / "caifeng.db"))
        upgrade(store)
        flow = Flow(store, datetime(2026, 11, 22, tzinfo=UTC))
        for second in range(WARM):
            rain(flow, second)
        start = process_time()
        told = sum(rain(flow, second) for second in range(WARM, WARM + SECONDS))
        spent = process_time() - start
        found = [row for row in flow.rows("incident") if row.merged_into is None]
        assert len(found) == 1, f"{len(found)} incidents of one event"
        print(f"pipeline {told / spent:.0f} documents/s target {TARGET:.0f}")


if __name__ == "__main__":
    main()
