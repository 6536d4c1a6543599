"""Makes Python start sooner in V8: its WebAssembly with every call by pointer in few places.

V8 compiles anew what has run often, and then bets that a call by pointer will go on leading where
it has led so far. While Python starts, it loses most of these bets: in Chromium 156 it compiled the
loop of Pyodide's interpreter four times, for 0.7 of 2.3 seconds of such compiling in a first visit,
and ran it slowly in between. Here a call by pointer calls a trampoline instead, a small function
that makes it, one for each signature. These have soon seen callees of all sorts, on which V8 does
not bet; it compiles the loop once, in 0.16 seconds, trampolines inlined. Nothing else is changed.
"""

from export import wasm


def with_trampolines(module: bytes) -> bytes:
    """A module, and what it does, with its calls by pointer in trampolines.

    They come after all other functions, whose numbers stay. Raises ValueError if the module is not
    of the kind that is known here.
    """
    found = wasm.sections(module)
    parts = dict(part for part in found if part[0])  # what is named 0 is no part of the program
    types = _types(parts[wasm.TYPES])
    functions, place = wasm.number(parts[wasm.FUNCTIONS], 0)
    first = _imported(parts[wasm.IMPORTS]) + functions
    ways: dict[int, int] = {}  # from a call's type to the trampoline for it
    bodies = [_rerouted(body, ways, first) for body in _bodies(parts[wasm.CODE])]
    own = range(len(types), len(types) + len(ways))  # their types: a pointer more
    parts[wasm.TYPES] = wasm.vector(types + [_pointed(types[called]) for called in ways])
    parts[wasm.FUNCTIONS] = wasm.encoded(functions + len(ways)) + parts[wasm.FUNCTIONS][place:]
    parts[wasm.FUNCTIONS] += b"".join(map(wasm.encoded, own))
    bodies += [_trampoline(called, types[called]) for called in ways]
    parts[wasm.CODE] = wasm.vector([wasm.sized(body) for body in bodies])
    return wasm.joined([(name, parts.get(name, its)) for name, its in found])


def _types(section: bytes) -> list[bytes]:
    """Every function's type, as it is written."""
    count, place = wasm.number(section, 0)
    found = []
    for _ in range(count):
        if section[place] != wasm.FUNCTION_TYPE:
            raise ValueError(f"The type {section[place]:#x} is not a function's.")
        start, place = place, place + 1
        for _ in ("parameters", "results"):
            length, place = wasm.number(section, place)
            place += length
        found.append(section[start:place])
    return found


def _parameters(signature: bytes) -> tuple[bytes, bytes]:
    """A function type's parameters, and its results with their count."""
    count, place = wasm.number(signature, 1)
    return signature[place : place + count], signature[place + count :]


def _pointed(signature: bytes) -> bytes:
    """The type of a function that takes a pointer after all that another one takes."""
    parameters, results = _parameters(signature)
    return bytes([wasm.FUNCTION_TYPE]) + wasm.sized(parameters + wasm.I32) + results


def _trampoline(called: int, signature: bytes) -> bytes:
    """The body of a function that passes on what it is given to where its last parameter points."""
    count = len(_parameters(signature)[0]) + 1
    given = [bytes([wasm.LOCAL_GET]) + wasm.encoded(place) for place in range(count)]
    call = bytes([wasm.CALL_INDIRECT]) + wasm.encoded(called) + wasm.encoded(0)
    return wasm.vector([]) + b"".join(given) + call + bytes([wasm.END])


def _imported(section: bytes) -> int:
    """How many functions a module imports: they are numbered before its own."""
    count, place = wasm.number(section, 0)
    functions = 0
    for _ in range(count):
        for _ in ("module", "name"):
            length, place = wasm.number(section, place)
            place += length
        kind, place = section[place], place + 1
        functions += kind == 0
        if kind in (1, 3):  # a table's elements, a global's type: a byte before what follows
            place += 1
        if kind in (1, 2):  # limits: whether there is an upper one, and each of them
            bounded, place = section[place] & 1, place + 1
            place = wasm.past(section, place)
            place = wasm.past(section, place) if bounded else place
        elif kind == 4:  # a tag: a byte, then its type
            place = wasm.past(section, place + 1)
        else:  # a function's type; whether a global may change
            place = wasm.past(section, place)
    return functions


def _bodies(section: bytes) -> list[bytes]:
    count, place = wasm.number(section, 0)
    found = []
    for _ in range(count):
        size, place = wasm.number(section, place)
        found.append(section[place : place + size])
        place += size
    return found


def _rerouted(body: bytes, ways: dict[int, int], first: int) -> bytes:
    """A function's body with trampolines called; what it is the first to need is put into ways."""
    groups, place = wasm.number(body, 0)
    for _ in range(groups):  # of local variables: how many, and a byte for their type
        place = wasm.past(body, place) + 1
    found, kept = [], 0
    for opcode, start, stop in wasm.instructions(body, place):
        if opcode == wasm.CALL_INDIRECT:
            called, rest = wasm.number(body, start + 1)
            if wasm.number(body, rest)[0]:
                raise ValueError("There is more than one table of functions.")
            trampoline = ways.setdefault(called, first + len(ways))
            found += [body[kept:start], bytes([wasm.CALL]), wasm.encoded(trampoline)]
            kept = stop
    return b"".join([*found, body[kept:]])
