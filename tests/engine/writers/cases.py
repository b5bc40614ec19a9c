"""Programs that the writers are tried on: the lecture's, every op's, and those that are hard to write."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from programs import program_for

from engine import Trace, trace

GOLDEN = Path(__file__).parents[2] / "golden"

NEURON = "w0 = 2; x0 = -1\nw1 = -3; x1 = -2\nw2 = -3\nf = 1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))\n"
NET = """
X = [[0, 0], [0, 1], [1, 0], [1, 1]]
y = [0, 1, 1, 0]
W1 = he(2, 4); b1 = zeros(4)
W2 = xavier(4, 2); b2 = normal(2, std=0.1)
h1 = relu(X @ W1 + b1)
scores = h1 @ W2 + b2
data_loss = cross_entropy(scores, y)
regularization = 0.001 * (sum(W1**2) + sum(W2**2))
loss = data_loss + regularization
"""

_TRACES: dict[str, Trace] = {}


@dataclass(frozen=True)
class Case:
    """A program with its inputs; `torch` says whether PyTorch takes the same conventions there."""

    name: str
    source: str
    inputs: dict[str, Any] = field(default_factory=dict)
    upstream: Any = None
    torch: bool = True
    finite: bool = True

    def traced(self) -> Trace:
        """The case run by the engine, once for all tests: a trace is never written to."""
        if self.name not in _TRACES:
            _TRACES[self.name] = trace(self.source, self.inputs, upstream=self.upstream, finite=self.finite)
        return _TRACES[self.name]


LECTURE = [
    Case("L1", "q = x + y\nf = q * z\n", {"x": -2, "y": 5, "z": -4}),
    Case("L2", NEURON),
    Case("L4-add", "x = 3\ny = -1\nf = 2 * (x + y)\n"),
    Case("L4-multiply", "x = 2\ny = 3\nf = 5 * (x * y)\n"),
    Case("L4-copy", "x = 1\nf = 4*x + 2*x\n"),
    Case("L4-max", "x = 4\ny = 5\nf = 9 * max(x, y)\n"),
    Case("L9", "x = [1, -2, 3, -1]\nh = relu(x)\n", upstream=[4, -1, 5, 9]),
    Case("L12", "scores = [[3.2, 5.1, -1.7]]\ny = [0]\nloss = hinge_loss(scores, y)\n"),
    Case("square", "x = 3\nf = x * x\n"),
    Case("net", NET),
]

SHAPES = [
    Case("diamond", "x = 2\na = x * 3; b = x + 1\nf = a * b"),
    Case("diamond of vectors", "x = [1, 2, 3]\na = x + x; b = a * x\nf = sum(a + b)"),
    Case("aliased gradients", "a = [1, 2]; b = [3, 4]\ns = a + b; t = s + a\nf = sum(t * b)"),
    Case("aliased transposes", "a = [[1, 2], [3, 4]]\nt = a.T; u = a.T + a\nf = sum(t * u + a)"),
    Case("aliased parts", "a = [1, 2]; c = concatenate([a, a]); d = stack([a, a])\nf = sum(c) + sum(d * d)"),
    Case(
        "aliased reshapes",
        "a = [1, 2, 3, 4]\nb = reshape(a, (2, 2)); c = sum(b, axis=0)\nf = sum(a * a) + sum(c * c)",
    ),
    Case("unused", "x = 2; y = 3; z = [1, 2]\nwaste = y * z\nf = x * x"),
    Case("output is an input", "x = 2; x"),
    Case("output is a vector input", "x = [1, 2]", upstream=[3, 4]),
    Case("constant output", "3"),
    Case("nothing to differentiate", "x = 2\nx > 1"),
    Case("a gradient that stops", "x = 2\ny = x * 3\ny > 1"),
    Case(
        "rank 3", "x = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]; w = [[1], [2]]\nf = sum(x @ w * x[:, 1:, 0:1])"
    ),
    Case("rank 4", "f = mean(x * b)", {"x": [[[[1.0, 2.0], [3.0, 4.0]]]], "b": [[1.0], [0.5]]}),
    Case(
        "broadcast both ways",
        "a = [[1], [2]]; b = [3, 4, 5]; c = 2; d = [[[1]], [[2]]]\nf = sum(a * b + c * b - a / d)",
    ),
    Case("upstream of a scalar", "x = 3\nf = x**3", upstream=2.5),
    Case(
        "matrix output",
        "X = [[1, 2, -1], [0, 3, 1]]; W = [[2, -1], [1, 0], [-2, 3]]\nY = X @ W",
        upstream=[[1, -1], [2, 1]],
    ),
    Case(
        "scalars in tensor ops",
        "x = 3; y = 2\nf = sum(x) * mean(y) + sum(reshape(x, (1, 1))) + x.T * sum(stack([x, y]))",
    ),
    Case("scalar losses", "a = 1; b = 3; t = 1\nf = mse(a, b) + bce_with_logits(a, t)"),
    Case("scalar label", "s = [1, 2, 3]; y = 2\nf = cross_entropy(s, y) + hinge_loss(s * s, y)"),
    Case(
        "constant labels",
        "s = [[1, 2, 3], [0, 1, 0]]\nf = cross_entropy(s, [0, 2]) + hinge_loss(s, [2, 1], margin=2)",
    ),
    Case("targets", "s = [1, -2, 3]; t = [0, 1, 0.5]\nf = bce_with_logits(s, t)"),
    Case(
        "conditions",
        "x = 2; y = [1, -2, 3]\nc = y > 0\nf = sum(where(c, x, y * y) + c * x + (y <= 1) * (y != 3))",
    ),
    Case(
        "sums of conditions",
        "x = [1, -2, 3]\nf = sum(x * sum(x > 0)) + sum(-(x < 2) * x) + sum((x >= 1) + (x == 3) * x)",
    ),
    Case("chosen constants", "x = [1, -2]\nc = x > 0\nf = sum(where(c, 1, 0) * x**2 + where(c, x, 2))"),
    Case("label condition", "x = [1, 2]; y = [0, 1]\nf = sum(where(y, x, 3 * x)) + sum(where(y == 1, x, 0))"),
    Case("a path without gradient", "x = 3; k = 2 * x\nf = where(k > 1, x, 2 * x)"),
    Case(
        "options",
        "x = [[1, 2], [3, 5]]\n"
        "f = sum(sum(x, axis=0) * mean(x, axis=1)) + sum(leaky_relu(-x, slope=0.3) "
        "+ elu(-x, alpha=2))",
    ),
    Case(
        "options by name",
        "x = [[1, 2], [3, 5]]\n"
        "f = sum(x, keepdims=True) * prod(x, keepdims=True) * max(x, axis=1, keepdims=True)",
        upstream=[[1], [2]],
    ),
    Case(
        "several axes",
        "x = [[[1, 2], [3, 4]]]\n"
        "f = sum(prod(x, axis=(0, 2)) * max(x, axis=(0, 1)) + logsumexp(x, axis=(0, 2)) "
        "+ norm(x, axis=(1, 2)))",
    ),
    Case("backward steps", "x = [1, 2, 3, 4]\nf = sum(x[::-1] * x) + sum(x[-1:0:-2])"),
    Case("index", "X = [[1, 2, 3], [4, 5, 6]]\nf = X[0, 1] * X[-1, -1] + sum(X[:, 0] * X[:, 1:].T)"),
    Case(
        "many joined",
        "a = [1, 2]; b = [3]; c = [4, 5, 6]\n"
        "f = sum(concatenate([a, b, c, a])**2) + sum(concatenate([b]) * 2)",
    ),
    Case(
        "softmax over all",
        "x = [[1, 2], [3, 5]]\nf = sum(softmax(x, axis=None) * log_softmax(x, axis=None) * x)",
    ),
    Case(
        "constants reduced",
        "x = [3, 4]\nf = mean(x) * (mean(-1) - prod(2)) + prod(x) - max(x) * (max(3) - norm(-4)) * norm(x)",
    ),
    Case("extreme constants", "x = [1, 2]\nf = sum(x / 1e300) + sum(x / x) + sum(1e-300 / x)"),
    Case("one constant joined", "x = 3\nf = x * sum(stack([2.5]) * stack([-2]))"),
    Case("a name like what is saved", "x = 2\nsaved_h = x * 3\nh = gelu(x)\nf = h * saved_h"),
    Case(
        "names that Python and modules keep",
        "_parameters = normal(2); __w = he(2, 2); __class__ = ones(2)\n__builtins__ = [1, 2]\n"
        "f = sum((_parameters @ __w) * __builtins__ * __class__)",
    ),
    Case("powers", "x = -3; y = 2\nf = x**2 + y**x + x**3 + y**0.5 + y**-1 + (-2)**2 * x + x**0 + y**1"),
    Case("powers of minus", "x = 2\nf = -x**2 + (-x)**2 - 2**-x * (-3)"),
    Case(
        "brackets",
        "a = 2; b = 3; c = 5\nf = a - (b - c) - (a + b) * c / (a / b) + (a**b)**c - a**(b**0.5) - -a * (-b)",
    ),
    Case("constants alone", "x = 2\nf = x * (2**3**2 / 7 - 1e3) + exp(2) * 3.5e-7"),
    Case("constant tensors", "x = [1, 2]\nf = sum(x * [3, 4] + [1, 0.5] - sin([1, 2]))"),
    Case("copy of itself", "x = 2; y = 3\nf = x.T * y\nf"),
    Case("lines", "\n".join(["x0 = 1.5", *(f"x{i} = sin(x{i - 1}) * 1.01" for i in range(1, 40))])),
    Case("long line", "x = 1.1\nf = " + " + ".join(f"{i} * x**{i}" for i in range(1, 60))),
    Case("deep line", "x = 1.1\nf = " + "sin(" * 50 + "x" + ")" * 50),
    Case("long vector", "f = sum(x * x)", {"x": [i / 7 for i in range(300)]}),
]

NAMES = [
    Case("Greek", "θ = 2; λ = 3; Δ = θ * λ\nf = Δ * θ"),
    Case("subscripts", "x₀ = 3; x0 = 4; x₂ = 5; ½ = 2; ﬁ = 1; fi = 2\nf = x₀ * x0 + x₂ * ½ + ﬁ * fi**2"),
    Case(
        "keywords",
        "lambda = 2; class = 3; in = 4; None_ = 5; match = 6\nf = lambda * class + in * match - None_",
    ),
    Case(
        "builtins",
        "print = 2; len = [1, 2]; range = 3; id = 4; tuple = 5\n"
        "f = sum(len * print) * range + id * tuple + mean(len)",
    ),
    Case(
        "helpers",
        "spread = 2; direction = [1, 2, 4]; scatter = 3; unbroadcast = 2; restored = 1\n"
        "f = sum(direction[0:2] * spread) * scatter + std(direction) * restored * unbroadcast",
    ),
    Case(
        "modules",
        "np_ = 1; upstream = 2; self = 3; F = 4; crc32 = 5; draws = 6; net = 7\n"
        "f = np_ * upstream * self + F * crc32 - draws * net",
    ),
    Case(
        "words of the writers",
        "t1 = 2; c1 = 3; grad_f = 4; grad_t1 = 5; gradients = 6; name = 7; out = 8; saved_f = 1\n"
        "f = silu(t1 * c1 + grad_f * grad_t1) * gradients + name * out * saved_f",
    ),
    Case(
        "classes",
        "Multiply = 2; Add = 3; values = 4; graph = 5; gate = 6; inputs = 7; output = 8\n"
        "f = Multiply * Add + values * graph - gate * inputs / output",
    ),
    Case(
        "modules of torch",
        "training = 2; forward = he(2); parameters = 3; T_destination = normal(); train = ones(2); "
        "float = 2\n"
        "f = sum(forward * train) * training + parameters * T_destination + float",
    ),
    Case("named again", "h = 2\nh = h * 3\nh = h + h\nh_2 = 5\nh = h * h_2"),
    Case("one name everywhere", "x = 2\n" + "x = x * 1.1\n" * 30),
    Case("remark", "x = 2 # \u2028import nothing \r x = 3\nf = x * x"),
]

SPECIAL = [
    Case("minus zero", "x = -0.0; y = -0\nf = x * 3 + y * x - (-0.0)"),
    Case("infinite", "x = 0\nf = 1 / x"),
    Case("not a number", "x = -1\nf = log(x) + sqrt(x) * x", torch=False),
    Case("infinite constant", "x = 2\nf = x * (1 / 0) + 9**9**9"),
    Case("infinity times zero", "x = -1000\nf = 1 / (1 + exp(-x))", torch=False),
    Case("overflow", "x = 1e200; y = 1e-200\nf = x * x / (y * y) + x**3"),
    Case("large square", "x = 1; y = 1e200\nf = x / y"),
    Case("small", "x = 1e-300\nf = x * x + 3 * x"),
    Case("root of zero", "x = 0; v = [0, 4]\nf = x**0.5 + sum(sqrt(v))"),
    Case(
        "vector of specials",
        "x = [0, -1, 1000, -1000]\nf = sum(exp(x)) + sum(log(x)) + sum(x / x)",
        torch=False,
    ),
    Case(
        "kinks",
        "x = 0; v = [0, 0, 1]\n"
        "f = relu(x) + abs(x) + max(x, 0) + max(v) + min(v) + norm(v * 0) + clip(x, 0, 1)",
        torch=False,
    ),
    Case(
        "non-finite inputs",
        "f = x * y + sum(z)",
        {"x": float("inf"), "y": float("nan"), "z": [1.0, float("-inf")]},
        finite=False,
    ),
    Case("non-finite upstream", "f = x * 2", {"x": 3.0}, upstream=float("inf"), finite=False),
]


def _ops() -> list[Case]:
    cases = json.loads((GOLDEN / "ops.json").read_text())["cases"]
    return [
        Case(
            f"{position}-{case['op']}",
            program_for(case["op"], len(case["arguments"]), case["options"]),
            {f"p{place}": value for place, value in enumerate(case["arguments"])},
            case["upstream"],
        )
        for position, case in enumerate(cases)
    ]


OPS_CASES = _ops()
ALL = [*LECTURE, *SHAPES, *NAMES, *SPECIAL, *OPS_CASES]
