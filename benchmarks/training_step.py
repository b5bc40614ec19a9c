"""One update of a two-hidden-layer net: the plan beside bare NumPy, PyTorch and JAX."""

from functools import partial
from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np
import torch

from benchmarks import baseline
from benchmarks.contest import Entry
from engine import Plan, build
from engine.learning import write_program

SIZES = (((2, 16, 16, 3), 32), ((2, 64, 64, 2), 128), ((2, 256, 256, 10), 256))
RATE = 0.01
POINTS = 4096
NAMES = ("W1", "b1", "W2", "b2", "W3", "b3")


def entries(sizes: tuple[int, ...], batch: int) -> list[Entry]:
    """The contestants, each with its own copy of the same net and the same data."""
    rng = np.random.default_rng(1)
    X = rng.normal(size=(POINTS, sizes[0])).astype(np.float32)
    y = rng.integers(0, sizes[-1], POINTS)
    return [
        Entry("bare NumPy", _bare(sizes, batch, X, y)),
        Entry("Chainrule, plan", _chainrule(sizes, batch, X, y)),
        Entry("PyTorch", _torch(sizes, batch, X, y)),
        Entry("JAX, compiled", _jax(sizes, batch, X, y)),
    ]


def _bare(sizes, batch, X, y):
    net, batches = baseline.parameters(sizes), baseline.Batches(X, y, batch)

    def work() -> None:
        baseline.step(net, *batches.next(), RATE)

    return work


def _chainrule(sizes, batch, X, y):
    program = write_program(
        features=sizes[0], hidden=sizes[1:-1], classes=sizes[-1], activation="relu", regularization=0
    )
    plan = Plan(build(program, {"X": (batch, sizes[0]), "y": (batch,)}), ("loss",), NAMES, np.float32)
    net, batches = baseline.parameters(sizes), baseline.Batches(X, y, batch)
    inputs = dict(zip(NAMES, net, strict=True))

    def work() -> None:
        inputs["X"], inputs["y"] = batches.next()
        _, gradients = plan(inputs)
        for parameter, gradient in zip(net, gradients, strict=True):
            parameter -= RATE * gradient

    return work


def _torch(sizes, batch, X, y):
    layers: list[torch.nn.Module] = []
    for inputs, outputs in pairwise(sizes):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    net = torch.nn.Sequential(*layers[:-1])
    optimizer = torch.optim.SGD(net.parameters(), lr=RATE)
    loss_of = torch.nn.CrossEntropyLoss()
    batches = baseline.Batches(X, y, batch)

    def work() -> None:
        X, y = batches.next()
        optimizer.zero_grad()
        loss_of(net(torch.from_numpy(X)), torch.from_numpy(y)).backward()
        optimizer.step()

    return work


def _jax(sizes, batch, X, y):
    batches = baseline.Batches(X, y, batch)

    def loss_of(net, X, y):
        hidden = X
        for W, b in zip(net[:-2:2], net[1:-2:2], strict=True):
            hidden = jax.nn.relu(hidden @ W + b)
        scores = hidden @ net[-2] + net[-1]
        return -jnp.mean(jax.nn.log_softmax(scores)[jnp.arange(len(y)), y])

    @partial(jax.jit, donate_argnums=0)
    def update(net, X, y):
        loss, gradients = jax.value_and_grad(loss_of)(net, X, y)
        return [parameter - RATE * gradient for parameter, gradient in zip(net, gradients, strict=True)], loss

    state = {"net": [jnp.asarray(parameter) for parameter in baseline.parameters(sizes)]}

    def work() -> None:
        state["net"], loss = update(state["net"], *batches.next())
        jax.block_until_ready(loss)

    return work
