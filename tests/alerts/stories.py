"""Facts of an invented town, 青石区: the shipped samples, and how tests change them."""

from __future__ import annotations

import json
from typing import Any

from alerts import papers

OFFICE = "青石区人民政府办公室"


def facts(kind: str, **changes: Any) -> dict[str, Any]:
    """The shipped sample of a kind, fresh, with some fields changed."""
    return papers.sample(kind) | changes


def incident(**changes: Any) -> dict[str, Any]:
    """The incident of the special issue: a gas leak at a market."""
    first: dict[str, Any] = papers.sample("bulletin")["incidents"][0]
    return first | changes


def moments(kind: str) -> str:
    """All facts of a sample as one text, to look things up in."""
    return json.dumps(papers.sample(kind), ensure_ascii=False)


def totals(**changes: Any) -> dict[str, Any]:
    """A period's figures."""
    return {
        "documents": 128,
        "before": 96,
        "opened": 6,
        "closed": 4,
        "running": 3,
        "sources": ["T901"],
    } | changes


def weekly(items: int = 30) -> dict[str, Any]:
    """A weekly issue with so many incidents and five charts."""
    base = incident()
    return facts(
        "bulletin",
        series="周报",
        period={"since": "2026-08-31T00:00:00+08:00", "until": "2026-09-07T00:00:00+08:00"},
        totals=totals(documents=864, before=790, opened=items),
        hours=[
            {"at": f"2026-09-{1 + i // 24:02d}T{i % 24:02d}:00:00+08:00", "count": (i * 7) % 23}
            for i in range(144)
        ],
        media=base["media"],
        topics=[
            {"name": name, "count": 40 - 5 * i} for i, name in enumerate(("物业与小区", "供热供水", "教育"))
        ],
        funnel=[
            {"name": n, "count": c}
            for n, c in (("下发", 30), ("签收", 30), ("初报", 27), ("终报", 21), ("办结", 18))
        ],
        units=[
            {
                "unit": f"第{i}街道办事处",
                "given": 4 + i,
                "signed_in_time": 4 + i,
                "reported_in_time": 3 + i,
                "overdue": i % 2,
                "hours": 5.5 + i,
            }
            for i in range(8)
        ],
        incidents=[
            base | {"id": f"2026-{i:04d}", "title": f"网民反映第{i}号小区供水问题"} for i in range(items)
        ],
        traits=["供水类诉求较为集中，多与老旧管网检修有关"],
    )


def daily(**changes: Any) -> dict[str, Any]:
    """A daily issue with one incident and one sprout."""
    sprout = incident(
        id="2026-0114", title="网民反映育才小学门口早高峰拥堵", level=4, sprout=True, handling=[], answers=[]
    )
    ready = facts(
        "bulletin",
        series="日报",
        issue=245,
        period={"since": "2026-09-01T08:00:00+08:00", "until": "2026-09-02T08:00:00+08:00"},
        totals=totals(),
        incidents=[incident(), sprout],
        funnel=[
            {"name": n, "count": c}
            for n, c in (("下发", 9), ("签收", 9), ("初报", 7), ("终报", 5), ("办结", 4))
        ],
        watch_next=[
            {
                "at": "2026-09-02T08:00:00+08:00",
                "text": "柳荫农贸市场恢复营业后的群众反映",
                "claim": None,
                "sources": ["T901"],
            }
        ],
    )
    return ready | changes


def messages() -> dict[str, Any]:
    """A month of messages to the leaders' board."""
    units = [
        {
            "unit": "区住房和城乡建设局",
            "given": 89,
            "signed_in_time": 88,
            "reported_in_time": 84,
            "overdue": 5,
            "hours": 62.5,
        },
        {
            "unit": "区教育局",
            "given": 41,
            "signed_in_time": 41,
            "reported_in_time": 41,
            "overdue": 0,
            "hours": 30.0,
        },
    ]
    return facts(
        "bulletin",
        series="留言办理通报",
        period={"since": "2026-08-01T00:00:00+08:00", "until": "2026-09-01T00:00:00+08:00"},
        incidents=[],
        messages={
            "received": 197,
            "answered": 191,
            "late": 6,
            "units": units,
            "topics": [
                {"name": "物业管理", "count": 89},
                {"name": "供热", "count": 33},
                {"name": "入学", "count": 21},
            ],
            "sources": ["T901"],
        },
    )
