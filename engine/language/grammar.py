"""The grammar as tables: operators and how tightly they bind, words with a meaning of their own."""

INFIX = {
    "==": ("equal", 10, 10),
    "!=": ("not_equal", 10, 10),
    "<": ("less", 10, 10),
    "<=": ("less_equal", 10, 10),
    ">": ("greater", 10, 10),
    ">=": ("greater_equal", 10, 10),
    "+": ("add", 20, 21),
    "-": ("subtract", 20, 21),
    "*": ("multiply", 30, 31),
    "/": ("divide", 30, 31),
    "@": ("matmul", 30, 31),
    "**": ("power", 50, 50),
}
"""Operator: the function it applies, how tightly it binds to its left, and to its right."""

COMPARISON_POWER = 10
PREFIX_POWER = 40
"""Unary minus binds looser than a power and tighter than a product: `-x**2` is `-(x**2)`."""

MODULES = frozenset({"np", "numpy", "math", "torch"})
SUBMODULES = frozenset({"linalg", "nn", "functional"})
ALONG_AXIS = {"max": "amax", "min": "amin"}
"""NumPy's own other names, for calls in which a second number is an axis: `x.max(0)`, `np.max(x, 0)`."""

CONSTANTS = {"pi": 3.141592653589793}
LITERAL_WRAPPERS = frozenset({"array", "tensor"})
WITHOUT_MEANING = frozenset({"dtype", "requires_grad"})
"""What NumPy and PyTorch may be told of an array: here each is float64, and each input has a gradient."""
LARGEST_WHOLE = 2**53
"""Up to it, every whole number is a float."""
WORDS: dict[str, bool | None] = {"True": True, "False": False, "None": None}
