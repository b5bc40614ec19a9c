"""Runs every contest and writes docs/benchmarks.md."""

import os
import platform
import subprocess
import sys
from pathlib import Path

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import torch  # noqa: E402

from benchmarks import boundaries, lecture_graph, memory, random_graphs, slices, training_step  # noqa: E402
from benchmarks.contest import contest  # noqa: E402
from benchmarks.training_spec import NETS, RATES  # noqa: E402

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
OWN = ("sessions", "sweeps", "page", "train_page")
"""Parts with an environment of their own: that of the server, or of the browser."""
HEAD = """# Benchmarks

Written by `make bench`, which installs the peers from the registry into an environment of their own
(`.bench`), lets all contestants of a table take turns in one process, fifteen rounds each, and keeps
the median. Every contestant has one thread. Ratios carry over to other machines, absolute times do
not. The bare NumPy baselines are `benchmarks/baseline.py` and `benchmarks/logistic.py`: same sampling, loss,
optimizer, precision. `.bench/bin/python -m benchmarks slices boundaries` prints the tables named, alone.

Memory is what three units of a contestant's work add to a fresh process in which all is set up.

The pages are measured in the system's Chromium, in the browser tests' own environment:
`.venv/bin/python -m benchmarks.page` measures the graph page alone, `benchmarks.train_page` the training
page, ten minutes of it for its memory, and `benchmarks.sessions` the live sessions.
"""

SLICES = f"""
Slices of {slices.UPDATES} updates; those of Chainrule end with a frame: losses, confusion, statistics of
every layer, a boundary of 64x64.
"""


def table(title: str, first: str, times: dict[str, float], added: list[float], note: str = "") -> str:
    """A table of medians and ratios to the contestant named `first`."""
    lines = [f"\n## {title}\n", *([note + "\n"] if note else [])]
    lines += [f"| contestant | median | times {first} | memory added |", "| --- | --- | --- | --- |"]
    for (name, seconds), mebibytes in zip(times.items(), added, strict=True):
        lines.append(f"| {name} | {written(seconds)} | {seconds / times[first]:.2f} | {mebibytes:.1f} MiB |")
    return "\n".join(lines) + "\n"


def written(seconds: float) -> str:
    """A time in the unit that suits it."""
    for unit, factor in (("s", 1), ("ms", 1e3)):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e6:.3g} us"


def measured(kind: str, count: int) -> list[float]:
    """Memory added by each contestant of a kind."""
    return [memory.added(kind, index) for index in range(count)]


def main() -> None:
    """Run everything and write the page; or print the parts named on the command line."""
    torch.set_num_threads(1)
    wanted = set(sys.argv[1:]) or {"lecture", "random", "training", "slices", "boundaries", *OWN}
    parts = [HEAD, f"\nPython {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores.\n"]
    if "lecture" in wanted:
        times = contest(lecture_graph.entries())
        title = "The lecture's neuron (L2), rerun: output and five gradients"
        parts.append(table(title, "micrograd", times, measured("lecture", len(times))))
    if "random" in wanted:
        for count in (1_000, 10_000, 100_000):
            parts += _random(count)
    if "training" in wanted:
        for index, (sizes, batch) in enumerate(training_step.SIZES):
            times = contest(training_step.entries(sizes, batch), seconds=0.1)
            title = f"Training step, {'-'.join(map(str, sizes))}, batch {batch}, float32"
            parts.append(table(title, "bare NumPy", times, measured(f"training-{index}", len(times))))
    if "slices" in wanted:
        parts += _slices()
    if "boundaries" in wanted:
        parts.append(_boundaries())
    parts += [_own(part) for part in OWN if part in wanted]
    if not sys.argv[1:]:
        PAGE.write_text("".join(parts))
    sys.stdout.write("".join(parts))


def _random(count: int) -> list[str]:
    rounds = 15 if count < 100_000 else 3
    graph = random_graphs.gates(count)
    built = contest(random_graphs.building(graph), rounds)
    rerun = contest(random_graphs.rerunning(graph, count <= 10_000), rounds)
    building = table(f"Random graph of {count:,} gates, build", "PyTorch", built, [0.0] * len(built))
    building = "\n".join(
        line.rsplit(" | ", 1)[0] + " |" if line.startswith("|") else line for line in building.split("\n")
    )
    rerunning = table(
        f"Random graph of {count:,} gates, rerun", "PyTorch", rerun, measured(f"random-{count}", len(rerun))
    )
    return [building, rerunning]


def _slices() -> list[str]:
    """Updates a second: here more is better, so the ratio is that of rates."""
    parts: list[str] = []
    for sizes, batch, activation in NETS:
        title = f"Updates through `run_slice`, {_layers(sizes)}, batch {batch}, {activation}, float32"
        parts.append(f"\n## {title}\n{'' if parts else SLICES}")
        for optimizer in RATES:
            times = contest(slices.entries(sizes, batch, activation, optimizer))
            parts.append(f"\n| {optimizer} | updates a second | times bare NumPy |\n| --- | --- | --- |\n")
            for name, seconds in times.items():
                rate, ratio = slices.UPDATES / seconds, times["bare NumPy"] / seconds
                parts.append(f"| {name} | {rate:,.0f} | {ratio:.2f} |\n")
    return parts


def _boundaries() -> str:
    side = boundaries.SIZE
    lines = [
        f"\n## Boundary of {side}x{side} with all units, float32\n",
        "| net | bare NumPy | Chainrule | times bare NumPy |",
        "| --- | --- | --- | --- |",
    ]
    for sizes, batch, activation in NETS:
        times = contest(boundaries.entries(sizes, batch, activation))
        bare, ours = times.values()
        lines.append(f"| {_layers(sizes)} | {written(bare)} | {written(ours)} | {ours / bare:.2f} |")
    return "\n".join(lines) + "\n"


def _layers(sizes: tuple[int, ...]) -> str:
    return "-".join(map(str, sizes))


def _own(part: str) -> str:
    """The tables of the page or of the server, measured in the environment that has them."""
    command = [ROOT / ".venv" / "bin" / "python", "-m", f"benchmarks.{part}"]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout  # noqa: S603


if __name__ == "__main__":
    main()
