"""Bare NumPy for nets of any depth with one score: the training step one would write by hand.

Same sampling, loss, optimizer and precision as `run_slice` has in benchmarks/slices.py: minibatches cut from
a permutation, logistic loss, plain gradient descent or Adam, float32.
"""

from collections.abc import Callable

import numpy as np

Array = np.ndarray
Update = Callable[[list[Array], list[Array], float], None]


def tanh(z: Array) -> Array:
    """The activation of the small nets."""
    return np.tanh(z)


def tanh_local(h: Array) -> Array:
    """Its local gradient, from its output."""
    return 1 - h * h


def relu(z: Array) -> Array:
    """The activation of the wide net."""
    return np.maximum(z, 0)


def relu_local(h: Array) -> Array:
    """Its local gradient, from its output."""
    return h > 0


ACTIVATIONS = {"tanh": (tanh, tanh_local), "relu": (relu, relu_local)}


def gradients(net: list[Array], X: Array, y: Array, activation: str) -> tuple[np.float32, list[Array]]:
    """Forward, loss and backward: W1, b1, W2, b2, ... and a last layer of one score."""
    act, local = ACTIVATIONS[activation]
    weights, biases = net[::2], net[1::2]
    outputs = [X]
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        outputs.append(act(outputs[-1] @ W + b))
    scores = (outputs[-1] @ weights[-1] + biases[-1])[:, 0]
    exp = np.exp(-np.abs(scores))
    loss = (np.maximum(scores, 0) - scores * y + np.log1p(exp)).mean()
    probability = np.where(scores >= 0, 1, exp) / (1 + exp)
    dz = ((probability - y) / len(y))[:, np.newaxis]
    found: list[Array] = []
    for layer in range(len(weights) - 1, -1, -1):
        h = outputs[layer]
        found += [dz.sum(axis=0), h.T @ dz]
        if layer:
            dz = (dz @ weights[layer].T) * local(h)
    return loss, found[::-1]


def sgd(net: list[Array], found: list[Array], learning_rate: float) -> None:
    """A step against the gradient."""
    for parameter, gradient in zip(net, found, strict=True):
        parameter -= learning_rate * gradient


class Adam:
    """Adaptive moments, Kingma & Ba (2015)."""

    def __init__(self, net: list[Array]) -> None:
        self.m = [np.zeros_like(parameter) for parameter in net]
        self.v = [np.zeros_like(parameter) for parameter in net]
        self.t = 0

    def __call__(self, net: list[Array], found: list[Array], learning_rate: float) -> None:
        """One step of every parameter."""
        self.t += 1
        rate = learning_rate / (1 - 0.9**self.t)
        correction = (1 - 0.999**self.t) ** 0.5
        for parameter, gradient, m, v in zip(net, found, self.m, self.v, strict=True):
            m *= 0.9
            m += (1 - 0.9) * gradient
            v *= 0.999
            v += (1 - 0.999) * (gradient * gradient)
            parameter -= rate * m / (np.sqrt(v) / correction + 1e-8)
