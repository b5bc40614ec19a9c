"""One table of limits, each checked before memory or time is spent."""

from dataclasses import dataclass, field, fields, replace
from math import inf

from engine.errors import LimitError, Span


def _limit(default: int, doc: str) -> float:
    return field(default=default, metadata={"doc": doc})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one program may ask for. An in-process caller may raise any of them."""

    source_characters: float = _limit(4_000, "characters in a program")
    nodes: float = _limit(512, "inputs, constants and gates in a graph")
    nesting: float = _limit(64, "brackets, signs and powers inside one another")
    rank: float = _limit(4, "axes of a tensor")
    tensor_elements: float = _limit(131_072, "elements in one tensor")
    total_elements: float = _limit(1_000_000, "elements in all tensors of a graph together")
    jacobian_elements: float = _limit(65_536, "elements in a Jacobian that is built in full")
    operations: float = _limit(200_000_000, "estimated floating-point operations of one forward pass")
    samples: float = _limit(20_000, "points in a data set")
    classes: float = _limit(10, "classes in a data set")
    csv_characters: float = _limit(1_048_576, "characters in a CSV text")
    features: float = _limit(16, "features a network is shown of a point")
    feature_characters: float = _limit(200, "characters in a feature of one's own")
    hidden_layers: float = _limit(8, "hidden layers the layer builder writes")
    layer_width: float = _limit(256, "units in one hidden layer")
    parameters: float = _limit(200_000, "trained numbers in a network")
    landscape_positions: float = _limit(1_200, "positions kept of all paths down a landscape")
    landscape_numbers: float = _limit(8_000_000, "trained numbers in all positions kept of paths")
    landscape_operations: float = _limit(
        40_000_000_000, "estimated floating-point operations of a landscape and its paths"
    )
    noise_gradients: float = _limit(4_000, "minibatches drawn to measure gradient noise")
    noise_operations: float = _limit(
        5_000_000_000, "estimated floating-point operations to measure gradient noise"
    )
    listing_elements: float = _limit(2_000_000, "numbers in all arrays of a listing")
    listing_operations: float = _limit(
        40_000_000_000, "estimated floating-point operations of a whole run of a listing"
    )
    neighbour_distances: float = _limit(400_000_000, "distances taken to find nearest neighbours")

    def check(self, limit: str, actual: float, span: Span | None = None, what: str | None = None) -> None:
        """Raise LimitError unless `actual` is within the limit of that name; `what` says of what it is."""
        allowed = getattr(self, limit)
        if actual > allowed:
            what = what or {f.name: f.metadata["doc"] for f in fields(self)}[limit]
            raise LimitError(limit, actual, allowed, span=span, what=what)

    def raised(self, **changes: float) -> "Limits":
        """The same table with some limits changed."""
        return replace(self, **changes)


def beyond_default(limits: Limits) -> list[tuple[str, float, str]]:
    """The name, the amount and the meaning of every limit that differs from the default."""
    return [
        (field.name, allowed, field.metadata["doc"])
        for field in fields(limits)
        if (allowed := getattr(limits, field.name)) != getattr(DEFAULT, field.name)
    ]


DEFAULT = Limits()
UNLIMITED = Limits(**{f.name: inf for f in fields(Limits)})
TRAINING = DEFAULT.raised(tensor_elements=4_000_000, total_elements=20_000_000, operations=10_000_000_000)
"""For training: a plan keeps no record of its edges, so it may be larger than a trace."""
