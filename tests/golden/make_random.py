"""Write random.json: seeded random programs over every differentiable op, run by PyTorch in float64.

Run in an environment with torch and numpy, from the top of the repository:

    python tests/golden/make_random.py

A program is grown gate by gate: an op is drawn, of those used least so far, and arguments among the
values there are; PyTorch says whether they fit. So it is made of what PyTorch computes, and written
down in the language beside it. What lies on a kink is left out: conventions differ there.
"""

import base64
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch

HERE = Path(__file__).parent
TOP = HERE.parents[1]
sys.path[:0] = [str(TOP), str(TOP / "tests" / "engine")]

from make_ops import applied  # noqa: E402
from programs import program_for  # noqa: E402

from engine import OPS, trace  # noqa: E402

PROGRAMS = 220
GATES = (3, 9)
LARGEST = 50.0
"""Values beyond it are left out: what comes of them is all rounding."""
SHAPES = [(), (3,), (2, 3), (2, 1), (1, 3), (3, 2), (3, 3), (2, 2, 3), (2, 1, 3), (4, 1, 3, 2)]
UNDIFFERENTIABLE = {"less", "less_equal", "greater", "greater_equal", "equal", "not_equal"}
NEVER_WRITTEN = {"copy"}
DRAWN = sorted(set(OPS) - UNDIFFERENTIABLE - NEVER_WRITTEN)
REDUCTIONS = {"sum", "mean", "prod", "max", "min", "var", "std", "norm", "logsumexp"}
LABELLED = {"cross_entropy", "hinge_loss"}


class MisfitError(Exception):
    """These arguments would be taken by PyTorch, and mean something else there."""


@dataclass
class Program:
    """A program on its way: its lines, its inputs, its values by name as PyTorch holds them."""

    random: Random
    lines: list[str] = field(default_factory=list)
    inputs: dict[str, list] = field(default_factory=dict)
    values: dict[str, torch.Tensor] = field(default_factory=dict)
    ops: list[str] = field(default_factory=list)

    def add_input(self) -> None:
        shape = self.random.choice(SHAPES)
        numbers = [round(self.random.uniform(-2, 2), 3) for _ in range(int(np.prod(shape)))]
        name = f"x{len(self.inputs)}"
        self.inputs[name] = np.reshape(numbers, shape).tolist()
        self.values[name] = torch.tensor(self.inputs[name], dtype=torch.float64, requires_grad=True)

    def pick(self) -> str:
        """A value, the latest ones more often."""
        names = list(self.values)
        return names[-1 - min(int(self.random.expovariate(0.5)), len(names) - 1)]

    def add_gate(self, name: str) -> bool:
        """Add a gate of that op if one fits."""
        for _ in range(30):
            try:
                names, texts, options = self._call(name)
                tensors = [self.values[one] if isinstance(one, str) else one for one in names]
                out = applied(name, _passing(name, tensors), options)
            except (RuntimeError, IndexError, TypeError, MisfitError):
                continue
            if out.numel() and out.numel() <= 64 and out.dim() <= 4 and _is_tame(out):
                result = f"v{len(self.ops)}"
                self.values[result] = out
                self.lines.append(f"{result} = {program_for(name, len(texts), options, texts)}")
                self.ops.append(name)
                return True
        return False

    def end_in_a_number(self) -> None:
        """Add up the means of all that nobody has read."""
        text = "\n".join(line.partition(" = ")[2] for line in self.lines)
        unread = [name for name in self.values if not re.search(rf"\b{name}\b", text)]
        self.lines.append(f"f = {' + '.join(f'mean({name} * {name})' for name in unread)}")
        self.values["f"] = sum(torch.mean(self.values[name] * self.values[name]) for name in unread)

    def _call(self, name: str) -> tuple[list[Any], list[str], dict[str, Any]]:
        """Arguments (names of values, or tensors written out), how they are written, options."""
        random, first = self.random, self.pick()
        shape = tuple(self.values[first].shape)
        if name == "where":
            one, other = self.pick(), self.pick()
            condition = self.values[first] > self.values[one]
            picked = [condition, self.pick(), other]
            return picked, [f"{first} > {one}", picked[1], other], {}
        if name == "clip":
            low = self.pick()
            return [first, low, self.values[low] + 0.75], [first, low, f"{low} + 0.75"], {}
        if name in LABELLED:
            if len(shape) != 2:
                raise MisfitError
            labels = [random.randrange(shape[1]) for _ in range(shape[0])]
            y = torch.tensor(labels, dtype=torch.float64)
            options = {"margin": random.choice([1.0, 0.5])} if name == "hinge_loss" else {}
            return [first, y], [first, str(labels)], options
        if name == "bce_with_logits":
            targets = np.reshape([random.choice([0.0, 0.25, 1.0]) for _ in range(int(np.prod(shape)))], shape)
            return [first, torch.tensor(targets, dtype=torch.float64)], [first, str(targets.tolist())], {}
        count = random.randint(2, 3) if OPS[name].variadic else len(OPS[name].arguments)
        names = [first, *[self.pick() for _ in range(count - 1)]]
        return names, names, self._options(name, shape)

    def _options(self, name: str, shape: tuple[int, ...]) -> dict[str, Any]:
        random, axes = self.random, range(-len(shape), len(shape))
        if name in REDUCTIONS and shape:
            several = [random.sample(range(len(shape)), 2)] if len(shape) > 1 else []
            axis = random.choice([None, random.choice(axes), *several])
            # of a product over several axes PyTorch knows only the one over all
            if name == "prod" and isinstance(axis, list):
                raise MisfitError
            return {"axis": axis, "keepdims": random.random() < 0.5 and (name, axis) != ("prod", None)}
        if name in ("softmax", "log_softmax", "concatenate"):
            if not shape:
                raise MisfitError
            return {"axis": random.choice(axes)}
        if name == "stack":
            return {"axis": random.randint(-len(shape) - 1, len(shape))}
        if name == "reshape":
            return {"shape": random.choice([[-1], [1, -1], [-1, 1], [3, -1], [2, -1]])}
        if name == "index":
            if not shape:
                raise MisfitError
            return {"entries": [_entry(random, size) for size in shape[: random.randint(1, 2)]]}
        return {"leaky_relu": {"slope": 0.1}, "elu": {"alpha": 0.7}}.get(name, {})


