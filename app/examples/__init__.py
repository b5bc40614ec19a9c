"""The gallery: programs worth opening, each from a row of the lecture; the tests run every one."""

from typing import Final

from app.examples.chain_rule import CHAIN_RULE
from app.examples.code_and_shapes import CODE_AND_SHAPES
from app.examples.networks import NETWORKS
from app.schemas.catalogue import Example

EXAMPLES: Final[tuple[Example, ...]] = (*CHAIN_RULE, *CODE_AND_SHAPES, *NETWORKS)
