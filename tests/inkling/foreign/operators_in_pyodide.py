"""Run in Pyodide, in a folder with the package and with ONNX's cases: compare each.

test_operators.py writes the folder: numpy.whl, pillow.whl, inkling/ and cases.pickle, a list of
(name, model, inputs, wanted output).
"""

import pickle
import sys
import zipfile
from pathlib import Path

for wheel in ("numpy.whl", "pillow.whl"):  # their extensions cannot be loaded from an archive
    zipfile.ZipFile(wheel).extractall("/packages")
sys.path[:0] = ["/packages", "."]

import numpy as np  # noqa: E402

from inkling.foreign.limits import Budget  # noqa: E402
from inkling.foreign.onnx_messages import parse  # noqa: E402
from inkling.foreign.operators import OPERATORS  # noqa: E402

cases = pickle.loads(Path("cases.pickle").read_bytes())
failed = []
for name, content, inputs, wanted in cases:
    try:
        model = parse(content)
        (node,) = model.nodes
        found = OPERATORS[node.op](inputs, node.attributes, model.version, Budget())
        # No assertions: this Python leaves them out.
        same = found.shape == wanted.shape
        if not same or not np.allclose(found, wanted, rtol=1e-3, atol=1e-5, equal_nan=True):
            failed.append(f"{name}: another result")
    except Exception as error:
        failed.append(f"{name}: {error!r}"[:300])
told = [f"{len(cases)} on {sys.platform}", *failed]
Path("compared.txt").write_text("\n".join(told))