def _passing(name: str, tensors: list[torch.Tensor]) -> list[torch.Tensor]:
    """The arguments, those that are labels or conditions without a way back."""
    if name == "mse" and tensors[0].shape != tensors[1].shape:
        raise MisfitError
    return [
        tensor if OPS[name].derivative(position) is not None else tensor.detach()
        for position, tensor in enumerate(tensors)
    ]


def _entry(random: Random, size: int) -> int | list[int | None]:
    """A position on an axis, or a slice of it."""
    return random.choice([random.randrange(-size, size), [None, None, None], [0, size, 2], [-2, None, None]])


def _is_tame(tensor: torch.Tensor) -> bool:
    return bool(torch.isfinite(tensor).all() and tensor.abs().max() < LARGEST)


def grown(random: Random, used: Counter[str]) -> Program:
    """One program, of the ops that were used least."""
    program = Program(random)
    for _ in range(random.randint(2, 4)):
        program.add_input()
    for _ in range(random.randint(*GATES)):
        drawn = random.sample(DRAWN, 12)
        for name in sorted(drawn, key=lambda one: used[one] + 1000 * program.ops.count(one)):
            if program.add_gate(name):
                break
    if random.random() < 0.8:
        program.end_in_a_number()
    return program


def answered(program: Program) -> dict[str, Any] | None:
    """What PyTorch answers, or None for what lies on a kink or comes to nothing that can be compared."""
    out = list(program.values.values())[-1]
    text = "\n".join(program.lines)
    program.inputs = {name: held for name, held in program.inputs.items() if re.search(rf"\b{name}\b", text)}
    leaves = [program.values[name] for name in program.inputs]
    if not out.requires_grad:
        return None
    seed = torch.linspace(0.5, 1.5, out.numel(), dtype=torch.float64).reshape(out.shape)
    gradients = torch.autograd.grad(out, leaves, seed, allow_unused=True)
    gradients = [torch.zeros_like(x) if g is None else g for x, g in zip(leaves, gradients, strict=True)]
    traced = trace(text, program.inputs, upstream=seed.numpy())
    on_a_kink = any(note.code == "kink" for note in traced.notes)
    if on_a_kink or not all(_is_tame(gradient / 100) for gradient in gradients):
        return None
    return {
        "source": text,
        "inputs": program.inputs,
        "value": packed(out),
        "gradients": {name: packed(g) for name, g in zip(program.inputs, gradients, strict=True)},
    }


def packed(tensor: torch.Tensor) -> str:
    """The base64 of a tensor's float64 bytes, row after row."""
    return base64.b64encode(tensor.detach().contiguous().numpy().astype("<f8").tobytes()).decode()


def main() -> None:
    random, used = Random(20250923), Counter[str]()
    programs: list[dict[str, Any]] = []
    while len(programs) < PROGRAMS:
        program = grown(random, used)
        answer = answered(program)
        if answer is not None:
            programs.append(answer)
            used.update(program.ops)
    missing = sorted(set(DRAWN) - set(used))
    if missing:
        sys.exit(f"no random program with: {', '.join(missing)}")
    lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in programs)
    head = json.dumps({"source": f"PyTorch {torch.__version__}, float64"})[:-1]
    (HERE / "random.json").write_text(f'{head}, "programs": [\n{lines}\n]}}\n')
    least, times = used.most_common()[-1]
    print(f"{len(programs)} programs, {sum(used.values())} gates; least used: {least}, {times} times")


if __name__ == "__main__":
    main()
