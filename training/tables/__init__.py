"""Strokes -> pages of numbers in rows and columns, and how well their cells are found and read."""
