"""PyTorch's own published sample inputs (its OpInfo database), as cases for make_ops.py."""

from collections.abc import Iterator

import numpy as np
import torch
from torch.testing._internal.common_methods_invocations import op_db

SEED = 20250923
SMALL, LARGE = 125, 400
"""Elements in one argument: small samples are taken; large ones only where an op has no other."""

NAMES = {
    "add": "add",
    "subtract": "sub",
    "multiply": "mul",
    "divide": "div",
    "negative": "neg",
    **{
        name: name
        for name in ("exp", "log", "log1p", "expm1", "sqrt", "square", "abs", "sin", "cos", "tan", "tanh")
    },
    **{name: name for name in ("sigmoid", "reciprocal", "maximum", "minimum", "matmul", "outer")},
    **{name: name for name in ("sum", "mean", "prod", "var", "std", "logsumexp", "softmax", "log_softmax")},
    **{
        name: f"nn.functional.{name}"
        for name in ("relu", "elu", "gelu", "silu", "leaky_relu", "cross_entropy")
    },
    "max": "amax",
    "min": "amin",
    "norm": "linalg.vector_norm",
    "mse": "nn.functional.mse_loss",
    "bce_with_logits": "nn.functional.binary_cross_entropy_with_logits",
    "hinge_loss": "nn.functional.multi_margin_loss",
}
"""Our name of an op, and PyTorch's."""

OPTIONS = {
    "dim": "axis",
    "keepdim": "keepdims",
    "alpha": "alpha",
    "negative_slope": "slope",
    "margin": "margin",
}
WITHOUT_MEANING = {
    "approximate": "none",
    "reduction": "mean",
    "correction": 0,
    "unbiased": False,
    "ord": 2,
    "p": 1,
}
"""Arguments of PyTorch that must have just this value for its op to be ours."""
POSITIVE = {"log", "sqrt", "log1p"}


def samples() -> Iterator[tuple[str, list, dict]]:
    """Every published sample that the language can express: op, arguments, options."""
    for name, theirs in NAMES.items():
        torch.manual_seed(SEED)
        info = next(op for op in op_db if op.name == theirs)
        found = [case for sample in info.sample_inputs("cpu", torch.float64) if (case := _case(name, sample))]
        small = [case for case in found if all(np.size(argument) <= SMALL for argument in case[0])]
        for arguments, options in (small or [case for case in found if np.size(case[0][0]) <= LARGE])[:12]:
            yield name, arguments, options


def _case(name: str, sample) -> tuple[list, dict] | None:
    tensors = [sample.input, *sample.args]
    options = dict(sample.kwargs)
    if name in (
        "softmax",
        "log_softmax",
        "logsumexp",
        "sum",
        "mean",
        "prod",
        "var",
        "std",
        "max",
        "min",
        "norm",
    ):
        extra = tensors[1:]
        tensors = tensors[:1]
        if len(extra) > 1 or (extra and not isinstance(extra[0], int | tuple)) or "dtype" in options:
            return None
        if extra:
            options["dim"] = extra[0]
    if not all(isinstance(tensor, torch.Tensor) and tensor.numel() for tensor in tensors):
        return None
    filled: dict = {}
    for key, value in options.items():
        if key in WITHOUT_MEANING and value == WITHOUT_MEANING[key]:
            continue
        if key not in OPTIONS or value is None or isinstance(value, list | torch.Tensor):
            return None
        filled[OPTIONS[key]] = list(value) if isinstance(value, tuple) else value
    if name in ("var", "std") and not {"correction", "unbiased"} & sample.kwargs.keys():
        return None
    if not _expressible(name, tensors, filled):
        return None
    return [np.round(tensor.detach().numpy().astype(float), 4).tolist() for tensor in tensors], filled


def _expressible(name: str, tensors: list[torch.Tensor], options: dict) -> bool:
    """Whether the shapes are those our op takes, and the values clear of conventions at kinks."""
    shapes = [tuple(tensor.shape) for tensor in tensors]
    if name in ("cross_entropy", "hinge_loss"):
        return len(shapes) == 2 and len(shapes[0]) == 2 and shapes[1] == shapes[0][:1]
    if name in ("mse", "bce_with_logits"):
        return len(shapes) == 2 and shapes[0] == shapes[1]
    if name in ("softmax", "log_softmax") or (shapes[0] == () and "axis" in options):
        return shapes[0] != ()
    if name in POSITIVE:
        return bool((tensors[0] > 1e-3).all())
    if name in ("std", "norm", "var"):
        return tensors[0].numel() > 1
    return True
