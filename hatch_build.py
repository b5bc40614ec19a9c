"""Hatchling build hook: the built front-end travels inside the wheel, so a user needs no Node."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = runpy.run_path(str(Path(__file__).parent / "scripts" / "node.py"))


class FrontEndHook(BuildHookInterface[Any]):
    """Build `static/dist` with Vite and place it, with `templates`, inside the wheel's `app` package."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node from the package index only where the machine has none that is new enough."""
        if self.target_name != "wheel" or NODE["machine_node"]():
            return []
        return [NODE["wheel_requirement"]()]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the front-end; an editable install serves the checkout's own `static/dist` instead."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        for command in (["npm", "ci", "--loglevel=error"], ["npm", "run", "build"]):
            status = NODE["run"](command, cwd=root)
            if status:
                sys.exit(f"the front-end was not built: '{' '.join(command)}' ended with status {status}")
        build_data["force_include"][str(root / "static" / "dist")] = "app/static/dist"
        build_data["force_include"][str(root / "templates")] = "app/templates"
