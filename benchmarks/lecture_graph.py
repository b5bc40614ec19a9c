"""The lecture's sigmoid of a neuron (row L2), built once and rerun: output and all five gradients."""

import math

import autograd
import autograd.numpy as anp
import jax
import jax.numpy as jnp
import torch
from micrograd.engine import Value

from benchmarks.contest import Entry
from engine import build, trace
from engine.autodiff.tape import Tape

SOURCE = "f = 1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))"
AT = {"w0": 2.0, "x0": -1.0, "w1": -3.0, "x1": -2.0, "w2": -3.0}
NUMBERS = tuple(AT.values())


def entries() -> list[Entry]:
    """The contestants. The tape and the trace keep every edge's record, the peers only gradients."""
    graph = build(SOURCE, dict.fromkeys(AT, ()))
    tape = Tape(graph)
    tensors = [torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in NUMBERS]
    arguments = (0, 1, 2, 3, 4)
    with_autograd = autograd.grad(_numpy_neuron, argnum=arguments)
    with_jax = jax.jit(jax.value_and_grad(_jax_neuron, argnums=arguments))
    return [
        Entry("Chainrule, tape (every edge's record)", lambda: tape(AT)),
        Entry("Chainrule, trace (every edge's record, notes)", lambda: trace(graph, AT)),
        Entry("micrograd", _micrograd),
        Entry("PyTorch", lambda: _torch(tensors)),
        Entry("autograd", lambda: with_autograd(*NUMBERS)),
        Entry("JAX, compiled", lambda: jax.block_until_ready(with_jax(*NUMBERS))),
    ]


def _micrograd() -> list[float]:
    w0, x0, w1, x1, w2 = leaves = [Value(number) for number in NUMBERS]
    exp = _micrograd_exp(-(w0 * x0 + w1 * x1 + w2))
    out = (1 + exp) ** -1
    out.backward()
    return [leaf.grad for leaf in leaves]


def _micrograd_exp(x: Value) -> Value:
    """Micrograd has no exp; this one is written in its own manner."""
    out = Value(math.exp(x.data), (x,), "exp")

    def backward() -> None:
        x.grad += out.data * out.grad

    out._backward = backward
    return out


def _torch(tensors: list[torch.Tensor]) -> None:
    for tensor in tensors:
        tensor.grad = None
    w0, x0, w1, x1, w2 = tensors
    (1 / (1 + torch.exp(-(w0 * x0 + w1 * x1 + w2)))).backward()


def _numpy_neuron(w0: float, x0: float, w1: float, x1: float, w2: float) -> float:
    return 1 / (1 + anp.exp(-(w0 * x0 + w1 * x1 + w2)))


def _jax_neuron(w0: float, x0: float, w1: float, x1: float, w2: float) -> jax.Array:
    return 1 / (1 + jnp.exp(-(w0 * x0 + w1 * x1 + w2)))
