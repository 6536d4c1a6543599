"""Ink -> text: lines of characters, where they are cut, and whether they make a number."""
