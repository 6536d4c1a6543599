"""Learn one person's hand: a network and a few of their labelled glyphs in, a network out."""
