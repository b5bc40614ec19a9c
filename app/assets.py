"""The built front-end: which hashed files a page needs, and how they are served."""

import json
import mimetypes
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

# a machine's own registry may lack these or say something else
for _kind, _suffix in (
    ("application/wasm", ".wasm"),
    ("text/javascript", ".js"),
    ("text/javascript", ".mjs"),
    ("font/woff2", ".woff2"),
    ("image/svg+xml", ".svg"),
    ("application/json", ".map"),
):
    mimetypes.add_type(_kind, _suffix)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one page loads, as paths below /static/."""

    script: str
    styles: tuple[str, ...]
    preloads: tuple[str, ...]


class Manifest:
    """Vite's list of hashed files, read again whenever the front-end has been built anew."""

    def __init__(self, root: Path) -> None:
        self._path = root / ".vite" / "manifest.json"
        self._time = 0
        self._chunks: dict[str, dict[str, Any]] = {}

    def entry(self, source: str) -> Entry | None:
        """The files of the page whose script is `source`; None when it is not built."""
        try:
            time = self._path.stat().st_mtime_ns
            if time != self._time:
                self._chunks = json.loads(self._path.read_text("utf-8"))
                self._time = time
        except (OSError, ValueError):
            return None
        chunk = self._chunks.get(source)
        if chunk is None:
            return None
        chunks = [chunk]
        # imports of imports too; the list grows while it is walked
        for current in chunks:
            names = current.get("imports", [])
            chunks.extend(self._chunks[name] for name in names if self._chunks[name] not in chunks)
        styles = dict.fromkeys(style for current in chunks for style in current.get("css", []))
        preloads = tuple(current["file"] for current in chunks[1:])
        return Entry(chunk["file"], tuple(styles), preloads)


class HashedFiles(StaticFiles):
    """Files whose name holds their hash never change: a browser may keep them for a year."""

    async def check_config(self) -> None:
        """A folder that is not there yet, before the front-end is built, holds no files: 404, no failure."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Answer a file, with its cache rule."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        hashed = Path(full_path).parent.name == "assets"
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return response
