"""Strokes of letters, digits and signs -> a network that reads one letter, or one of both."""
