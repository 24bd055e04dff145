"""All or nothing: a `Station`, or a ConfigError that carries every fault of every file."""

from __future__ import annotations

import difflib
import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from monitor.errors import ConfigError, Located
from monitor.settings.folder import FOLDERS, KNOWN, Files
from monitor.settings.nodes import Tree, read
from monitor.settings.parts import Part
from monitor.settings.references import check_references
from monitor.settings.roster import Roster
from monitor.settings.station import Station, StationFile
from monitor.settings.units import UnitsFile
from monitor.settings.words import say
from spiders.source import Source


class SourcesFile(Part):
    """`sources.yaml`, key by key."""

    sources: tuple[Source, ...] = ()


_MODELS: Mapping[str, type[BaseModel]] = {
    "station.yaml": StationFile,
    "units.yaml": UnitsFile,
    "sources.yaml": SourcesFile,
    "roster.yaml": Roster,
}


def parse(files: Files) -> Station:
    """The station that these files describe. Raises ConfigError with every fault found."""
    faults = list(_unknown_files(files))
    trees = {name: read(name, files.get(name, "")) for name in KNOWN}
    parts = {name: _validate(trees[name], model, faults) for name, model in _MODELS.items()}
    if faults or any(part is None for part in parts.values()):
        raise ConfigError(sorted(faults, key=lambda f: (f.file, f.line or 0)))
    station = _join(parts)
    if faults := list(check_references(station, trees)):
        raise ConfigError(faults)
    return station


def _join(parts: Mapping[str, Any]) -> Station:
    main: StationFile = parts["station.yaml"]
    return Station.model_construct(
        **{name: getattr(main, name) for name in StationFile.model_fields},
        units=parts["units.yaml"].units,
        sources=parts["sources.yaml"].sources,
        roster=parts["roster.yaml"],
    )


def _unknown_files(files: Files) -> Iterator[Located]:
    for name in files:
        if name not in KNOWN and name.split("/")[0] not in FOLDERS:
            yield Located(name, None, f"不认识的文件{_nearest(name, KNOWN)}，应为 {'、'.join(KNOWN)} 之一")


def _validate(tree: Tree, model: type[BaseModel], faults: list[Located]) -> BaseModel | None:
    faults.extend(tree.faults)
    if tree.faults:
        return None
    try:
        return model.model_validate({} if tree.value is None else tree.value)
    except ValidationError as error:
        faults.extend(_located(tree, model, entry) for entry in error.errors())
        return None


def _located(tree: Tree, model: type[BaseModel], entry: Any) -> Located:
    path: tuple[str | int, ...] = entry["loc"]
    dotted = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    if entry["type"] == "extra_forbidden":
        known = list(_fields_at(model, path[:-1]))
        return tree.fault(path, f"不认识的项“{dotted}”{_nearest(str(path[-1]), known)}")
    return tree.fault(path, f"{dotted}：{say(entry)}" if dotted else say(entry))


def _nearest(name: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"，是否为“{close[0]}”" if close else ""


def _fields_at(model: Any, path: Sequence[str | int]) -> set[str]:
    """The keys allowed where an unknown one was found."""
    models = {model}
    for part in path:
        models = {deeper for m in models for deeper in _step(m, part)} or models
    return {name for m in models for name in m.model_fields}


def _step(model: Any, part: str | int) -> set[Any]:
    if isinstance(part, str) and part in model.model_fields:
        return set(_models_in(model.model_fields[part].annotation))
    return set()  # an index, a dictionary's key or a union's tag: still the same models


def _models_in(annotation: Any) -> Iterator[Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    if get_origin(annotation) in (tuple, list, dict, Union, types.UnionType, Annotated):
        for inner in get_args(annotation):
            yield from _models_in(inner)
