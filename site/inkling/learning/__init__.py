"""Labelled glyphs -> a small network, trained in plain numpy from random weights."""
