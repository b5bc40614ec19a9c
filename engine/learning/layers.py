"""The layer builder: a fully connected network, written as a program in the language."""

from collections.abc import Sequence
from itertools import pairwise

from engine.errors import InputError
from engine.learning.checks import flag, number, one_of, whole
from engine.learning.parts import ACTIVATIONS, INITIALIZERS, LOSSES, REGULARIZERS
from engine.limits import DEFAULT


def write_program(
    features: int = 2,
    hidden: Sequence[int] = (16,),
    classes: int = 2,
    activation: str | Sequence[str] = "relu",
    regularization: float = 0.001,
    *,
    bias: bool = True,
    initializer: str | None = None,
    scale: float = 0.1,
    loss: str = "cross_entropy",
    regularizer: str = "l2",
    regularization_l1: float = 0.001,
    exempt_biases: bool = True,
) -> str:
    """Write the network D -> H1 -> ... -> C with a loss and a penalty on its weights.

    h1 = activation(X @ W1 + b1), ..., scores = hn @ Wm + bm
    loss = cross_entropy(scores, y) + lambda * (sum(W1**2) + ... + sum(Wm**2))

    X is (B, D), y is (B,), scores is (B, C); or (B,) where the logistic loss or the squared error
    has two classes to tell apart, or with `classes` 1, which stands for data with a value to predict.
    `activation` is one for all hidden layers or one for each. Without an `initializer` each layer
    gets its activation's own, the last one that of the layer below; `scale` is the standard deviation
    of "normal" and the bound of "uniform". `regularization` is the lambda of "l1" and "l2"; "elastic"
    adds an L1 part of its own, `regularization_l1`. Without hidden layers it is the linear
    classifier; without regularization the loss is the data loss alone. Raises InputError for a size
    or a name that is not possible, LimitError for a network larger than the limits.
    """
    activations = _activations(activation, len(hidden))
    columns = 1 if loss == "logistic" or (loss == "squared" and classes == 2) else classes
    _check_sizes(features, hidden, classes, columns, bias)
    _check_loss(loss, classes)
    for what, value in (("bias", bias), ("exempt_biases", exempt_biases)):
        flag(what, value)
    one_of("regularizer", regularizer, REGULARIZERS)
    number("regularization", regularization, 0)
    number("regularization_l1", regularization_l1, 0)
    if initializer is not None:
        one_of("initializer", initializer, INITIALIZERS)
    number("scale", scale, 0)

    layers = range(1, len(hidden) + 2)
    kinds = [initializer or ACTIVATIONS[name].initializer for name in [*activations, activations[-1]]]
    lines: list[str] = []
    for layer, kind, (rows, width) in zip(
        layers, kinds[-len(layers) :], pairwise([features, *hidden, columns]), strict=True
    ):
        declared = f"W{layer} = {_initial(kind, rows, width, scale)}"
        lines.append(f"{declared}; b{layer} = zeros({width})" if bias else declared)
    sums = [f"{{below}} @ W{layer} + b{layer}" if bias else f"{{below}} @ W{layer}" for layer in layers]
    below = "X"
    for layer, name in enumerate(activations[: len(hidden)], start=1):
        inner = sums[layer - 1].format(below=below)
        lines.append(f"h{layer} = {inner}" if name == "linear" else f"h{layer} = {name}({inner})")
        below = f"h{layer}"
    scores = sums[-1].format(below=below)
    lines.append(f"scores = ({scores})[:, 0]" if columns == 1 else f"scores = {scores}")

    penalized = [f"W{layer}" for layer in layers]
    if bias and not exempt_biases:
        penalized += [f"b{layer}" for layer in layers]
    penalty = _penalty(regularizer, regularization, regularization_l1, penalized)
    lines += _loss(loss, classes, "data_loss" if penalty else "loss")
    if penalty:
        lines += [f"regularization = {penalty}", "loss = data_loss + regularization"]
    return "\n".join(lines) + "\n"


