"""Heat (热度) of an incident: one figure to sort by, made of public counts only.

Each document is worth 1, each medium 2; comments and reposts, views and a hot list's rank add on a
logarithmic scale, so that no single page drowns the rest; the last hour's documents count once more, and
what goes faster than in its own past hours counts for more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_FASTEST = 8.0  # growth that counts at the most


@dataclass(frozen=True, slots=True)
class Reach:
    """What is publicly visible of an incident now. `best_rank` is 1 at the top of a hot list, None off it.

    `growth`: documents of the last three hours ÷ those of the three before, None where those had none.
    """

    documents: int
    media: int
    recent: int = 0
    views: int = 0
    comments: int = 0
    reposts: int = 0
    best_rank: int | None = None
    growth: float | None = None


def heat(reach: Reach) -> float:
    """The figure, rounded to one decimal."""
    answers = 4 * math.log10(1 + reach.comments + 2 * reach.reposts)
    seen = 2 * math.log10(1 + reach.views)
    listed = 20 / math.sqrt(reach.best_rank) if reach.best_rank else 0.0
    rising = 3 * math.log2(min(max(reach.growth or 1.0, 1.0), _FASTEST))
    return round(reach.documents + 2 * reach.media + reach.recent + answers + seen + listed + rising, 1)
