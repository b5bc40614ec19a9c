"""Data sets as the API shows them, in a worker: points drawn, points of one's own, CSV text."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.encoding import Plain, nested, to_json
from engine.learning.datasets import Data, DataSpec, OwnPoints, read_csv, require_enough_rows, sample
from engine.ops.op import Array


def read_data(asked: Mapping[str, Any]) -> DataSpec:
    """The spec that the fields of a request stand for; what is None is the data set's own default.

    Raises EngineError for data that cannot be.
    """
    given = {name: value for name, value in asked.items() if value is not None}
    own = given.pop("own", None)
    balance = tuple(given.pop("balance", ()))
    if own is None:
        start = DataSpec.default(given["name"])
    else:
        start = DataSpec.of_own(OwnPoints.of(own["x"], own["y"], own["label"], own["held_out"]))
    return replace(start, **given, balance=balance)


def sample_points(asked: Mapping[str, Any]) -> bytes:
    """The points a training on these data learns from and is judged by, as JSON."""
    spec = read_data(asked)
    data = sample(spec)
    return to_json(
        {
            "name": spec.name,
            "kind": spec.kind,
            "classes": spec.classes,
            "samples": spec.samples,
            "noise": spec.noise,
            "seed": spec.seed,
            "balance": list(spec.balance),
            "validation_share": spec.validation_share,
            "test_share": spec.test_share,
            "train": _points(spec, data.X_train, data.y_train),
            "validation": _points(spec, data.X_validation, data.y_validation),
            "test": _points(spec, data.X_test, data.y_test),
        }
    )


def _points(spec: DataSpec, X: Array, y: Array) -> dict[str, Plain]:
    return {
        "x": nested(X[:, 0]) if spec.in_plane else [],
        "y": nested(X[:, 1]) if spec.in_plane else [],
        "label": nested(y) if spec.kind == "classes" else [],
        "value": nested(y) if spec.kind == "values" else [],
        "columns": [] if spec.in_plane else nested(X),
    }


def read_points(text: str, scaled: bool) -> bytes:
    """The points of a CSV text, fit to be trained on, as JSON; raises EngineError where they are not."""
    found = read_csv(text, scaled)
    require_enough_rows(found)
    spec = DataSpec.of_own(found.points)
    X = found.points.X
    return to_json(
        {
            "own": {"x": nested(X[:, 0]), "y": nested(X[:, 1]), "label": nested(found.points.y)},
            "classes": list(found.classes),
            "sizes": list(spec.sizes),
            "columns": list(found.columns),
            "separator": found.separator,
            "header": found.header,
            "rows": found.rows,
            "blank_lines": found.blank_lines,
            "scaled": scaled,
            "centre": list(found.centre),
            "scale": found.scale,
        }
    )


def packed_points(data: Data, spec: DataSpec) -> dict[str, dict[str, bytes]]:
    """The points trained on and the points held out, as bytes."""
    return {
        "train": _packed(spec, data.X_train, data.y_train),
        "validation": _packed(spec, data.X_validation, data.y_validation),
    }


def _packed(spec: DataSpec, X: Array, y: Array) -> dict[str, bytes]:
    return {
        "x": X[:, 0].astype("<f4").tobytes() if spec.in_plane else b"",
        "y": X[:, 1].astype("<f4").tobytes() if spec.in_plane else b"",
        "label": y.astype("u1").tobytes() if spec.kind == "classes" else b"",
        "value": y.astype("<f4").tobytes() if spec.kind == "values" else b"",
    }
