"""Serve site/ with Python's own http.server, if the port is free.

    python -m export.site.serve [PORT]

The list of files is written anew whenever it is asked for, so files may be edited meanwhile.
"""

import errno
import functools
import socket
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from export.site import precache
from export.site.precache import SITE


class Workshop(SimpleHTTPRequestHandler):
    """A static server whose list of files is written anew whenever it is asked for."""

    _writing = threading.Lock()  # a page asks for the list and for its checksum at once

    def send_head(self):
        if self.path.partition("?")[0].endswith((precache.LIST, precache.VERSION)):
            with self._writing:
                precache.write(Path(self.directory))
        return super().send_head()


def trouble_with(port: int) -> str | None:
    """Return why a server cannot listen on this port, and the remedy; None if it can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except (OSError, OverflowError) as error:
            taken = getattr(error, "errno", None) == errno.EADDRINUSE
            reason = "is taken by another program" if taken else f"cannot be used ({error})"
            return f"Port {port} {reason}. Choose another: `make serve PORT=8001`."
    return None


def main(arguments: list[str]) -> None:
    """Serve until interrupted, or end at once with the reason why not."""
    port = arguments[0] if arguments else "8000"
    if not port.isdigit():
        sys.exit(f"A port is a number, not {port!r}: `make serve PORT=8001`.")
    if trouble := trouble_with(int(port)):
        sys.exit(trouble)
    print(f"Inkling is at http://localhost:{port}/ (Ctrl-C ends it)", flush=True)
    handler = functools.partial(Workshop, directory=SITE)
    with ThreadingHTTPServer(("", int(port)), handler) as server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main(sys.argv[1:])
