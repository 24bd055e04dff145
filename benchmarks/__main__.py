"""Run every benchmark, or the one named: `python -m benchmarks [NAME]`.

Each prints one line: NAME FIGURE UNIT target TARGET.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

LIMIT = 300  # seconds for one benchmark; FULL=1 in the environment lifts the limit


def names() -> list[str]:
    here = Path(__file__).parent
    return sorted(
        p.stem.replace("_", "-") for p in here.glob("[!_]*.py") if "def main(" in p.read_text("utf-8")
    )


def run(name: str, limit: float | None) -> bool:
    module = f"benchmarks.{name.replace('-', '_')}"
    try:
        return subprocess.run([sys.executable, "-m", module], timeout=limit).returncode == 0
    except subprocess.TimeoutExpired:
        print(f"{name} did not end within {limit} s", file=sys.stderr)
        return False


def main() -> int:
    wanted, known = sys.argv[1:], names()
    unknown = [name for name in wanted if name not in known]
    if unknown:
        print(f"no benchmark {unknown[0]!r}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    limit = None if os.environ.get("FULL") else LIMIT
    return min(1, sum(not run(name, limit) for name in wanted or known))


if __name__ == "__main__":
    sys.exit(main())
