"""Names in written code: the user's own where the target language allows them, made ones elsewhere."""

import builtins
import keyword
from collections.abc import Callable, Collection, Iterable
from unicodedata import normalize

from engine.graph.structure import Node
from engine.ops.functions import HELPERS

PYTHON = frozenset(keyword.kwlist) | frozenset(keyword.softkwlist) | {*dir(builtins), "__builtins__"}
NUMPY = PYTHON | frozenset(HELPERS) | {"np", "math", "crc32", "draws", "name", "gradient", "gradients"}
"""Words that a written NumPy program uses itself."""

MODULE_ATTRIBUTES = """
    T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double
    dump_patches eval extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half
    ipu load_state_dict modules mtia named_buffers named_children named_modules named_parameters parameters
    register_backward_hook register_buffer register_forward_hook register_forward_pre_hook
    register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook
    register_load_state_dict_pre_hook register_module register_parameter register_state_dict_post_hook
    register_state_dict_pre_hook requires_grad_ set_extra_state set_submodule share_memory state_dict to
    to_empty train training type xpu zero_grad
"""
"""What a torch.nn.Module calls its own."""

TORCH = (
    PYTHON
    | frozenset(MODULE_ATTRIBUTES.split())
    | {"torch", "nn", "F", "np", "crc32", "draws", "hinge_loss", "Net", "net", "self"}
    | {"name", "gradient", "gradients"}
)
"""Words that a written PyTorch program uses itself."""


class Namer:
    """Hands out names, each one once: `h`, then `h_2`; a word already in use gets a `_` at its end."""

    def __init__(self, reserved: Collection[str] = ()) -> None:
        self.reserved = reserved
        self.count: dict[str, int] = {}
        self.numbered: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """`wanted` itself if it is free, else the next free name that looks like it."""
        while wanted in self.reserved:
            wanted += "_"
        name, count = wanted, self.count.get(wanted, 0)
        while name in self.count:
            count += 1
            name = f"{wanted}_{count}"
        self.count[wanted] = max(count, 1)
        self.count.setdefault(name, 1)
        return name

    def number(self, letter: str) -> str:
        """The next free of t1, t2, ..."""
        number = self.numbered.get(letter, 0) + 1
        while f"{letter}{number}" in self.count:
            number += 1
        self.numbered[letter] = number
        return self.take(f"{letter}{number}")


def identifier(text: str) -> str:
    """A Python identifier that looks like the text: `x₀` becomes `x0`, `θ` stays.

    Python itself reads identifiers in the NFKC form, so two names that agree in it are one.
    """
    kept = "".join(c if f"a{c}".isidentifier() else "_" for c in normalize("NFKC", text))
    return kept if kept.isidentifier() else f"_{kept}"


def attribute(text: str) -> str:
    """An identifier that a module may call a parameter: `_w` is `p_w`.

    What begins with `_` may be the module's own, and what begins with two is another name inside a class.
    """
    name = identifier(text)
    return f"p{name}" if name.startswith("_") else name


def name_nodes(
    nodes: Iterable[Node], output: Node, namer: Namer, spelled: Callable[[str], str] = identifier
) -> dict[int, str]:
    """A name of its own for each node, by index.

    Users' names come first, then those that had to be changed, then t1, t2, ... for gates without
    a name and c1, c2, ... for constants. The output, where it has none, is `out`.
    """
    listed = list(nodes)
    names: dict[int, str] = {}
    named = [(node, node.name) for node in listed if node.name is not None]
    for node, name in sorted(named, key=lambda pair: spelled(pair[1]) != pair[1]):
        names[node.index] = namer.take(spelled(name))
    for node in listed:
        if node.index not in names:
            is_output = node.index == output.index
            names[node.index] = namer.take("out") if is_output else namer.number("t" if node.is_gate else "c")
    return names
