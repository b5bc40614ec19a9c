"""The layer builder: a fully connected network, written as a program in the language."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from engine.learning.checks import number, one_of, whole
from engine.limits import DEFAULT

INITIALIZERS: Mapping[str, str] = MappingProxyType({"relu": "he", "tanh": "xavier", "sigmoid": "xavier"})
"""The initializer that keeps the scale of signals through an activation.

Source: He et al. (2015) for relu, Glorot & Bengio (2010) for the two that saturate.
"""


def write_program(
    features: int = 2,
    hidden: Sequence[int] = (16,),
    classes: int = 2,
    activation: str = "relu",
    regularization: float = 0.001,
) -> str:
    """Write the network D -> H1 -> ... -> C with softmax cross-entropy and an L2 penalty on the weights.

    h1 = activation(X @ W1 + b1), ..., scores = hn @ Wm + bm
    loss = cross_entropy(scores, y) + lambda * (sum(W1**2) + ... + sum(Wm**2))

    X is (B, D), y is (B,), scores is (B, C). Without hidden layers it is the linear classifier;
    without regularization the loss is the data loss alone. Raises InputError for a size or a name
    that is not possible, LimitError for a network larger than the limits.
    """
    _check(features, hidden, classes, activation, regularization)
    weights = [f"W{layer}" for layer in range(1, len(hidden) + 2)]
    lines = [
        f"W{layer} = {INITIALIZERS[activation]}({rows}, {columns}); b{layer} = zeros({columns})"
        for layer, (rows, columns) in enumerate(pairwise([features, *hidden, classes]), start=1)
    ]
    below = "X"
    for layer in range(1, len(hidden) + 1):
        lines.append(f"h{layer} = {activation}({below} @ W{layer} + b{layer})")
        below = f"h{layer}"
    lines.append(f"scores = {below} @ {weights[-1]} + b{len(weights)}")
    if regularization:
        lines += [
            "data_loss = cross_entropy(scores, y)",
            f"regularization = {_decimal(regularization)} * {_squares(weights)}",
            "loss = data_loss + regularization",
        ]
    else:
        lines.append("loss = cross_entropy(scores, y)")
    return "\n".join(lines) + "\n"


def _squares(weights: list[str]) -> str:
    terms = " + ".join(f"sum({weight}**2)" for weight in weights)
    return terms if len(weights) == 1 else f"({terms})"


def _decimal(value: float) -> str:
    """Plain decimal notation, as short as it can be and still the very same number."""
    text = repr(float(value))
    if "e" not in text:
        return text
    mantissa, _, exponent = text.partition("e")
    places = len(mantissa.partition(".")[2]) - int(exponent)
    return f"{value:.{max(places, 0)}f}"


def _check(
    features: int, hidden: Sequence[int], classes: int, activation: str, regularization: float
) -> None:
    whole("features", features, 1)
    DEFAULT.check("hidden_layers", len(hidden))
    for layer, width in enumerate(hidden, start=1):
        whole(f"the width of hidden layer {layer}", width, 1)
        DEFAULT.check("layer_width", width)
    whole("classes", classes, 2)
    DEFAULT.check("classes", classes)
    one_of("activation", activation, INITIALIZERS)
    number("regularization", regularization, 0)
    sizes = [features, *hidden, classes]
    DEFAULT.check("parameters", sum(rows * columns + columns for rows, columns in pairwise(sizes)))
