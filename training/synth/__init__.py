"""Pen strokes and MNIST digits -> training pictures: drawn, photographed, or not a digit at all.

In: samples {"label", "writer", "strokes"} or (28, 28) arrays, and a numpy Generator. Out: PIL
pictures, which training/data turns into glyphs. Everything here depends on the generator alone.
"""
