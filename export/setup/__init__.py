"""A bare machine -> an environment in which everything else runs."""
