"""What a client watches: the optional parts of frames, checked against the network it trains."""

from collections.abc import Mapping
from dataclasses import replace

from app.problems import ProblemError
from app.schemas.frames import PartsRequest
from engine.learning import HiddenView, Parts


def read_parts(message: PartsRequest, views: Mapping[str, int] | None) -> Parts:
    """The parts asked for; raises ProblemError for a layer or a unit that the network lacks.

    `views` says how many units each layer has whose space can be shown; None where that is not known yet.
    Later the network may change: a layer that is no more is then left out of its frames.
    """
    hidden = message.hidden
    place = None if message.place is None else (message.place[0], message.place[1])
    asked = Parts(message.units, message.values, None, message.chosen, place)
    if hidden is None:
        return asked
    units = None if hidden.units is None else (hidden.units[0], hidden.units[1])
    if views is not None:
        _require(hidden.layer, units or (), views)
    return replace(asked, hidden=HiddenView(hidden.layer, units))


def _require(layer: str, units: tuple[int, ...], views: Mapping[str, int]) -> None:
    if layer not in views:
        raise ProblemError(
            422,
            "unknown_layer",
            f"the program has no layer `{layer[:40]}` whose space could be shown",
            hint=f"watch one of {', '.join(views)}",
            parameters={"layer": layer[:40], "allowed": list(views)},
        )
    if units and max(units) >= views[layer]:
        raise ProblemError(
            422,
            "unknown_unit",
            f"`{layer}` has {views[layer]} units, counted from 0; there is no unit {max(units)}",
            hint=f"choose two of 0 to {views[layer] - 1}",
            parameters={"layer": layer, "unit": max(units), "units": views[layer]},
        )
