"""Errors of the alerts room. Messages are Chinese: they meet users."""

from __future__ import annotations

from collections.abc import Sequence


class AlertsError(Exception):
    """Root of what can go wrong while telling people."""


class UnknownKind(AlertsError):
    """A paper was asked for that nobody wrote."""

    def __init__(self, kind: str, known: Sequence[str]) -> None:
        self.kind = kind
        super().__init__(f"没有名为“{kind}”的文书，可用的有：{'、'.join(known)}")


class FactsInvalid(AlertsError):
    """Facts that do not make a paper; `faults` names each field by its dotted path, in Chinese."""

    def __init__(self, kind: str, faults: Sequence[str]) -> None:
        self.kind, self.faults = kind, tuple(faults)
        super().__init__("\n".join(f"{kind}：{fault}" for fault in faults))


class FontsMissing(AlertsError):
    """Not one Chinese font on the machine: a PDF would be a page of empty boxes."""


class TemplateBroken(AlertsError):
    """A template that cannot be used, found when it is loaded: file, line, fault."""

    def __init__(self, file: str, line: int | None, fault: str) -> None:
        self.file, self.line, self.fault = file, line, fault
        place = f"{file}:{line}" if line else file
        super().__init__(f"{place}：{fault}")


class TransportError(AlertsError):
    """A channel could not deliver; `permanent` means trying again is useless."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        self.permanent = permanent
        super().__init__(message)
