"""Programs of a wanted number of gates and of several kinds, for what is measured in the browser.

Each begins with the same two lines, the second of which every other gate depends on: a digit typed at the
end of the first changes numbers alone, a minus typed before the last `x` of the second adds a gate.
"""

from collections.abc import Callable

HEAD = "x = 0.5\ny = tanh(x)\n"
"""One gate, one input."""


def chain(gates: int) -> str:
    """Gates one after another: as deep as it has gates."""
    lines = [f"v{i} = tanh(sigmoid(sin({f'v{i - 1}' if i else 'y'})))" for i in range((gates - 1) // 3)]
    return HEAD + "\n".join(lines)


def wide_sum(gates: int) -> str:
    """A sum of `y * sin(w)`: three gates a term, and one value that every term uses."""
    terms = range((gates - 1) // 3)
    inputs = "; ".join(f"w{i} = {0.1 + i / 100:.2f}" for i in terms)
    return f"{HEAD}{inputs}\nf = {' + '.join(f'y*sin(w{i})' for i in terms)}"


def recurrent(gates: int) -> str:
    """A recurrent cell unrolled: four gates a step, and two weights that every step uses."""
    steps = range(1, 1 + (gates - 1) // 4)
    inputs = "; ".join(f"x{t} = {(-1) ** t * (0.3 + t / 200):.2f}" for t in steps)
    cells = "\n".join(f"h{t} = tanh(w*{f'h{t - 1}' if t > 1 else 'y'} + u*x{t})" for t in steps)
    return f"{HEAD}w = 0.6; u = 0.9\n{inputs}\n{cells}"


def two_layers(gates: int) -> str:
    """A layer of tanh units on two features and a linear unit on top: seven gates a unit."""
    units = range((gates - 1) // 7)
    weights = "\n".join(
        f"a{i} = {0.2 + i / 50:.2f}; b{i} = {0.9 - i / 50:.2f}; c{i} = 0.1; d{i} = {(-1) ** i * 0.7}"
        for i in units
    )
    hidden = "\n".join(f"h{i} = tanh(a{i}*y + b{i}*z + c{i})" for i in units)
    return f"{HEAD}z = -0.4\n{weights}\n{hidden}\nf = {' + '.join(f'd{i}*h{i}' for i in units)}"


KINDS: dict[str, Callable[[int], str]] = {
    "chain": chain,
    "wide sum": wide_sum,
    "unrolled recurrent net": recurrent,
    "two-layer net, unit by unit": two_layers,
}
