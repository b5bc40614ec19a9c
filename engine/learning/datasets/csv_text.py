"""Points read from CSV text, with a word on what is wrong and on which line; nothing is skipped."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from engine.errors import InputError, quoted
from engine.learning.datasets.own import FARTHEST, OwnPoints
from engine.learning.datasets.spec import FEWEST_PER_CLASS
from engine.limits import DEFAULT

COLUMNS = ("x", "y", "label")
SEPARATORS = {"\t": "tab", ";": "semicolon", ",": "comma"}
"""What may stand between columns; the first of these that is in the first line does."""

Row = tuple[int, list[str]]
"""The line a row begins on, counted from 1, and its cells."""


@dataclass(frozen=True, slots=True)
class CsvPoints:
    """The points of a CSV text and what was understood of it.

    `columns` are the names of those taken for x, y and the label; `classes` says how each label is
    written and `first_lines` on which line it is met first, counted from 1. A scaled point is
    (point - centre) / scale.
    """

    points: OwnPoints
    classes: tuple[str, ...]
    first_lines: tuple[int, ...]
    columns: tuple[str, str, str]
    separator: str
    header: bool
    rows: int
    blank_lines: int
    centre: tuple[float, float]
    scale: float


def read_csv(text: str, scaled: bool = True) -> CsvPoints:
    """Read rows of x, y and a label, separated by commas, semicolons or tabs, with a header or none.

    With a header, the columns named x, y and label are taken, in any case and order; otherwise
    there must be three, in this order. Between semicolons and tabs, 1,5 means 1.5. Labels that are
    all numbers become classes by size, others in order of appearance. `scaled` moves and shrinks
    or stretches the picture, both axes alike, until it fills the square [-1, 1]^2.

    Raises InputError naming the line and the column, LimitError for too many characters, rows or
    classes.
    """
    text = text.removeprefix("\ufeff")
    DEFAULT.check("csv_characters", len(text))
    # as editors count lines, unlike `splitlines`: a form feed or U+2028 within a label ends none
    lines = re.split("\r\n|\r|\n", text)
    separator = _separator(lines)
    rows, blank = _rows(lines, separator)
    first = rows[0][1]
    comma = separator != ","
    header = all(_number(cell, comma) is None for cell in first)
    places = _places(first, header)
    columns = tuple(first[place] if header else name for place, name in zip(places, COLUMNS, strict=True))
    body = rows[1:] if header else rows
    DEFAULT.check("samples", len(body))
    if not body:
        raise _wrong("no_points", rows[0][0], "there is a header but no row below it", "add rows of points")
    x, y, labels = (_column(body, place, name) for place, name in zip(places, columns, strict=True))
    points = [
        [_coordinate(cell, line, name, comma) for (line, _), cell in zip(body, cells, strict=True)]
        for cells, name in ((x, columns[0]), (y, columns[1]))
    ]
    label, classes = _classes(labels, [line for line, _ in body], columns[2], comma)
    centre, scale = _fit(points) if scaled else ((0.0, 0.0), 1.0)
    own = OwnPoints.of(
        [(value - centre[0]) / scale for value in points[0]],
        [(value - centre[1]) / scale for value in points[1]],
        label,
    )
    return CsvPoints(
        points=own,
        classes=classes,
        first_lines=tuple([body[label.index(number)][0] for number in range(len(classes))]),
        columns=(columns[0], columns[1], columns[2]),
        separator=SEPARATORS[separator],
        header=header,
        rows=len(body),
        blank_lines=blank,
        centre=centre,
        scale=scale,
    )


def _separator(lines: Sequence[str]) -> str:
    line, first = next(
        ((number, line) for number, line in enumerate(lines, start=1) if line.strip()), (1, "")
    )
    found = next((separator for separator in SEPARATORS if separator in first), None)
    if found is None:
        raise _wrong(
            "one_column" if first else "no_points",
            line,
            "there is only one column" if first else "the text is empty",
            "separate x, y and the label by commas, semicolons or tabs",
        )
    return found


def _rows(lines: Sequence[str], separator: str) -> tuple[list[Row], int]:
    """The rows that are not blank, each as wide as the first, and how many lines are blank."""
    # what ends with a line break has no further line; a cell in quotes keeps its own
    ended = [f"{line}\n" for line in (lines if lines[-1] else lines[:-1])]
    reader = csv.reader(ended, delimiter=separator, skipinitialspace=True, strict=True)
    rows: list[Row] = []
    blank, line = 0, 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if len(cells) <= 1 and not any(cells):
                blank += 1
            else:
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _wrong("bad_csv", line, str(error), "look at the quotes in this line") from error
    first_line, first = rows[0]
    for line, cells in rows:
        if len(cells) != len(first):
            raise _wrong(
                "unequal_columns",
                line,
                f"{_columns(len(cells))}, but line {first_line} has {len(first)}",
                "give every row the same columns, separated alike",
            )
    return rows, blank


def _places(first: Sequence[str], header: bool) -> list[int]:
    """Where x, y and the label stand in a row."""
    names = [cell.lower() for cell in first] if header else []
    if all(names.count(name) == 1 for name in COLUMNS):
        return [names.index(name) for name in COLUMNS]
    if len(first) == len(COLUMNS):
        return list(range(len(COLUMNS)))
    raise InputError(
        "which_columns",
        f"{_columns(len(first))}, and it is not clear which are x, y and the label",
        hint="name them x, y and label in the first line, or keep only these three, in this order",
        parameters={"columns": len(first)},
    )


def _column(rows: Sequence[Row], place: int, name: str) -> list[str]:
    for line, cells in rows:
        if not cells[place]:
            raise _wrong("empty_cell", line, f"{quoted(name)} is empty", "fill it in or delete the row")
    return [cells[place] for _, cells in rows]


def _coordinate(cell: str, line: int, name: str, comma: bool) -> float:
    value = _number(cell, comma)
    if value is None:
        raise _wrong(
            "not_a_number",
            line,
            f"{quoted(cell)} in column {quoted(name)} is not a number",
            "write a number such as 0.5",
        )
    if not abs(value) <= FARTHEST:
        raise _wrong(
            "bad_coordinate",
            line,
            f"{quoted(cell)} in column {quoted(name)} is not a number up to a million",
            "correct it or delete the row",
        )
    return value


def _classes(
    cells: Sequence[str], lines: Sequence[int], name: str, comma: bool
) -> tuple[list[int], tuple[str, ...]]:
    """The label of each row as a class, and how each class is written."""
    numbers = [_number(cell, comma) for cell in cells]
    numeric = all(number is not None and isfinite(number) for number in numbers)
    # 2 and 2.0 are the same class, and so are 0 and -0
    keys = [
        repr(n + 0.0).removesuffix(".0") if n is not None and numeric else c
        for n, c in zip(numbers, cells, strict=True)
    ]
    order: dict[str, int] = {}
    for line, key in zip(lines, keys, strict=True):
        if order.setdefault(key, len(order)) >= DEFAULT.classes:
            raise _wrong(
                "too_many_classes",
                line,
                f"{quoted(key)} is the {len(order)}th different label in column {quoted(name)}; "
                f"at most {DEFAULT.classes:g} are allowed",
                "make sure that this column holds the label, and not a measurement",
            )
    if len(order) < 2:
        raise InputError(
            "one_class",
            f"every label is {quoted(keys[0])}, so there is nothing to tell apart",
            hint="add rows of a second class",
            parameters={"classes": 1},
        )
    classes = sorted(order, key=float) if numeric else list(order)
    return [classes.index(key) for key in keys], tuple(classes)


def require_enough_rows(found: CsvPoints) -> None:
    """Raise InputError, with the line, unless every label has rows enough to be split."""
    for written, count, line in zip(found.classes, found.points.sizes, found.first_lines, strict=True):
        if count < FEWEST_PER_CLASS:
            raise _wrong(
                "too_few_points",
                line,
                f"{quoted(written)} in column {quoted(found.columns[2])} is the label of "
                f"{'1 row' if count == 1 else f'{count} rows'}: too few to train on some and hold some out",
                f"give every label {FEWEST_PER_CLASS} rows or more; is this line a header or a slip?",
            )


def _fit(points: Sequence[Sequence[float]]) -> tuple[tuple[float, float], float]:
    """The centre of the picture and half its longer side; 1 where all points are in one place."""
    (left, right), (bottom, top) = ((min(column), max(column)) for column in points)
    return ((left + right) / 2, (bottom + top) / 2), max(right - left, top - bottom) / 2 or 1.0


def _number(cell: str, comma: bool) -> float | None:
    """The number a cell stands for, None where it is text."""
    text = cell.replace(",", ".") if comma and cell.count(",") == 1 and "." not in cell else cell
    try:
        # Python takes 1_000 for a number; in a table it is a slip
        return None if "_" in text else float(text)
    except ValueError:
        return None


def _columns(count: int) -> str:
    return "there is 1 column" if count == 1 else f"there are {count} columns"


def _wrong(code: str, line: int, detail: str, hint: str) -> InputError:
    return InputError(code, f"line {line:,}: {detail}", hint=hint, parameters={"line": line})
