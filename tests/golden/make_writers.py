"""Write writers.json: what the written PyTorch programs give, each run by itself in float64.

Run in an environment with torch and numpy, from the top of the repository:

    python tests/golden/make_writers.py

Beside its numbers stands the hash of a program's text, so that the tests know which text was run.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

import torch

HERE = Path(__file__).parent
TOP = HERE.parents[1]
sys.path[:0] = [str(TOP), str(TOP / "tests" / "engine"), str(TOP / "tests" / "engine" / "writers")]

from cases import ALL  # noqa: E402
from running import run  # noqa: E402

from engine.writers import WRITERS  # noqa: E402
from engine.writers.names import TORCH  # noqa: E402


def main() -> None:
    unknown = {name for name in dir(torch.nn.Module()) if not name.startswith("_")} - TORCH
    if unknown:
        sys.exit(
            f"torch.nn.Module has names that engine/writers/names.py lacks: {', '.join(sorted(unknown))}"
        )
    texts = [WRITERS["pytorch"].write(case.traced()).text for case in ALL]
    programs = {}
    for case, text, answer in zip(ALL, texts, run(texts, "torch"), strict=True):
        if "error" in answer:
            sys.exit(f"{case.name}:\n{text}\n{answer['error']}")
        hashed = sha256(text.encode()).hexdigest()
        programs[case.name] = {"text": hashed, "value": answer["value"], "gradients": answer["gradients"]}
    document = {"source": f"PyTorch {torch.__version__}, float64", "programs": programs}
    path = HERE / "writers.json"
    path.write_text(json.dumps(document, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(programs)} programs")


if __name__ == "__main__":
    main()
