"""A leader's instruction as a form says it, on the telephone or at the desk."""

from __future__ import annotations

from starlette.datastructures import FormData

from monitor.console.unit_forms import moment, text
from monitor.stages.task_acts import Order


def order_of(form: FormData) -> Order:
    """An instruction as a form says it."""
    incident = text(form, "incident", 20)
    return Order(
        text(form, "kind", 20),
        text(form, "words", 2000),
        int(incident) if incident.isdecimal() else None,
        text(form, "unit", 80),
        moment(form, "due_at"),
    )
