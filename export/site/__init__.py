"""Runtime packages and site/ -> packed, checked files for any static host."""
