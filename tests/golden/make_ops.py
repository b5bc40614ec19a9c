"""Write ops.json: every op's value and gradients as PyTorch computes them, in float64.

Run in an environment with torch and numpy, from the top of the repository:

    python tests/golden/make_ops.py

PyTorch sees only the op table's own `torch` texts, so those are tested too. Where PyTorch takes
another convention at a kink, no case stands there: the special-values table has its own test.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from published import samples  # noqa: E402

from engine.ops import OPS, Operand, chosen  # noqa: E402

RNG = np.random.default_rng(20250923)


def normal(*shape: int) -> list:
    return np.round(RNG.normal(size=shape), 3).tolist()


def positive(*shape: int) -> list:
    return np.round(RNG.uniform(0.1, 3.0, size=shape), 3).tolist()


LABELS = [0, 2, 1, 2]

CASES: dict[str, list[tuple[list, dict]]] = {
    "add": [([2.0, 3.0], {}), ([normal(2, 3), normal(3)], {}), ([normal(2, 1), normal(1, 3)], {})],
    "subtract": [([2.0, 3.0], {}), ([normal(2, 3), normal(2, 1)], {})],
    "multiply": [([2.0, 3.0], {}), ([normal(2, 3), normal(3)], {}), ([normal(3), 2.0], {})],
    "divide": [([1.0, 1.3679], {}), ([normal(2, 3), positive(3)], {})],
    "power": [([3.0, 2.0], {}), ([positive(2, 3), normal(3)], {}), ([-2.0, 3.0], {})],
    "negative": [([2.5], {}), ([normal(2, 3)], {})],
    **{
        name: [([normal(2, 3), normal(3)], {})] for name in ("less", "less_equal", "greater", "greater_equal")
    },
    "equal": [([[1.0, 2.0], [1.0, 3.0]], {})],
    "not_equal": [([[1.0, 2.0], [1.0, 3.0]], {})],
    **{
        name: [([0.7], {}), ([normal(2, 3)], {})]
        for name in (
            "exp",
            "expm1",
            "square",
            "abs",
            "sin",
            "cos",
            "tan",
            "tanh",
            "sigmoid",
            "softplus",
            "relu",
        )
    },
    "gelu": [([[-3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0]], {}), ([normal(2, 3)], {})],
    "silu": [([[-3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0]], {}), ([normal(2, 3)], {})],
    "leaky_relu": [([normal(2, 3)], {}), ([normal(2, 3)], {"slope": 0.2})],
    "elu": [([normal(2, 3)], {}), ([normal(2, 3)], {"alpha": 0.5})],
    **{name: [([0.7], {}), ([positive(2, 3)], {})] for name in ("log", "log1p", "sqrt", "reciprocal")},
    "maximum": [([4.0, 5.0], {}), ([normal(2, 3), normal(3)], {}), ([[1.0, 2.0], [1.0, 3.0]], {})],
    "minimum": [([4.0, 5.0], {}), ([normal(2, 3), normal(3)], {}), ([[1.0, 2.0], [1.0, 3.0]], {})],
    "where": [([[1.0, 0.0, 1.0], normal(3), normal(2, 3)], {})],
    "clip": [([normal(2, 5), -0.5, 0.5], {})],
    **{
        name: [
            ([normal(2, 3)], {}),
            ([normal(2, 3)], {"axis": 0}),
            ([normal(2, 3)], {"axis": -1, "keepdims": True}),
            ([normal(2, 3, 2)], {"axis": 1}),
        ]
        for name in ("sum", "mean", "max", "min", "var", "std", "norm", "logsumexp")
    },
    "prod": [
        ([normal(2, 3)], {}),
        ([normal(2, 3)], {"axis": 0}),
        ([[[1.0, 0.0, 3.0], [2.0, 4.0, 5.0]]], {"axis": 1}),
        ([[0.0, 2.0, 0.0]], {}),
    ],
    "softmax": [([[3.2, 5.1, -1.7]], {}), ([normal(2, 3)], {"axis": 0}), ([normal(2, 3)], {"axis": -1})],
    "log_softmax": [([[3.2, 5.1, -1.7]], {}), ([normal(2, 3)], {"axis": 0})],
    "matmul": [
        ([normal(2, 3), normal(3, 4)], {}),
        ([normal(3), normal(3)], {}),
        ([normal(2, 3), normal(3)], {}),
        ([normal(3), normal(3, 4)], {}),
        ([normal(5, 2, 3), normal(3, 4)], {}),
        ([normal(5, 2, 3), normal(5, 3, 4)], {}),
        ([normal(5, 2, 3), normal(3)], {}),
        ([normal(3), normal(5, 3, 2)], {}),
    ],
    "copy": [([normal(2, 3)], {})],
    "outer": [([normal(2), normal(3)], {})],
    "transpose": [([normal(2, 3)], {}), ([normal(2, 3, 4)], {})],
    "reshape": [([normal(2, 3)], {"shape": [3, 2]}), ([normal(2, 3)], {"shape": [-1]})],
    "concatenate": [
        ([normal(2, 3), normal(1, 3), normal(4, 3)], {}),
        ([normal(2, 3), normal(2, 1)], {"axis": 1}),
    ],
    "stack": [([normal(2, 3), normal(2, 3)], {}), ([normal(2, 3), normal(2, 3)], {"axis": -1})],
    # entries of an index: integers, and slices written as [start, stop, step]
    "index": [
        ([normal(2, 3)], {"entries": [0, [1, None, None]]}),
        ([normal(4)], {"entries": [[None, None, 2]]}),
        ([normal(2, 3, 2)], {"entries": [-1]}),
    ],
    "cross_entropy": [
        ([[[3.2, 5.1, -1.7]], [0.0]], {}),
        ([normal(4, 3), LABELS], {}),
        ([normal(3), 1.0], {}),
    ],
    "hinge_loss": [([[[3.2, 5.1, -1.7]], [0.0]], {}), ([normal(4, 3), LABELS], {"margin": 0.5})],
    "mse": [([normal(2, 3), normal(2, 3)], {})],
    "bce_with_logits": [([normal(5), [0.0, 1.0, 1.0, 0.0, 1.0]], {})],
}


def hinge_loss(scores: torch.Tensor, y: torch.Tensor, margin: float) -> torch.Tensor:
    """PyTorch averages over classes too; the lecture sums over them."""
    loss = torch.nn.functional.multi_margin_loss(scores, y.long(), margin=margin, reduction="mean")
    return loss * scores.shape[-1]


def applied(name: str, tensors: list[torch.Tensor], options: dict) -> torch.Tensor:
    """An op applied by its `torch` text, its other options as they are without being told."""
    op = OPS[name]
    filled = {key: options.get(key, default) for key, default in op.options.items()}
    if name == "index":
        filled["entries"] = tuple(slice(*e) if isinstance(e, list) else e for e in options["entries"])
    operands = tuple(Operand(tuple(tensor.shape)) for tensor in tensors)
    names = dict(zip(op.names(len(tensors)), tensors, strict=True)) | filled | {"xs": tensors}
    text = chosen(op.torch, operands, filled)
    return eval(text, {"torch": torch, "hinge_loss": hinge_loss}, names).to(torch.float64)  # noqa: S307


def run(name: str, arguments: list, options: dict) -> dict:
    op = OPS[name]
    tensors = [torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in arguments]
    out = applied(name, tensors, options)
    seed = torch.tensor(np.round(np.linspace(0.5, 1.5, out.numel()), 3).reshape(tuple(out.shape)))
    if out.requires_grad:
        out.backward(seed)
    differentiable = [op.derivative(position) is not None for position in range(len(tensors))]
    return {
        "op": name,
        "arguments": arguments,
        "options": options,
        "value": out.tolist(),
        "upstream": seed.tolist(),
        "gradients": [
            tensor.grad.tolist() if has and tensor.grad is not None else None
            for tensor, has in zip(tensors, differentiable, strict=True)
        ],
    }


def main() -> None:
    cases = [run(name, arguments, options) for name, group in CASES.items() for arguments, options in group]
    missing = sorted(set(OPS) - set(CASES))
    if missing:
        sys.exit(f"no golden case for: {', '.join(missing)}")
    published = [run(name, arguments, options) for name, arguments, options in samples()]
    source = f"PyTorch {torch.__version__}, float64"
    write("ops.json", {"source": source, "cases": cases})
    write("published.json", {"source": f"{source}, its OpInfo sample inputs", "cases": published})
    print(f"{len(cases)} cases for {len(CASES)} ops, {len(published)} published samples")


def write(name: str, document: dict) -> None:
    (HERE / name).write_text(json.dumps(document, indent=None, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
