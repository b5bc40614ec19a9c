"""Whole programs in NumPy, short enough to be read at a glance, run a line at a time."""

from engine.learning.listings.program import Program, Statement
from engine.learning.listings.run import Run
from engine.learning.listings.table import LISTINGS, Listing, Setting

__all__ = ["LISTINGS", "Listing", "Program", "Run", "Setting", "Statement"]
