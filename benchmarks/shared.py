"""Where the data sets to measure on are."""

from __future__ import annotations

import os
from pathlib import Path


def shared_data() -> Path:
    """The folder of the shared data sets: CAIFENG_SHARED/data, or ../shared/data beside the checkout."""
    root = Path(os.environ.get("CAIFENG_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    if not (root / "data").is_dir():
        raise SystemExit(f"找不到数据目录 {root / 'data'}：请用环境变量 CAIFENG_SHARED 指明")
    return root / "data"
