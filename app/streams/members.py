"""The members of a sweep: the request's own settings, changed along dotted paths."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any, get_args

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from app.problems import ProblemError
from app.schemas.streams import NetworkRequest, StreamRequest, StreamSpec, SweepRequest

LONGEST_VALUE = 40
"""Characters of a value that a label shows; a longer one is counted instead."""

Place = tuple[str | int, ...]
"""Where in the request something stands: `("vary", "seed", 0)`."""

Changes = Mapping[str, Any]


class MemberSettings(StreamSpec):
    """The fields that paths name: a training's, and its network layer by layer."""

    network: NetworkRequest | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One training of a sweep: what it is called, what sets it apart, its settings whole."""

    label: str
    settings: dict[str, Any]
    asked: dict[str, Any]


def lone(request: StreamRequest) -> dict[str, Any]:
    """The settings of a training by itself; raises ProblemError for two programs or none."""
    asked = _base(request)
    _require_one_program(asked, "")
    return asked


def members(request: SweepRequest, most: int) -> list[Member]:
    """All members of a sweep, in the order written; without any changes, the one training as it is.

    Raises ProblemError for a path that leads nowhere, for paths inside one another, for two programs
    or none, and for more members than `most`; RequestValidationError for a value of the wrong type.
    """
    if request.vary and request.members:
        raise ProblemError(
            422,
            "vary_and_members",
            "`vary` and `members` cannot go together",
            hint="write every combination under `members`, or none",
            parameters={"field": "members"},
        )
    base = _base(request)
    varied = _product(request.vary, base, most) if not request.members else _picked(request, base, most)
    found = [_changed(base, changes) for _, changes in varied]
    for number, asked in enumerate(found):
        _require_one_program(asked, f"member {number}: " if len(found) > 1 else "")
    paths = list(dict.fromkeys(path for _, changes in varied for path in changes))
    values = {path: [_at(asked, path) for asked in found] for path in paths}
    differing = [path for path in paths if len({json.dumps(value) for value in values[path]}) > 1]
    names = _names(paths)
    return [
        Member(
            label or _label(changes, names, values, number),
            {path: values[path][number] for path in differing},
            found[number],
        )
        for number, (label, changes) in enumerate(varied)
    ]


def _base(request: StreamRequest) -> dict[str, Any]:
    network = None if request.network is None else request.network.model_dump()
    return request.spec.model_dump() | {"network": network}


def _product(
    vary: Mapping[str, list[Any]], base: dict[str, Any], most: int
) -> list[tuple[str, dict[str, Any]]]:
    sizes = [len(values) for values in vary.values()]
    if prod(sizes) > most:
        shown = " x ".join(f"`{path[:80]}` ({size})" for path, size in zip(vary, sizes, strict=True))
        raise _too_many("vary", prod(sizes), most, f": {shown}")
    for path, values in vary.items():
        _check_path(path, ("vary",))
        if not values:
            raise ProblemError(
                422,
                "no_values",
                f"`vary.{path}` is an empty list, so there is nothing to train",
                hint="give it at least one value, or leave the path out",
                parameters={"field": f"vary.{path}", "path": path},
            )
        for number, value in enumerate(values):
            _check_value(base, path, value, ("vary", path, number))
    _refuse_overlap(list(vary))
    return [("", dict(zip(vary, values, strict=True))) for values in product(*vary.values())]


def _picked(request: SweepRequest, base: dict[str, Any], most: int) -> list[tuple[str, dict[str, Any]]]:
    if len(request.members) > most:
        raise _too_many("members", len(request.members), most, "")
    for number, member in enumerate(request.members):
        for path, value in member.changes.items():
            place: Place = ("members", number, "changes")
            _check_path(path, place)
            _check_value(base, path, value, (*place, path))
        _refuse_overlap(list(member.changes))
    return [(member.label, member.changes) for member in request.members]


def _too_many(field: str, actual: int, most: int, shown: str) -> ProblemError:
    return ProblemError(
        422,
        "limit",
        f"`{field}` makes {actual:,} members of a sweep, more than the {most:,} allowed{shown}",
        hint="try fewer values, or sweep in parts",
        limit="sweep_members",
        actual=actual,
        allowed=most,
        parameters={"field": field},
    )


def _check_path(path: str, place: Place) -> None:
    """Raise ProblemError unless a path leads to a field."""
    model: type[BaseModel] | None = MemberSettings
    walked = ""
    for part in path.split("."):
        if model is None or part not in model.model_fields:
            inside = f"`{walked}` has" if walked else "the paths are those of `spec`, and `network`:"
            names = "no fields of its own" if model is None else ", ".join(model.model_fields)
            field = f"{_written(place)}.{path}"
            raise ProblemError(
                422,
                "unknown_path",
                f"`{field[:120]}`: there is no such field",
                hint=f"{inside} {names}",
                parameters={"field": field, "path": path},
            )
        walked = f"{walked}.{part}" if walked else part
        model = _model_of(model.model_fields[part].annotation)


def _model_of(annotation: object) -> type[BaseModel] | None:
    """The record behind a field that is one, or one that may be null."""
    kinds = [annotation, *get_args(annotation)]
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


def _check_value(base: dict[str, Any], path: str, value: object, place: Place) -> None:
    """Raise RequestValidationError unless the settings allow the value there."""
    try:
        _changed(base, {path: value})
    except ValidationError as error:
        steps = len(path.split("."))
        # the base is valid, so whatever is wrong lies at the path or below it
        raise RequestValidationError(
            [{**found, "loc": ("body", *place, *found["loc"][steps:])} for found in error.errors()]
        ) from None


def _refuse_overlap(paths: list[str]) -> None:
    for inner in paths:
        for outer in paths:
            if inner.startswith(f"{outer}."):
                raise ProblemError(
                    422,
                    "overlapping_paths",
                    f"`{inner}` lies inside `{outer}`, which is changed as a whole",
                    hint=f"change `{outer}` as a whole, or only fields inside it",
                    parameters={"path": inner, "outer": outer},
                )


def _require_one_program(asked: Mapping[str, Any], whose: str) -> None:
    if bool(asked["program"].strip()) == (asked["network"] is not None):
        both = asked["network"] is not None
        raise ProblemError(
            422,
            "program_and_network" if both else "no_program",
            f"{whose}both `spec.program` and `network` describe a network"
            if both
            else f"{whose}neither `spec.program` nor `network` describes a network",
            hint="leave one of them out" if both else 'add `"network": {}` for a net of one hidden layer',
            parameters={"field": "network"},
        )


def _changed(base: dict[str, Any], changes: Changes) -> dict[str, Any]:
    """The settings with all changes made, what was left out filled in; the base stays as it was."""
    asked = dict(base)
    for path, value in changes.items():
        *above, last = path.split(".")
        fields = asked
        for part in above:
            # a record that was left out begins with its own defaults
            fields[part] = dict(fields[part] or {})
            fields = fields[part]
        fields[last] = value
    # only what changed is read again: the rest may hold thousands of points
    roots = {path.partition(".")[0] for path in changes}
    read = MemberSettings.model_validate({root: asked[root] for root in roots}).model_dump()
    return asked | {root: read[root] for root in roots}


def _at(asked: Mapping[str, Any], path: str) -> Any:
    """The value at a path; None inside of what is not there."""
    value: Any = asked
    for part in path.split("."):
        value = None if value is None else value[part]
    return value


def _names(paths: list[str]) -> dict[str, str]:
    """A short name for each path: its last part, `optimizer` for `optimizer.name`; whole if two are alike."""
    short = {path: path.removesuffix(".name").rpartition(".")[2] for path in paths}
    taken = list(short.values())
    return {path: name if taken.count(name) == 1 else path for path, name in short.items()}


def _label(changes: Changes, names: Mapping[str, str], values: Mapping[str, list[Any]], number: int) -> str:
    return ", ".join(f"{names[path]} {_shown(values[path], number)}" for path in changes)


def _shown(values: list[Any], number: int) -> str:
    value = values[number]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if len(text) <= LONGEST_VALUE:
        return text
    distinct = list(dict.fromkeys(map(json.dumps, values)))
    return f"#{distinct.index(json.dumps(value)) + 1}"


def _written(place: Place) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return text.removeprefix(".")
