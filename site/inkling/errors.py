"""What can go wrong, said in one sentence to the person who has to deal with it."""


class PictureError(ValueError):
    """A picture that cannot be read; the message states the fact, then the remedy.

    sentence: the message before its facts were put in place of their {names}, as a translator
    needs it.
    """

    def __init__(self, sentence: str, **facts):
        super().__init__(sentence.format(**facts))
        self.sentence = sentence
        self.facts = facts


class ModelError(ValueError):
    """A model file that cannot be used; the message states the fact, then the remedy."""
