"""What the layer builder puts together: activations, initializers, losses, regularizers."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.graph import initializers
from engine.ops import OPS


@dataclass(frozen=True, slots=True)
class Part:
    """One choice the layer builder offers."""

    name: str
    title: str
    doc: str


@dataclass(frozen=True, slots=True)
class Activation(Part):
    """A nonlinearity between layers, and the initializer that keeps the scale of signals through it.

    Source: He et al. (2015) for those that pass one half, Glorot & Bengio (2010) for the others.
    """

    initializer: str


def _activation(name: str, title: str, initializer: str) -> Activation:
    return Activation(name, title, OPS[name].doc, initializer)


def _initializer(name: str, title: str) -> Part:
    return Part(name, title, initializers.INITIALIZERS[name].doc)


ACTIVATIONS: Mapping[str, Activation] = MappingProxyType(
    {
        activation.name: activation
        for activation in (
            _activation("relu", "ReLU", "he"),
            _activation("tanh", "tanh", "xavier"),
            _activation("sigmoid", "sigmoid", "xavier"),
            _activation("leaky_relu", "leaky ReLU", "he"),
            _activation("elu", "ELU", "he"),
            _activation("gelu", "GELU", "he"),
            _activation("silu", "SiLU", "he"),
            _activation("softplus", "softplus", "he"),
            Activation("linear", "linear", "No nonlinearity: the layers collapse into one.", "xavier"),
        )
    }
)

INITIALIZERS: Mapping[str, Part] = MappingProxyType(
    {
        part.name: part
        for part in (
            _initializer("he", "He"),
            _initializer("xavier", "Xavier"),
            _initializer("normal", "Normal"),
            _initializer("uniform", "Uniform"),
            _initializer("zeros", "Zeros"),
        )
    }
)

LOSSES: Mapping[str, Part] = MappingProxyType(
    {
        part.name: part
        for part in (
            Part("cross_entropy", "Cross-entropy", OPS["cross_entropy"].doc),
            Part("hinge", "Hinge (SVM)", OPS["hinge_loss"].doc),
            Part("squared", "Squared error", OPS["mse"].doc),
            Part("logistic", "Logistic", OPS["bce_with_logits"].doc),
        )
    }
)

REGULARIZERS: Mapping[str, Part] = MappingProxyType(
    {
        part.name: part
        for part in (
            Part("none", "None", "The loss is the data loss alone."),
            Part("l2", "L2", "The sum of squared weights: many small weights rather than a few large ones."),
            Part("l1", "L1", "The sum of the weights' sizes: weights that help little go to 0."),
            Part("elastic", "Elastic net", "L1 and L2 together, each with a strength of its own."),
        )
    }
)
