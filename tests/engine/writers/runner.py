"""Runs written programs by themselves: `python -I runner.py numpy < programs.json`.

Each program has a namespace of its own, warnings are errors, and nothing can be imported but the
standard library and NumPy (or, with `torch` in place of `numpy`, what an environment has).
"""

import ast
import contextlib
import io
import json
import sys
import traceback
import warnings
from typing import Any


class OnlyNumPy:
    """Refuses every import that a written program has no business with."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        top = name.partition(".")[0]
        if top != "numpy" and top not in sys.stdlib_module_names:
            message = f"a written program imports {name}"
            raise ImportError(message)


def numbers(value: Any) -> Any:
    """A number or tensor as nested lists of exact texts."""
    if hasattr(value, "detach"):
        value = value.detach()
    if hasattr(value, "tolist"):
        value = value.tolist()
    return [numbers(item) for item in value] if isinstance(value, list) else float(value).hex()


def first_printed(program: ast.Module) -> Any:
    """The expression whose value the program prints first: its output."""
    for statement in program.body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            call = statement.value
            if isinstance(call.func, ast.Name) and call.func.id == "print":
                return compile(ast.Expression(call.args[1]), "value", "eval")
    message = "the program prints nothing"
    raise ValueError(message)


def run(text: str) -> dict[str, Any]:
    """The program's value, its gradients, what it prints; or the error it ends with."""
    printed = io.StringIO()
    names: dict[str, Any] = {"__name__": "__main__"}
    try:
        program = ast.parse(text)
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("error")
            exec(compile(program, "program", "exec"), names)  # noqa: S102
            value = eval(first_printed(program), names)  # noqa: S307
        held = names.get("gradients", {})
        gradients = {name: numbers(held[name]) for name in held if isinstance(name, str)}
        return {"value": numbers(value), "gradients": gradients, "printed": printed.getvalue()}
    except Exception:
        return {"error": traceback.format_exc()}
    finally:
        if "np" in names:
            names["np"].seterr(divide="warn", over="warn", under="ignore", invalid="warn")


if __name__ == "__main__":
    if sys.argv[1] == "numpy":
        sys.meta_path.insert(0, OnlyNumPy())
    json.dump([run(text) for text in json.load(sys.stdin)], sys.stdout)
