"""Calls by pointer go by trampolines: the module does what it did, and is changed nowhere else."""

import base64
import json
import struct
import subprocess

import pytest

from export import wasm
from export.download import SourceError
from export.packages import ROOT, npm_package
from export.runtime import WASM, _starting_sooner
from export.trampolines import _bodies, with_trampolines
from export.trimming import node_command

I32, F64, FUNCTION = 0x7F, 0x7C, 0x60
ASKED = [("apply", 7, 5, 0), ("apply", 7, 5, 1), ("apply", 1, 1, 2), ("apply", 1, 1, 9)]
ASKED += [("constant", 2), ("constant", 0), ("many", 0), ("many", 17), ("many", 99)]
ANSWERS = [12, 2, "RuntimeError", "RuntimeError", 3.25, "RuntimeError", 5, 20, 4]

# In Node: what a module's exports answer, or the error that they end with, and what it imports.
PROGRAM = """
const [bytes, asked] = JSON.parse(process.argv[1]);
const heard = [];
const imports = { env: { hear: (value) => void heard.push(value) } };
WebAssembly.instantiate(Buffer.from(bytes, "base64"), imports).then(({ instance }) => {
  const ask = ([name, ...values]) => {
    try { return instance.exports[name](...values); } catch (error) { return error.name; }
  };
  console.log(JSON.stringify([asked.map(ask), heard]));
});
"""


def section(name: int, items: list[bytes]) -> tuple[int, bytes]:
    return name, wasm.vector(items)


def signature(parameters: list[int], results: list[int]) -> bytes:
    return bytes([FUNCTION]) + wasm.sized(bytes(parameters)) + wasm.sized(bytes(results))


def body(*code: int | bytes) -> bytes:
    """A function without local variables."""
    parts = [bytes([part]) if isinstance(part, int) else part for part in code]
    return wasm.sized(b"\0" + b"".join(parts) + b"\x0b")


def exported(name: str, number: int) -> bytes:
    return wasm.sized(name.encode()) + bytes([0, number])


@pytest.fixture
def module() -> bytes:
    """Functions that call others by pointer; wherever it can be, 0x11 is no such call."""
    get = [bytes([0x20, place]) for place in range(3)]
    padded = b"\x11\x80\x80\x00\x80\x00"  # a call of type 0 in table 0, as linkers leave it
    parts = [
        section(
            1,
            [
                signature([I32, I32], [I32]),
                signature([], [F64]),
                signature([I32, I32, I32], [I32]),
                signature([I32], [F64]),
                signature([I32], [I32]),
                signature([I32], []),
            ],
        ),
        section(2, [wasm.sized(b"env") + wasm.sized(b"hear") + bytes([0, 5])]),
        (3, bytes([6, 0, 0, 1, 2, 3, 4])),
        (4, bytes([1, 0x70, 0, 3])),
        section(7, [exported("apply", 4), exported("constant", 5), exported("many", 6)]),
        (9, bytes([1, 0, 0x41, 0, 0x0B, 3, 1, 2, 3])),  # the table: functions 1, 2, 3
        section(
            10,
            [
                body(get[0], get[1], 0x6A),
                body(get[0], get[1], 0x6B),
                body(0x44, struct.pack("<d", 3.25)),
                body(get[0], 0x10, 0, *get, padded),
                body(get[0], 0x11, 1, 0),
                # A number with 0x11 in it, and a jump to one of three places: 17 of them are told.
                body(
                    *(0x44, b"\x11\x11\0\0\0\0\0\x11", 0x1A, 0x43, b"\x11\0\0\x11", 0x1A),
                    *(0x41, 0x11, 0x1A, 0x02, 0x40, 0x02, 0x40, get[0], 0x0E, 1, 0, 1, 0x0B),
                    *(0x41, 2, 0x41, 3, 0x41, 0, 0x11, 0, 0, 0x0F, 0x0B),
                    *(get[0], 0x41, 0x11, 0x46, 0x04, 0x40),
                    *(0x41, 17, 0x41, 3, 0x41, 0, 0x11, 0, 0, 0x0F, 0x0B),
                    *(0x41, 6, 0x41, 2, 0x41, 1, 0x11, 0, 0),
                ),
            ],
        ),
        (0, wasm.sized(b"note") + b"\x11\x11"),
    ]
    return wasm.joined(parts)


