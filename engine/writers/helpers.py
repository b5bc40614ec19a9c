"""The helper functions a written program calls, taken from the engine's own source."""

import ast
import inspect
import re
from functools import cache
from textwrap import dedent

from engine.ops.functions import HELPERS


def helpers_in(text: str) -> list[str]:
    """The source of each helper that the text calls, and of those that they call in turn."""
    found: set[str] = set()
    waiting = [name for name in re.findall(r"(?<![\w.])([a-z_]+)\(", text) if name in HELPERS]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [called for called in HELPERS[name].__code__.co_names if called in HELPERS]
    return [source_of(name) for name in HELPERS if name in found]


def imports_of(definitions: list[str]) -> list[str]:
    """The imports that some definitions need, NumPy in any case."""
    text = "\n".join(definitions)
    standard = ["import math"] * ("math." in text) + ["from zlib import crc32"] * ("crc32(" in text)
    return [*standard, "", "import numpy as np"] if standard else ["import numpy as np"]


@cache
def source_of(name: str) -> str:
    """A helper as a lecturer would print it: without annotations, with one line about what it does."""
    function = HELPERS[name]
    source = dedent(inspect.getsource(function))
    definition = ast.parse(source).body[0]
    assert isinstance(definition, ast.FunctionDef)
    signature = inspect.signature(function)
    bare = [p.replace(annotation=inspect.Parameter.empty) for p in signature.parameters.values()]
    head = signature.replace(parameters=bare, return_annotation=inspect.Signature.empty)
    doc = (ast.get_docstring(definition) or "").partition("\n")[0]
    body = source.splitlines()[definition.body[1].lineno - 1 :]
    return "\n".join([f"def {name}{head}:", f'    """{doc}"""', *body])
