"""CSV text: read however it is written, and refused with the line that is wrong."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineError, InputError, LimitError
from engine.learning.datasets import read_csv, require_enough_rows

ROWS = [("0.5", "-1", "cat"), ("1", "0", "dog"), ("-1.5", "2", "cat"), ("0", "0.25", "dog")]
X = [[0.5, -1], [1, 0], [-1.5, 2], [0, 0.25]]


def written(separator: str, header: tuple[str, ...] = (), rows: list[tuple[str, ...]] = ROWS) -> str:
    lines = [separator.join(row) for row in ([header] if header else []) + rows]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("separator", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")])
@pytest.mark.parametrize("header", [(), ("x", "y", "label"), ("width", "height", "animal")])
def test_separators_and_headers(separator: str, name: str, header: tuple[str, ...]) -> None:
    found = read_csv(written(separator, header), scaled=False)
    np.testing.assert_array_equal(found.points.X, X)
    assert found.points.y.tolist() == [0, 1, 0, 1]
    assert (found.classes, found.separator) == (("cat", "dog"), name)
    assert (found.header, found.rows, found.blank_lines) == (bool(header), 4, 0)
    assert found.columns == (header or ("x", "y", "label"))


def test_columns_are_found_by_name_in_any_order() -> None:
    rows = [("a", "9", "2", "1"), ("b", "9", "4", "3")]
    found = read_csv(written(",", ("Label", "id", "Y", "X"), rows), scaled=False)
    np.testing.assert_array_equal(found.points.X, [[1, 2], [3, 4]])
    assert found.columns == ("X", "Y", "Label")


def test_a_decimal_comma_between_semicolons() -> None:
    found = read_csv("1,5;-0,25;0\n2;1,0;1\n", scaled=False)
    np.testing.assert_array_equal(found.points.X, [[1.5, -0.25], [2, 1]])


def test_numbers_become_classes_by_size_and_texts_by_appearance() -> None:
    assert read_csv("0,0,2\n0,0,10\n0,0,-1\n0,0,2.0\n").classes == ("-1", "2", "10")
    assert read_csv("0,0,1234567\n0,0,1234568\n0,0,-0\n0,0,0\n").classes == ("0", "1234567", "1234568")
    assert read_csv("0,0,2\n0,0,b\n0,0,a\n").classes == ("2", "b", "a")


def test_quotes_spaces_blank_lines_and_a_byte_order_mark() -> None:
    found = read_csv('\ufeff"x", "y", "label"\r\n 1 , 2 , "a, or b"\r\n\r\n3,4,c\r\n\r\n', scaled=False)
    np.testing.assert_array_equal(found.points.X, [[1, 2], [3, 4]])
    assert found.classes == ("a, or b", "c")
    assert (found.rows, found.blank_lines) == (2, 2)


def test_scaled_into_the_square_with_both_axes_alike() -> None:
    found = read_csv("100,10,a\n300,20,b\n200,60,a\n")
    assert (found.centre, found.scale) == ((200, 35), 100)
    np.testing.assert_allclose(found.points.X, [[-1, -0.25], [1, -0.15], [0, 0.25]], rtol=1e-6)
    assert read_csv("5,5,a\n5,5,b\n").scale == 1


@given(
    st.lists(
        st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.sampled_from("abc")), min_size=2, max_size=20
    )
)
def test_what_is_written_is_read(rows: list[tuple[float, float, str]]) -> None:
    rows[0] = (*rows[0][:2], "a")
    rows[1] = (*rows[1][:2], "b")
    text = "\n".join(f"{x!r},{y!r},{label}" for x, y, label in rows)
    found = read_csv(text, scaled=False)
    np.testing.assert_array_equal(found.points.X, np.float32([row[:2] for row in rows]))
    assert [found.classes[label] for label in found.points.y] == [row[2] for row in rows]


@given(st.text(alphabet='01.,;\t\n"-exNa \ufeff', max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(EngineError):
        found = read_csv(text)
        assert found.rows == len(found.points.y)
        assert np.abs(found.points.X).max() <= 1


WRONG = {
    "empty": ("", "no_points", "line 1: the text is empty"),
    "blank": (" \n\n", "no_points", "the text is empty"),
    "prose": ("hello world\n", "one_column", "line 1: there is only one column"),
    "a header alone": ("x,y,label\n", "no_points", "there is a header but no row"),
    "text for a number": ("x,y,label\n1,2,a\n1,two,b\n", "not_a_number", "line 3: `two` in column `y`"),
    "text in the first row": ("1,two,a\n1,2,b\n", "not_a_number", "line 1: `two` in column `y`"),
    "a gap": ("1,2,a\n1,,b\n", "empty_cell", "line 2: `y` is empty"),
    "a label left out": ("1,2,a\n1,2,\n", "empty_cell", "line 2: `label` is empty"),
    "NaN": ("1,2,a\n\n1,nan,b\n", "bad_coordinate", "line 3: `nan` in column `y`"),
    "infinity": ("1,1e999,a\n1,1,b\n", "bad_coordinate", "line 1: `1e999`"),
    "too far": ("1,2e6,a\n1,1,b\n", "bad_coordinate", "line 1: `2e6`"),
    "underscores": ("1_000,2,a\n1,1,b\n", "not_a_number", "line 1: `1_000`"),
    "one class": ("1,2,a\n3,4,a\n", "one_class", "every label is `a`"),
    "too few columns": ("1,2,a\n3,4\n", "unequal_columns", "line 2: there are 2 columns, but line 1 has 3"),
    "too many columns": ("1,2,a\n1,2,a,b\n", "unequal_columns", "line 2: there are 4 columns"),
    "a decimal comma between commas": ("1,2,a\n1,5,2,a\n", "unequal_columns", "line 2: there are 4 columns"),
    "no label": ("1,2\n3,4\n", "which_columns", "there are 2 columns, and it is not clear"),
    "columns without names": ("1,2,3,a\n4,5,6,b\n", "which_columns", "there are 4 columns"),
    "an open quote": ('1,2,a\n1,2,"b\n', "bad_csv", "line 2: "),
    "too many classes": (
        "".join(f"1,2,{k}.5\n" for k in range(12)),
        "too_many_classes",
        "line 11: `10.5` is the 11th different label in column `label`; at most 10",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_with_its_line(name: str) -> None:
    text, code, says = WRONG[name]
    with pytest.raises(EngineError) as caught:
        read_csv(text)
    assert caught.value.code == code
    assert says in caught.value.detail
    assert caught.value.hint


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_only_a_line_break_ends_a_line(ending: str, mark: str) -> None:
    text = f'x,y,label{ending}1,2,a{mark}a{ending}{ending}3,4,"b{ending}b"{ending}'
    found = read_csv(text)
    assert (found.rows, found.blank_lines, found.first_lines) == (2, 1, (2, 4))
    assert found.classes[0] == f"a{mark}a"
    assert found.classes[1].split() == ["b", "b"]
    with pytest.raises(EngineError) as caught:
        read_csv(f"{text}5,{mark}six,b{ending}")
    # stripped, as white space around a cell is
    assert "line 6: `six` in column `y`" in caught.value.detail


def test_what_cannot_be_seen_is_quoted_by_its_number() -> None:
    with pytest.raises(EngineError) as caught:
        read_csv("1,\x00\u202e7,a\n")
    assert caught.value.detail == "line 1: `U+0000U+202E7` in column `y` is not a number"


def test_a_label_of_too_few_rows_is_named_as_it_is_written_with_its_line() -> None:
    rows = "".join(f"{n},{n},{'ab'[n % 2]}\n" for n in range(8))
    require_enough_rows(read_csv(rows))
    with pytest.raises(InputError) as caught:
        require_enough_rows(read_csv(f"\n1,2,Etikett\n{rows}"))
    assert caught.value.detail.startswith("line 2: `Etikett` in column `label` is the label of 1 row")


def test_too_much_is_refused() -> None:
    with pytest.raises(LimitError) as rows:
        read_csv("1,2,3\n" * 100_000)
    assert (rows.value.limit, rows.value.actual) == ("samples", 100_000)
    with pytest.raises(LimitError) as characters:
        read_csv(f"{'0' * 2_000_000},1,a\n")
    assert characters.value.limit == "csv_characters"
