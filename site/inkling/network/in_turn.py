"""Run several readings in turn, so that one forward pass serves all of them.

A reading in turn is a generator. It yields a Question and is sent the answer. In the page a forward
pass of sixteen glyphs takes little more than half as long as sixteen passes.
"""

from collections.abc import Generator, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np

Result = TypeVar("Result")


class Question(NamedTuple):
    """What a reading wants to know of a network."""

    network: Any  # its `probabilities` takes such inputs and gives an answer for each
    inputs: Sequence[np.ndarray] | np.ndarray  # glyphs, (N, side, side) float32, or line images


InTurn = Generator[Question, Any, Result]


def alone(reading: InTurn[Result]) -> Result:
    """Run one reading to its end. Raises what it raises."""
    return together([reading])[0]


def together(readings: Sequence[InTurn[Result]]) -> list[Result]:
    """Run readings to their ends, and return what they return, in order.

    What all of them ask of one network at a time is answered in one batch. Raises what the first
    one raises.
    """
    results: dict[int, Result] = {}
    sent: dict[int, Any] = dict.fromkeys(range(len(readings)))
    while sent:
        asked: dict[int, Question] = {}
        for place, answer in sent.items():
            try:
                asked[place] = readings[place].send(answer)
            except StopIteration as end:
                results[place] = end.value
        sent = _answers(asked)
    return [results[place] for place in range(len(readings))]


def _answers(asked: dict[int, Question]) -> dict[int, Any]:
    """Answer all questions, (place: answer), each network's in one batch."""
    networks = {id(question.network): question.network for question in asked.values()}
    answers = {}
    for key, network in networks.items():
        places = [place for place, question in asked.items() if id(question.network) == key]
        inputs = [asked[place].inputs for place in places]
        if len(places) == 1:
            answers[places[0]] = network.probabilities(inputs[0])
            continue
        if isinstance(inputs[0], np.ndarray):
            given = network.probabilities(np.concatenate(inputs))
        else:
            given = network.probabilities([one for some in inputs for one in some])
        stops = np.cumsum([len(some) for some in inputs]).tolist()
        for place, some, stop in zip(places, inputs, stops, strict=True):
            answers[place] = given[stop - len(some) : stop]
    return answers
