"""Picture -> glyph: bytes to lightness, ink, connected components and the network's frame."""
