"""How much a foreign network may ask for. Each operator says so before it computes.

A module of its own, though short: operators and graph share it.
"""

import math

from ..errors import ModelError

MAX_VALUES = 4_000_000  # of one array: over a hundred times what a digit network's layers give
MAX_TOTAL = 64_000_000  # values of all arrays of one pass: 256 MB
MAX_PATCHES = 16_000_000  # values of the windows that a convolution lays side by side
MAX_PRODUCTS = 400_000_000  # of one pass over one glyph: forty times the package's own network


class Budget:
    """The rest of the products and of the memory that a pass may take."""

    def __init__(self, products: int = MAX_PRODUCTS):
        self.products = products
        self.values = MAX_TOTAL

    def take(self, shape, products_each: int = 1) -> None:
        """Ask for an array of a shape, whose values take some products each.

        Raises ModelError.
        """
        values = math.prod(int(side) for side in shape)
        self.products -= values * products_each
        self.values -= values
        left = min(self.products, self.values)
        if values > MAX_VALUES or left < 0 or any(side < 0 for side in shape):
            raise ModelError("This network is far too large for digits; choose a smaller one.")

    def check_patches(self, shape, window: int) -> None:
        """Ask for all windows of a convolution, laid side by side. Raises ModelError."""
        if math.prod(int(side) for side in shape) * window > MAX_PATCHES:
            raise ModelError("This network is far too large for digits; choose a smaller one.")
