"""Glyph -> reasons: the steps from picture to answer, and the ink that the answer rests on."""
