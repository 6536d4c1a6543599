"""Define the package's errors. Each message states the fact, then the remedy.

The module is short because it imports nothing: every other one may raise these.
"""

from typing import Any


class PictureError(ValueError):
    """A picture that cannot be read; the message states the fact, then the remedy.

    sentence: the message before its facts were put in place of their {names}, as a translator
    needs it.
    """

    def __init__(self, sentence: str, **facts: object) -> None:
        super().__init__(sentence.format(**facts))
        self.sentence = sentence
        self.facts = facts

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.sentence, self.facts)  # else pickle would fill its message in twice


def _again(sentence: str, facts: dict[str, object]) -> PictureError:
    return PictureError(sentence, **facts)


class TooDenseError(Exception):
    """More on a picture than the reader's budget allows; readings name it as their reason."""


class ModelError(ValueError):
    """A model file that cannot be used; the message states the fact, then the remedy.

    sentence: as for PictureError, where facts are given; else the message.
    """

    def __init__(self, sentence: str, **facts: object) -> None:
        super().__init__(sentence.format(**facts) if facts else sentence)
        self.sentence = sentence
        self.facts = facts

    def __reduce__(self) -> tuple[Any, ...]:
        return _model_error, (self.sentence, self.facts)  # as above


def _model_error(sentence: str, facts: dict[str, object]) -> ModelError:
    return ModelError(sentence, **facts)
