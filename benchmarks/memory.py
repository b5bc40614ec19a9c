"""Peak memory of each contestant in a process of its own: what its work adds once it is set up."""

import subprocess
import sys
from pathlib import Path

from benchmarks import lecture_graph, random_graphs, training_step


def added(kind: str, index: int) -> float:
    """Mebibytes that one contestant's work adds, measured in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.memory", kind, str(index)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)  # noqa: S603


def entries(kind: str):
    """The contestants of a kind: `lecture`, `random-N` or `training-K`."""
    if kind == "lecture":
        return lecture_graph.entries
    name, _, number = kind.partition("-")
    if name == "random":
        return lambda: random_graphs.rerunning(random_graphs.gates(int(number)), int(number) <= 10_000)
    return lambda: training_step.entries(*training_step.SIZES[int(number)])


def _peak() -> float:
    """Peak resident memory of this process since the last reset, in mebibytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise OSError("the kernel does not tell the peak memory")


def _reset_peak() -> None:
    """Let the peak count from here (Linux: `man 5 proc`, clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5")


if __name__ == "__main__":
    work = entries(sys.argv[1])()[int(sys.argv[2])].work
    _reset_peak()
    before = _peak()
    for _ in range(3):
        work()
    sys.stdout.write(f"{_peak() - before:.1f}")
