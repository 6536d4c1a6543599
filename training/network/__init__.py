"""Labelled glyphs -> a fitted Keras network, and its folded layers for the model file."""
