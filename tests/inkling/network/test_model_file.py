"""A model file that does not fit is refused in one sentence; one that fits is obeyed."""

import copy
import io
import json
import zipfile

import numpy as np
import pytest

from inkling import ModelError
from inkling.network.model import Network
from inkling.network.model_file import MAX_BYTES

DENSE = [{"op": "flatten"}, {"op": "dense", "kernel": "w", "bias": "b"}]


COSTS = ("run", "cut", "crossed", "join", "gap", "low", "tall", "broad", "scrap", "sunk", "raised")
WEIGHTS = ("sure", "lead", "counted", "cut", "uneven", "leaning")
NUMBERS = {
    "trust": 1.0,
    "reject_odds": 50,
    "digit_costs": {name: float(place) for place, name in enumerate(COSTS)},
    "reject_costs": dict.fromkeys(COSTS, -1.5),
    "acceptance": {"weights": dict.fromkeys(WEIGHTS, 0.5), "bias": -1, "threshold": 2.5},
}


def numbers(*path: str, **changes) -> dict:
    """The description with some of its learned numbers changed, or left out where None."""
    learned = copy.deepcopy(NUMBERS)
    entry = learned
    for key in path:
        entry = entry[key]
    entry |= changes
    for key in [key for key, value in entry.items() if value is None]:
        del entry[key]
    return described(numbers=learned)


def described(**changes) -> dict:
    """The description of the smallest network there can be: ten weighted sums of the pixels."""
    return {
        "format": 1,
        "labels": [str(digit) for digit in range(10)],
        "frame": {"side": 28, "box": 20},
        "temperature": 1.0,
        "threshold": 0.5,
        "numbers": NUMBERS,
        "layers": DENSE,
    } | changes


def model_file(description=None, **arrays) -> io.BytesIO:
    weights = {"w": np.zeros((784, 10), np.float32), "b": np.arange(10, dtype=np.float32)} | arrays
    buffer = io.BytesIO()
    text = np.array(json.dumps(description or described()))
    np.savez(buffer, architecture=text, **{k: v for k, v in weights.items() if v is not None})
    return buffer


def pooled(**changes) -> dict:
    return {"op": "max_pool2d", "size": [2, 2], "stride": [2, 2], "padding": "same"} | changes


