"""Bare NumPy: the training step one would write by hand for one net, and nothing more.

Same sampling, loss, optimizer and precision as the plan's step: minibatches cut from a permutation,
softmax cross-entropy, plain gradient descent, float32.
"""

from itertools import pairwise

import numpy as np

Array = np.ndarray


def parameters(sizes: tuple[int, ...], seed: int = 0) -> list[Array]:
    """W1, b1, W2, b2, ...: He-initialized weights and zero biases."""
    rng = np.random.default_rng(seed)
    out: list[Array] = []
    for inputs, outputs in pairwise(sizes):
        out.append((rng.normal(size=(inputs, outputs)) * np.sqrt(2 / inputs)).astype(np.float32))
        out.append(np.zeros(outputs, np.float32))
    return out


class Batches:
    """Minibatches of a fixed data set, reshuffled when used up."""

    def __init__(self, X: Array, y: Array, size: int, seed: int = 0) -> None:
        self.X, self.y, self.size = X, y, size
        self.rng = np.random.default_rng(seed)
        self.position = len(y)

    def next(self) -> tuple[Array, Array]:
        """The next minibatch."""
        if self.position + self.size > len(self.y):
            order = self.rng.permutation(len(self.y))
            self.X, self.y, self.position = self.X[order], self.y[order], 0
        start = self.position
        self.position += self.size
        return self.X[start : self.position], self.y[start : self.position]


def step(net: list[Array], X: Array, y: Array, learning_rate: float) -> np.float32:
    """Forward, loss, backward, update, for ReLU layers and a linear last one."""
    W1, b1, W2, b2, W3, b3 = net
    z1 = X @ W1 + b1
    h1 = np.maximum(z1, 0)
    z2 = h1 @ W2 + b2
    h2 = np.maximum(z2, 0)
    scores = h2 @ W3 + b3
    shifted = scores - scores.max(axis=1, keepdims=True)
    exp = np.exp(shifted)
    total = exp.sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = np.log(total).mean() - shifted[rows, y].mean()
    dscores = exp / total
    dscores[rows, y] -= 1
    dscores /= len(y)
    dW3 = h2.T @ dscores
    db3 = dscores.sum(axis=0)
    dz2 = (dscores @ W3.T) * (z2 > 0)
    dW2 = h1.T @ dz2
    db2 = dz2.sum(axis=0)
    dz1 = (dz2 @ W2.T) * (z1 > 0)
    dW1 = X.T @ dz1
    db1 = dz1.sum(axis=0)
    for parameter, gradient in zip(net, (dW1, db1, dW2, db2, dW3, db3), strict=True):
        parameter -= learning_rate * gradient
    return loss
