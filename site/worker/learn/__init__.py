"""The worker's part in Inside, in Learn and in forms. In: the pad's session. Out: plain values."""
