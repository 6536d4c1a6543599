"""What can go wrong, said in one sentence to the person who has to deal with it."""


class PictureError(ValueError):
    """A picture that cannot be read; the message states the fact, then the remedy."""


class ModelError(ValueError):
    """A model file that cannot be used; the message states the fact, then the remedy."""