def told(module: bytes) -> tuple[list, list]:
    given = json.dumps([base64.b64encode(module).decode(), ASKED])
    run = subprocess.run([*node_command(), "-e", PROGRAM, given], capture_output=True, text=True)
    assert not run.returncode, run.stderr
    return tuple(json.loads(run.stdout))


def bodies(module: bytes) -> list[bytes]:
    return _bodies(dict(wasm.sections(module))[wasm.CODE])


def calls(body: bytes, opcode: int) -> int:
    groups, place = wasm.number(body, 0)
    for _ in range(groups):
        place = wasm.past(body, place) + 1
    return sum(code == opcode for code, _, _ in wasm.instructions(body, place))


def test_a_module_does_what_it_did(module):
    before, after = told(module), told(with_trampolines(module))
    assert before == after == (ANSWERS, [7, 7, 1, 1])


def test_only_trampolines_call_by_pointer_one_for_each_signature(module):
    before, after = bodies(module), bodies(with_trampolines(module))
    assert [calls(body, wasm.CALL_INDIRECT) for body in before] == [0, 0, 0, 1, 1, 3]
    assert [calls(body, wasm.CALL_INDIRECT) for body in after] == [0] * 6 + [1, 1]
    assert [calls(body, wasm.CALL) for body in after] == [0, 0, 0, 2, 1, 3, 0, 0]


def test_what_holds_no_call_by_pointer_stays_as_it_is(module):
    before, after = wasm.sections(module), wasm.sections(with_trampolines(module))
    assert [name for name, _ in before] == [name for name, _ in after]
    changed = {one[0] for one, other in zip(before, after, strict=True) if one != other}
    assert changed == {wasm.TYPES, wasm.FUNCTIONS, wasm.CODE}
    assert bodies(with_trampolines(module))[:3] == bodies(module)[:3]


@pytest.mark.parametrize(
    ("package", "part"),
    [("pyodide", "pyodide"), ("@micropython/micropython-webassembly-pyscript", "micropython")],
)
def test_both_pythons_are_served_with_trampolines_and_are_valid(package, part):
    official = npm_package(package) / WASM[part]
    served = ROOT / "site" / "runtime" / part / WASM[part]
    assert served.read_bytes() == with_trampolines(official.read_bytes())
    program = "process.exit(+!WebAssembly.validate(require('fs').readFileSync(process.argv[1])))"
    assert subprocess.run([*node_command(), "-e", program, str(served)]).returncode == 0
    before, after = bodies(official.read_bytes()), bodies(served.read_bytes())
    counts = [calls(body, wasm.CALL_INDIRECT) for body in after]
    assert sum(counts[: len(before)]) == 0 and set(counts[len(before) :]) == {1}
    assert 10 < len(after) - len(before) < 60


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        (lambda module: b"MZ" + module, "no WebAssembly"),
        (lambda module: module.replace(b"\x6b\x0b", b"\xfd\x0b"), "opcode 0xfd"),
        (lambda module: module.replace(b"\x6b\x0b", b"\xfc\x63"), "opcode 0xfc 99"),
        (lambda module: module.replace(b"\x11\1\0", b"\x11\1\1"), "more than one table"),
        (lambda module: module.replace(b"\x60\0\1\x7c", b"\x5f\0\1\x7c"), "0x5f is not"),
    ],
)
def test_what_is_not_known_is_refused(module, spoilt, said):
    with pytest.raises(ValueError, match=said):
        with_trampolines(spoilt(module))


def test_a_python_that_is_not_known_is_named_with_a_remedy(tmp_path):
    (tmp_path / "other.wasm").write_bytes(b"MZ")
    with pytest.raises(SourceError) as refused:
        _starting_sooner(tmp_path / "other.wasm")
    said = str(refused.value)
    assert "other.wasm" in said and "no WebAssembly" in said and "package-lock.json" in said
