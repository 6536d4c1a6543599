"""Another site, with the order form of docs/embed.html: it loads the number field from Inkling."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from support.handwriting import ROOT

FORM = ROOT / "docs" / "embed.html"


class Shop:
    """Serves the form on a port of its own. policy: its Content Security Policy, or None.

    orders: what was submitted to it, by the names of the fields.
    """

    def __init__(self, site: str, policy: str | None = None):
        page = FORM.read_text().replace("../site/", site).replace("<form>", '<form method="post">')
        self.orders = []
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                if policy:
                    self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(page.encode())

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                shop.orders.append({name: said[0] for name, said in parse_qs(body).items()})
                self.do_GET()

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True).start()

    def down(self) -> None:
        self._server.shutdown()
        self._server.server_close()
