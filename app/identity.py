"""What decides which bits a training comes to: the code, NumPy, and the processor it runs on."""

from dataclasses import dataclass, fields
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

from app import VERSION
from app.encoding import to_msgpack
from engine.learning import DataSpec, TrainingSpec, run_slice, start, write_program

WORDS = {
    "version": "Chainrule {}",
    "code": "Chainrule from other code ({})",
    "numpy": "NumPy {}",
    "bits": "another kind of processor or another build of NumPy: a trial training there comes to bits {}",
}
"""How each part of an identity is told."""

TRIAL_UPDATES = 16


@dataclass(frozen=True, slots=True)
class Identity:
    """Two processes of one identity come from the same seed to the same bits.

    `code` is a digest of the program's own files, `bits` one of the state that a short training
    leads to, which tells processors and builds of NumPy apart that no version does.
    """

    version: str
    code: str
    numpy: str
    bits: str

    def difference(self, other: "Identity") -> str | None:
        """What the other has that this one has not, in words; None where they are alike."""
        for field in fields(self):
            theirs = getattr(other, field.name)
            if getattr(self, field.name) != theirs:
                return WORDS[field.name].format(theirs)
        return None


@cache
def identity() -> Identity:
    """The identity of this process."""
    return Identity(VERSION, _code(), np.__version__, _bits())


def _code() -> str:
    """A digest of every module of this very program."""
    root = Path(__file__).parents[1]
    digest = sha256()
    for path in sorted(path for name in ("app", "engine") for path in (root / name).rglob("*.py")):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]


def _bits() -> str:
    """A digest of a short training's state; its layers are wide enough for every path of a product."""
    program = write_program(features=2, hidden=(33, 17), classes=3, activation=("tanh", "gelu"))
    spec = TrainingSpec(program, DataSpec("spiral", 3, 120, 0.1, 0), batch_size=25)
    state, _ = run_slice(spec, start(spec), TRIAL_UPDATES)
    return sha256(to_msgpack(state.to_plain())).hexdigest()[:12]
