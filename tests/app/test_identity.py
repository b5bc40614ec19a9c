"""What decides which bits a training comes to."""

from dataclasses import replace

import numpy as np

from app import VERSION
from app.identity import identity


def test_a_process_is_like_itself() -> None:
    found = identity()
    assert (found.version, found.numpy) == (VERSION, np.__version__)
    assert found.difference(replace(found)) is None


def test_the_first_difference_is_named() -> None:
    other = replace(identity(), numpy="1.0", bits="0")
    assert identity().difference(other) == "NumPy 1.0"
    assert "comes to bits 0" in (identity().difference(replace(identity(), bits="0")) or "")
