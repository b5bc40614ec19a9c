"""Write exports.json: what the exported PyTorch scripts print and score, each run by itself.

Run in an environment with torch and numpy, from the top of the repository:

    python tests/golden/make_exports.py

Fails when a script's scores (or loss) over the points held out are not the engine's own. Beside the
numbers stands the hash of a script's text without its embedded numbers, so that the tests know which text
was run.
"""

import contextlib
import io
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch

HERE = Path(__file__).parent
TOP = HERE.parents[1]
sys.path[:0] = [str(TOP), str(TOP / "tests" / "engine")]

from exported import SPECS, answer_of, hashed, trained  # noqa: E402

from engine.learning.scripts import pytorch_script  # noqa: E402

KEPT = 5
"""Scores of so many points are stored."""


def main() -> None:
    scripts: dict[str, Any] = {}
    for name, spec in SPECS.items():
        state, _ = trained(name)
        script = pytorch_script(spec, state)
        printed = io.StringIO()
        names: dict[str, Any] = {"__name__": "__main__"}
        with contextlib.redirect_stdout(printed):
            exec(compile(script, name, "exec"), names)  # noqa: S102
        asked = names["Net"].forward.__code__.co_varnames[1 : names["Net"].forward.__code__.co_argcount]
        got = np.asarray(names["forward"](*[names[f"{one}_validation"] for one in asked]))
        if not np.allclose(got, answer_of(spec, state), rtol=1e-6, atol=1e-7):
            sys.exit(f"{name}: the script scores otherwise than the engine")
        scripts[name] = {
            "text": hashed(script),
            "printed": printed.getvalue().splitlines(),
            "answer": np.atleast_1d(got)[:KEPT].tolist(),
        }
    document = {"source": f"PyTorch {torch.__version__}, float64", "scripts": scripts}
    (HERE / "exports.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    print(f"{len(scripts)} scripts")


if __name__ == "__main__":
    main()
