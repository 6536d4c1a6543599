"""Static hosts of many kinds, with a copy of the site that a test may alter."""

import functools
import shutil
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from export.site import precache

PATH = "/sub/app/"  # as on GitHub Pages: nothing may rely on being at the root


class Host:
    """Serves a folder under PATH on one port; it may go down and come up again.

    types: Content-Type by file name suffix; headers: sent with every file; to: where PATH itself
    is redirected to; `asked`: the paths that were asked for, in order.
    """

    def __init__(self, folder: Path, types=None, headers=None, to=""):
        self.folder = folder
        self.types = types or {}
        self.headers = headers or {}
        self.to = to
        self.asked = []
        self._port = 0
        self.up()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}{PATH}"

    def up(self) -> None:
        handler = functools.partial(_Handler, host=self, directory=self.folder)
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), handler)
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True).start()

    def down(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    # ---- What the owner of the site does ----

    def publish(self, changed: dict[str, bytes]) -> None:
        """Put files in place of those of the same name, then the list that goes with them."""
        for name, content in changed.items():
            (self.folder / name).write_bytes(content)
        precache.write(self.folder)


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *arguments, host, **options):
        self._host = host
        super().__init__(*arguments, **options)

    def translate_path(self, path):
        return super().translate_path(path.removeprefix(PATH.rstrip("/")))

    def send_head(self):
        if not self.path.startswith(PATH):
            return self.send_error(404)
        self._host.asked.append(self.path.removeprefix(PATH))
        if self.path == PATH and self._host.to:
            self.send_response(302)
            self.send_header("Location", PATH + self._host.to)
            return self.end_headers()
        return super().send_head()

    def guess_type(self, path):
        return self._host.types.get(Path(path).suffix) or super().guess_type(path)

    def end_headers(self):
        for name, value in self._host.headers.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_):
        pass


def copy_of(site: Path, folder: Path) -> Path:
    """The site as `make site` leaves it, in a folder of its own."""
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("__pycache__"))
    precache.write(folder)
    return folder
