"""Facts that make a paper, or a sentence on what is wrong with them: asked before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alerts import papers as forms
from alerts.errors import AlertsError
from monitor.errors import CaifengError


class DoesNotFit(CaifengError):
    """Facts that do not make a paper."""

    def __init__(self, error: AlertsError) -> None:
        super().__init__("；".join(getattr(error, "faults", ())) or str(error))


def fits(kind: str, facts: Mapping[str, Any]) -> None:
    """Raise DoesNotFit where the facts make no paper of that kind."""
    try:
        forms.parse(kind, facts)
    except AlertsError as error:
        raise DoesNotFit(error) from error
