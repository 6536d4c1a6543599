"""Ink -> letters: one letter, or a code of letters and digits. The letter network's own reader."""
