"""Sets the stage of the benchmark: Inkling and its peers on one static server, side by side."""

import functools
import gzip
import importlib.util
import json
import shutil
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np

from export.setup.downloads import npm_package
from export.setup.machine import ROOT
from inkling.network.model import ARRAYS

HERE = Path(__file__).parent
SITE = ROOT / "site"
# What a usual static host packs on the way; archives are packed already.
PACKED = (".html", ".css", ".js", ".mjs", ".json", ".py", ".svg", ".wasm", ".onnx", ".bin")
LEVEL = 6  # of gzip: what hosts use
PEERS = {
    "onnxruntime-web": "onnxruntime-web",
    "tfjs": "@tensorflow/tfjs",
    "tfjs-backend-wasm": "@tensorflow/tfjs-backend-wasm",
}


class Host(SimpleHTTPRequestHandler):
    """A static host that packs with gzip, each file once."""

    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".mjs": "text/javascript"}
    packed: dict = {}  # noqa: RUF012 - shared by all requests on purpose

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        packs = path.suffix in PACKED
        if path not in self.packed:
            content = path.read_bytes()
            self.packed[path] = gzip.compress(content, LEVEL, mtime=0) if packs else content
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(self.packed[path])))
        self.send_header("Cache-Control", "max-age=600")  # as GitHub Pages says
        if packs:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        return self.wfile.write(self.packed[path])

    def log_message(self, *_):
        pass


def lay_out(folder: Path) -> None:
    """Copy Inkling, with a few questions more, and its peers to a folder: all one network."""
    shutil.copytree(SITE, folder / "inkling", ignore=shutil.ignore_patterns("__pycache__"))
    worker = folder / "inkling" / "worker" / "api.py"
    worker.write_text(worker.read_text() + (HERE / "worker_more.py").read_text())
    if importlib.util.find_spec("export.site.precache"):  # it checks every file that it loads
        from export.site import precache

        precache.write(folder / "inkling")
    peers = folder / "peers"
    peers.mkdir()
    for name, package in PEERS.items():
        shutil.copytree(npm_package(package, HERE), peers / name)
    for name in ("peer.html", "peer.js"):
        shutil.copy(HERE / name, peers)
    shutil.copy(SITE / "model" / "digits.onnx", peers)
    _write_layers(SITE / "model" / "digits.npz", peers)


def _write_layers(model: Path, folder: Path) -> None:
    """The network once more, for TensorFlow.js: a list of layers, and all numbers in one file."""
    entries = np.load(model)
    described = json.loads(str(entries["architecture"]))
    weights = bytearray()
    for layer in described["layers"]:
        for key in ARRAYS.get(layer["op"], {}):
            array = entries[layer[key]].astype(np.float32)
            layer[key] = {"start": len(weights), "shape": array.shape}
            weights += array.tobytes()
    (folder / "layers.json").write_text(json.dumps(described))
    (folder / "weights.bin").write_bytes(weights)


def serve(folder: Path) -> ThreadingHTTPServer:
    """A server of the folder on a free port, running."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