def _activations(activation: str | Sequence[str], layers: int) -> list[str]:
    """One activation for every hidden layer; one at least, which the linear classifier begins like."""
    if isinstance(activation, str):
        names = [activation] * max(layers, 1)
    elif len(activation) == layers:
        names = list(activation) or ["relu"]
    else:
        raise InputError(
            "wrong_activation_count",
            f"there are {len(activation)} activations for {layers} hidden layers",
            hint="give one activation for all hidden layers or one for each",
            parameters={"activations": len(activation), "layers": layers},
        )
    for name in names:
        one_of("activation", name, ACTIVATIONS)
    return names


def _initial(kind: str, rows: int, columns: int, scale: float) -> str:
    options = {
        "normal": f", std={_decimal(scale)}",
        "uniform": f", low=-{_decimal(scale)}, high={_decimal(scale)}",
    }
    return f"{kind}({rows}, {columns}{options.get(kind, '')})"


def _loss(loss: str, classes: int, name: str) -> list[str]:
    """The statements of the loss; labels become -1 and 1, or one column per class, to be squared against."""
    match loss:
        case "hinge":
            return [f"{name} = hinge_loss(scores, y)"]
        case "logistic":
            return [f"{name} = bce_with_logits(scores, y)"]
        case "squared" if classes == 1:
            return [f"{name} = mse(scores, y)"]
        case "squared" if classes == 2:
            return [f"{name} = mse(scores, 2 * y - 1)"]
        case "squared":
            every = ", ".join(map(str, range(classes)))
            return [
                f"onehot = where(reshape(y, (-1, 1)) == [{every}], 1, 0)",
                f"{name} = mse(scores, onehot)",
            ]
        case _:
            return [f"{name} = cross_entropy(scores, y)"]


def _penalty(regularizer: str, strength: float, strength_l1: float, names: list[str]) -> str:
    """The regularization, empty where there is none."""
    squares = ("sum({}**2)", 0 if regularizer in ("none", "l1") else strength)
    sizes = ("sum(abs({}))", {"l1": strength, "elastic": strength_l1}.get(regularizer, 0))
    return " + ".join(
        f"{_decimal(amount)} * {_total([term.format(name) for name in names])}"
        for term, amount in (squares, sizes)
        if amount
    )


def _total(terms: list[str]) -> str:
    return terms[0] if len(terms) == 1 else f"({' + '.join(terms)})"


def _decimal(value: float) -> str:
    """Plain decimal notation, as short as it can be and still the very same number."""
    text = repr(float(value))
    if "e" not in text:
        return text
    mantissa, _, exponent = text.partition("e")
    places = len(mantissa.partition(".")[2]) - int(exponent)
    return f"{value:.{max(places, 0)}f}"


def _check_sizes(features: int, hidden: Sequence[int], classes: int, columns: int, bias: bool) -> None:
    whole("features", features, 1)
    DEFAULT.check("hidden_layers", len(hidden))
    for layer, width in enumerate(hidden, start=1):
        whole(f"the width of hidden layer {layer}", width, 1)
        DEFAULT.check("layer_width", width)
    whole("classes", classes, 1)
    DEFAULT.check("classes", classes)
    sizes = [features, *hidden, columns]
    DEFAULT.check("parameters", sum(rows * width + bias * width for rows, width in pairwise(sizes)))


def _check_loss(loss: str, classes: int) -> None:
    """Raise InputError for a loss that cannot be had with so many classes."""
    one_of("loss", loss, LOSSES)
    if loss == "logistic" and classes != 2:
        raise InputError(
            "not_two_classes",
            f"the logistic loss tells two classes apart, not {classes}",
            hint="choose `cross_entropy`, which is the logistic loss of many classes",
            parameters={"loss": loss, "classes": classes},
        )
    if loss != "squared" and classes == 1:
        raise InputError(
            "not_a_class",
            f"`{loss}` needs at least 2 classes",
            hint="choose `squared` for data with a value to predict, or more classes",
            parameters={"loss": loss, "classes": classes},
        )
