"""Handwriting -> a trained network, its learned numbers, and what both are worth.

In: MNIST and the folder of pen strokes. Out: digits.keras, history.json and numbers.json here, and
everything in site/model. `make train` runs train (with data/, synth/ and network/) and the fits of
numbers/. Then it runs export_model, and evaluate (with evaluation/ and report/). Other networks are
trained on the same glyphs by compare.
"""