def npz(entries: dict[str, bytes], packing=zipfile.ZIP_STORED) -> io.BytesIO:
    """A .npz of entries given as their bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for key, content in entries.items():
            archive.writestr(f"{key}.npy", content)
    return file


def as_npy(text: str) -> bytes:
    file = io.BytesIO()
    np.save(file, np.array(text))
    return file.getvalue()


def header(declared: str) -> bytes:
    """An .npy of no numbers whose header declares a shape (NumPy Enhancement Proposal 1)."""
    said = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {declared}, }}".encode()
    said += b" " * (-(len(said) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(said).to_bytes(2, "little") + said


def test_the_layers_are_applied_in_order():
    network = Network.load(model_file())
    assert np.array_equal(network.logits(np.zeros((3, 28, 28))), np.tile(np.arange(10), (3, 1)))


def test_the_learned_numbers_are_those_of_the_file():
    learned = Network.load(model_file()).numbers
    assert learned.digit_costs == tuple(range(11)) and learned.digit_costs.crossed == 2
    assert (learned.trust, learned.reject_odds, learned.reject_costs.gap) == (1, 50, -1.5)
    assert learned.acceptance == ((0.5,) * 6, -1, 2.5)


def test_the_temperature_softens_the_answer():
    blank = np.zeros((1, 28, 28))
    sharp = Network.load(model_file()).probabilities(blank)
    soft = Network.load(model_file(described(temperature=2.0))).probabilities(blank)
    exponentials = np.exp(np.arange(10) / 2)
    np.testing.assert_allclose(soft[0], exponentials / exponentials.sum(), rtol=1e-5)
    assert soft.max() < sharp.max()


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (lambda: model_file(described(format=2)), "has format 2, this program reads 1"),
        (lambda: model_file(b=None), "has 1 arrays, and 'b'"),
        (lambda: model_file(b=np.zeros((2, 5))), "'b' should hold finite numbers in 1 dimensions"),
        (lambda: model_file(b=np.full(10, np.nan)), "'b' should hold finite numbers"),
        (lambda: model_file(b=np.array(["a"] * 10)), "'b' should hold finite numbers"),
        (lambda: model_file(w=np.zeros((700, 10))), "layers do not fit together"),
        (lambda: model_file(described(labels=["0", "1"])), "has labels 0, 1, not the ten digits"),
        (
            lambda: model_file(described(labels=[*"0123456789", "none"])),
            "gives 10 values for 11 labels",
        ),
        (lambda: model_file(described(temperature=0)), "constants out of range"),
        (lambda: model_file(described(frame={"height": 28})), "does not describe a network"),
        (lambda: model_file(described(layers=[{"op": "attention"}])), "a layer 'attention'"),
        (lambda: model_file(described(layers=[{"op": "relu", "by": 2}])), "do not fit together"),
        (lambda: model_file(described(numbers=None)), "trust, reject_odds"),
        (lambda: model_file(numbers(trust=None)), "'trust' is missing"),
        (lambda: model_file(numbers(reject_odds=0)), "should be above 0"),
        (lambda: model_file(numbers(digit_costs=[1] * 11)), "run, cut, crossed"),
        (lambda: model_file(numbers("digit_costs", gap=float("nan"))), "'nan' should be a number"),
        (lambda: model_file(numbers("reject_costs", gap="4")), "'4' should be a number"),
        (lambda: model_file(numbers("reject_costs", dot=1)), "'dot' is missing or unknown"),
        (lambda: model_file(numbers("acceptance", bias=True)), "'True' should be a number"),
        (lambda: model_file(numbers("acceptance", bias=10**400)), "should be a number up to"),
        (lambda: model_file(numbers("acceptance", "weights", sure=None)), "'sure' is missing"),
        (lambda: model_file(["not", "a", "network"]), "does not describe a network"),
        (lambda: model_file(b=np.full(10, 1e300)), "'b' should hold finite numbers"),
        (lambda: model_file(described(frame={"side": 28, "box": 0})), "constants out of range"),
        (lambda: model_file(described(frame={"side": 28.5, "box": 20})), "constants out of range"),
        (lambda: model_file(described(layers=DENSE * 60)), "120 layers"),
        (lambda: model_file(described(layers=[pooled(size=[10**9, 2])])), "out of range"),
        (lambda: model_file(described(layers=[pooled(stride=[0, 1])])), "out of range"),
        (
            lambda: model_file(
                described(layers=[{"op": "conv2d", "kernel": "w", "bias": "b"}]),
                w=np.zeros((1, 1, 1, 100_000), np.float32),
            ),
            "conv2d is too large",
        ),
        (lambda: npz({"architecture": as_npy("[" * 9_000)}), "does not describe a network"),
        (lambda: npz({"../b": as_npy("x")}), "is damaged"),
        (lambda: npz({str(number): as_npy("x") for number in range(300)}), "300 entries"),
        (lambda: npz({"b": header("(9**9,)")}), "is damaged"),
        (lambda: npz({"b": header("(1000000000000,)")}), "is damaged"),
        (lambda: npz({"b": as_npy("x")}, zipfile.ZIP_LZMA), "is damaged"),
        (lambda: io.BytesIO(b""), "is damaged"),
        (lambda: io.BytesIO(b"PK\x05\x06 nothing"), "is damaged"),
        (lambda: model_file(w=np.array([{"pickled": 1}])), "is damaged"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_in_one_sentence(file, said):
    with pytest.raises(ModelError) as refused:
        Network.load(file())
    assert said in str(refused.value)
    assert "make export" in str(refused.value) and "\n" not in str(refused.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"digits\.npz is missing"):
        Network.load(tmp_path / "digits.npz")


def test_a_file_that_would_unpack_to_gigabytes_is_refused_unread():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("architecture.npy", b"\0" * (MAX_BYTES + 1))
    with pytest.raises(ModelError, match="unpacks to over"):
        Network.load(bomb)


def test_a_flipped_bit_anywhere_is_noticed_or_does_no_harm(trained_model):
    whole = trained_model.read_bytes()
    blank = np.zeros((1, 28, 28))
    expected = Network.load(io.BytesIO(whole)).probabilities(blank)
    for place in np.random.default_rng(0).integers(0, len(whole), 60):
        altered = bytearray(whole)
        altered[place] ^= 0x10
        try:
            answer = Network.load(io.BytesIO(bytes(altered))).probabilities(blank)
        except ModelError:
            continue
        assert np.array_equal(answer, expected), place
