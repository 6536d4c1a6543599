"""Handwriting -> a trained network, its learned numbers, and what both are worth.

In: MNIST and the folder of pen strokes. Out: digits.keras, history.json and numbers.json here, and
everything in site/model. `make train` runs in turn: train (with data/, synth/ and network/), the
fits of numbers/, export_model, and evaluate (with evaluation/ and report/). compare trains other
networks on the same glyphs.
"""
