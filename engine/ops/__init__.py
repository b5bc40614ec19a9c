"""The table of ops: one record each, in `OPS` by name."""

from engine.ops import activations, arithmetic, elementary, losses, reductions, selection, tensors
from engine.ops.op import Derivative, Elementwise, Op, Operand, Product, When, chosen

OPS: dict[str, Op] = {
    op.name: op
    for module in (arithmetic, elementary, activations, selection, reductions, tensors, losses)
    for op in module.TABLE
}

__all__ = ["OPS", "Derivative", "Elementwise", "Op", "Operand", "Product", "When", "chosen"]
