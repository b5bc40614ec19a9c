"""What a client watches: the optional parts of frames, checked against the network it trains."""

from app.problems import ProblemError
from app.schemas.live import Watch
from app.slices import Opened
from engine.learning import HiddenView, Parts


def read_parts(message: Watch, opened: Opened | None) -> Parts:
    """The parts asked for; raises ProblemError for a layer or a unit that the network opened lacks.

    Later the network may change: a layer that is no more is then left out of its frames.
    """
    hidden = message.hidden
    if hidden is None:
        return Parts(message.units, message.values)
    units = None if hidden.units is None else (hidden.units[0], hidden.units[1])
    if opened is not None:
        _require(hidden.layer, units or (), opened.views)
    return Parts(message.units, message.values, HiddenView(hidden.layer, units))


def _require(layer: str, units: tuple[int, ...], views: dict[str, int]) -> None:
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
