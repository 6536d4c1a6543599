"""Record all requests to other hosts with a proxy that answers none of them."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Ear:
    """heard: the addresses that were asked for, in order; place: "host:port" of the proxy."""

    def __init__(self):
        self.heard = []

    def __enter__(self):
        ear = self

        class Listening(BaseHTTPRequestHandler):
            def _hear(self):
                ear.heard.append(self.path)
                self.send_error(502, "There is no other host here")

            def __getattr__(self, name):  # whatever the method is: do_GET, do_CONNECT ...
                if name.startswith("do_"):
                    return self._hear
                raise AttributeError(name)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Listening)
        self.place = f"127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
