"""Glyph -> probabilities: the model file, the layers and the fast forward pass."""
