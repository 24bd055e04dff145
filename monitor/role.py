"""One role as a process of its own: `python -m monitor.role work STATION`, begun by the supervisor."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from monitor import log

if __name__ == "__main__":
    log.start()
    sys.exit(import_module(f"monitor.{sys.argv[1]}_role").run(Path(sys.argv[2])))
