"""Names and numbers in LaTeX."""

import re
import unicodedata

import numpy as np

from engine.ops.op import Array, Shape
from engine.writers.values import glance

GREEK = frozenset(
    name
    for line in (
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon",
        "phi chi psi omega varsigma Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega",
    )
    for name in line.split()
)
LATIN_TWINS = {"omicron": "o"} | dict(
    pair.split("=")
    for pair in (
        *("Alpha=A", "Beta=B", "Epsilon=E", "Zeta=Z", "Eta=H", "Iota=I", "Kappa=K"),
        *("Mu=M", "Nu=N", "Omicron=O", "Rho=P", "Tau=T", "Chi=X"),
    )
)
"""Greek letters without a command of their own, for they look like Latin ones."""

SMALL = 6
"""Up to so many elements, a tensor is written out."""


def latex_name(text: str) -> str:
    """A name as mathematics: `w0` is w_{0}, `W_h` is W_{h}, `θ` a letter, `data_loss` upright text."""
    plain = unicodedata.normalize("NFKC", text)
    match = re.fullmatch(r"([^\W\d_]+)(?:_?(\d{1,9}))?", plain)
    if match is not None:
        return f"{_letters(match[1])}_{{{int(match[2])}}}" if match[2] else _letters(match[1])
    match = re.fullmatch(r"([^\W\d_]+)_([^\W\d_]+)(\d{0,9})", plain)
    if match is not None and (len(match[1]) == 1 or match[1] in GREEK):
        return f"{_letters(match[1])}_{{{_letters(match[2])}{match[3]}}}"
    return upright(text)


def upright(text: str) -> str:
    """Letters set upright, as a word."""
    command = "mathrm" if text.isascii() else "text"
    escaped = text.replace("_", r"\_")
    return f"\\{command}{{{escaped}}}"


def _letters(text: str) -> str:
    if text in GREEK:
        return f"\\{text}"
    symbols = [_greek_letter(character) for character in text]
    if any(symbols):
        return " ".join(symbol or character for symbol, character in zip(symbols, text, strict=True))
    return text if len(text) == 1 and text.isascii() else upright(text)


def _greek_letter(character: str) -> str | None:
    """The command for a Greek letter, None for any other."""
    match = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (FINAL SIGMA|\w+)", unicodedata.name(character, ""))
    if match is None:
        return None
    name = match[2].lower().replace("lamda", "lambda").replace("final sigma", "varsigma")
    name = name.capitalize() if match[1] == "CAPITAL" else name
    return LATIN_TWINS.get(name, f"\\{name}" if name in GREEK else None)


def latex_number(value: float) -> str:
    """A number with about four digits; infinity and NaN by their signs."""
    if not np.isfinite(value):
        return r"\mathrm{NaN}" if np.isnan(value) else rf"{'-' if value < 0 else ''}\infty"
    mantissa, _, exponent = glance(value).partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else mantissa


def latex_value(value: Array) -> str | None:
    """A number, or a small vector or matrix in brackets; None for what is too large to be written."""
    if value.ndim == 0:
        return latex_number(float(value))
    if value.ndim > 2 or value.size > SMALL:
        return None
    rows = [" & ".join(latex_number(float(item)) for item in row) for row in np.atleast_2d(value)]
    return r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}"


def equals(value: Array) -> str:
    """`= value`, or `≈ value` where it was rounded; a large tensor by its shape."""
    text = latex_value(value)
    if text is None:
        return rf"\in {space(value.shape)}"
    exact = all(not np.isfinite(item) or float(glance(item)) == item for item in map(float, value.ravel()))
    return f"= {text}" if exact else rf"\approx {text}"


def space(shape: Shape) -> str:
    """Where a tensor of that shape lives."""
    sizes = r" \times ".join(map(str, shape))
    return rf"\mathbb{{R}}^{{{sizes}}}"
