"""Errors of the collecting room. Messages are Chinese: they meet users."""

from __future__ import annotations


class SpiderError(Exception):
    """Root of this room's errors. `code` is stable and meant for programs, the message for people."""

    code = "spider"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code

    def __reduce__(self) -> tuple[object, ...]:
        """Cross the border of a process with the code intact."""
        return _rebuild, (type(self), self.message, self.code)


def _rebuild(kind: type[SpiderError], message: str, code: str) -> SpiderError:
    return kind(message, code=code)


class ExtractError(SpiderError):
    """A page nothing can be read from: `empty`, `binary`, `too_large`, `timeout`, `crashed`, `broken`."""

    code = "broken"


class SourceError(SpiderError):
    """A source that is described wrongly."""

    code = "source"
