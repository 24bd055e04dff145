"""Charts as PNG, for readers that draw no SVG. Drawn by typst: the same engine and fonts as the PDF."""

from __future__ import annotations

import json
from collections.abc import Sequence

from alerts.sheet import Chart

_SOURCE = b"""#let charts = json(bytes(sys.inputs.charts))
#set page(width: auto, height: auto, margin: 0pt)
#for c in charts {
  page(image(bytes(c.svg), format: "svg", width: c.width * 1mm, height: c.height * 1mm))
}
"""
PPI = 200


def pngs(charts: Sequence[Chart]) -> list[bytes]:
    """One PNG for each chart, in order; all of them in one compilation."""
    if not charts:
        return []
    from alerts.pdf import SHIPPED, compiler, hold

    data = [{"svg": c.svg, "width": c.width, "height": c.height} for c in charts]
    with hold():
        made = compiler(SHIPPED).compile(
            input=_SOURCE, format="png", ppi=PPI, sys_inputs={"charts": json.dumps(data, ensure_ascii=False)}
        )
    return [made] if isinstance(made, bytes) else list(made or ())
