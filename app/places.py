"""Where templates and the built front-end lie: in a checkout beside `app`, in a wheel inside it."""

from pathlib import Path

HERE = Path(__file__).resolve().parent


def _find(*parts: str) -> Path:
    inside = HERE.joinpath(*parts)
    return inside if inside.is_dir() else HERE.parent.joinpath(*parts)


TEMPLATES = _find("templates")
STATIC = _find("static", "dist")
