"""Strokes of digits and signs -> a network that reads whole lines (A. Graves et al., ICML 2006)."""
