"""Sets of handwriting -> glyphs with labels, in a training and a validation split.

In: MNIST's files and the folder of pen strokes. Out: `Digits`, made by the code that the page runs.
"""
