"""Break the daemon on purpose: `python -m tests.faults [NAME] [--cycles N]` prints a line for each fault."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

NAMES = ("kill", "moments", "post", "storm")


def main() -> int:
    """0 when nothing was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("names", nargs="*", choices=NAMES)
    parser.add_argument("--cycles", type=int, default=100)
    asked = parser.parse_args()
    codes = [import_module(f"tests.faults.{name}").main(asked.cycles) for name in asked.names or NAMES]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
