"""Everything that `check` and `apply` look at, so that what was applied can be built and used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from alerts.papers import check_templates
from monitor.errors import ConfigError, Located
from monitor.judging import judge_of
from monitor.settings import Files, Station, parse


def checked(folder: Path, files: Files) -> Station:
    """The station of these files, its rules loaded and its templates tried with sample facts.

    Raises ConfigError with every fault of the files; when those are whole, of rules and templates together.
    """
    station = parse(files)
    faults = [*_rules(station, folder / "rules"), *_templates(folder / "templates")]
    if faults:
        raise ConfigError(faults)
    return station


def _rules(station: Station, rules: Path) -> list[Located]:
    try:
        judge_of(station, rules)
    except ConfigError as error:
        return error.faults
    return []


def _templates(own: Path) -> Iterator[Located]:
    for fault in check_templates(own) if own.is_dir() else ():
        yield Located(f"templates/{Path(fault.file).name}", fault.line, fault.fault)
