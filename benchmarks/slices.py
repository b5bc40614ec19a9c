"""Updates a second through `run_slice`, beside bare NumPy, PyTorch and JAX: nets with one score.

A unit of work is one slice of UPDATES updates. `run_slice` takes a state and answers a state and a frame,
with losses, accuracy, statistics and a decision boundary; the others only update.
"""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np
import torch

from benchmarks import baseline, logistic
from benchmarks.contest import Entry
from benchmarks.training_spec import RATES, spec_of
from engine.learning import TrainingSpec, run_slice, start
from engine.learning.features import featured

UPDATES = 500
Work = Callable[[], object]


def entries(sizes: tuple[int, ...], batch: int, activation: str, optimizer: str) -> list[Entry]:
    """The contestants, each with its own copy of the same net and the same data."""
    spec = spec_of(sizes, batch, activation, optimizer)
    data = featured(spec.data, spec.features)
    X, y = data.X_train.astype(np.float32), data.y_train.astype(np.float32)
    net = [np.array(array) for array in start(spec).parameters.values()]
    # W1, b1, W2, b2, ...: the program declares them layer by layer
    batches = partial(baseline.Batches, X, y, batch)
    return [
        Entry("bare NumPy", _bare(net, batches(), activation, optimizer)),
        Entry("Chainrule, run_slice (frames too)", _chainrule(spec)),
        Entry("PyTorch", _torch(net, batches(), sizes, activation, optimizer)),
        Entry("JAX, compiled", _jax(net, batches(), activation, optimizer)),
    ]


def _bare(net: list[np.ndarray], batches: baseline.Batches, activation: str, optimizer: str) -> Work:
    net = [parameter.copy() for parameter in net]
    update = logistic.Adam(net) if optimizer == "adam" else logistic.sgd
    rate = RATES[optimizer]

    def work() -> None:
        for _ in range(UPDATES):
            _, found = logistic.gradients(net, *batches.next(), activation)
            update(net, found, rate)

    return work


def _chainrule(spec: TrainingSpec) -> Work:
    state = start(spec)

    def work() -> None:
        nonlocal state
        state, _ = run_slice(spec, state, UPDATES)

    return work


def _torch(
    net: list[np.ndarray], batches: baseline.Batches, sizes: tuple[int, ...], activation: str, optimizer: str
) -> Work:
    layers: list[torch.nn.Module] = []
    for inputs, outputs in pairwise(sizes):
        layers += [
            torch.nn.Linear(inputs, outputs),
            torch.nn.Tanh() if activation == "tanh" else torch.nn.ReLU(),
        ]
    model = torch.nn.Sequential(*layers[:-1])
    with torch.no_grad():
        for parameter, array in zip(model.parameters(), net, strict=True):
            parameter.copy_(torch.from_numpy(array.T if array.ndim == 2 else array))
    rule = torch.optim.Adam if optimizer == "adam" else torch.optim.SGD
    step = rule(model.parameters(), lr=RATES[optimizer])
    loss_of = torch.nn.BCEWithLogitsLoss()

    def work() -> None:
        for _ in range(UPDATES):
            X, y = batches.next()
            step.zero_grad()
            loss_of(model(torch.from_numpy(X))[:, 0], torch.from_numpy(y)).backward()
            step.step()

    return work


def _jax(net: list[np.ndarray], batches: baseline.Batches, activation: str, optimizer: str) -> Work:
    rate = RATES[optimizer]
    act = jnp.tanh if activation == "tanh" else jax.nn.relu

    def loss_of(net, X, y):
        hidden = X
        for W, b in zip(net[:-2:2], net[1:-2:2], strict=True):
            hidden = act(hidden @ W + b)
        s = (hidden @ net[-2] + net[-1])[:, 0]
        return jnp.mean(jnp.maximum(s, 0) - s * y + jnp.log1p(jnp.exp(-jnp.abs(s))))

    @partial(jax.jit, donate_argnums=(0, 1))
    def update(net, slots, X, y):
        loss, found = jax.value_and_grad(loss_of)(net, X, y)
        if optimizer == "sgd":
            return [p - rate * g for p, g in zip(net, found, strict=True)], slots, loss
        m, v, t = slots
        t = t + 1
        m = [0.9 * a + 0.1 * g for a, g in zip(m, found, strict=True)]
        v = [0.999 * a + 0.001 * g * g for a, g in zip(v, found, strict=True)]
        ahead, root = rate / (1 - 0.9**t), jnp.sqrt(1 - 0.999**t)
        moved = [p - ahead * a / (jnp.sqrt(b) / root + 1e-8) for p, a, b in zip(net, m, v, strict=True)]
        return moved, (m, v, t), loss

    net = [jnp.asarray(parameter) for parameter in net]
    slots = ([jnp.zeros_like(p) for p in net], [jnp.zeros_like(p) for p in net], jnp.float32(0))

    def work() -> None:
        nonlocal net, slots
        loss = None
        for _ in range(UPDATES):
            net, slots, loss = update(net, slots, *batches.next())
        jax.block_until_ready(loss)

    return work
