"""Serves site/ with Python's own http.server, after a look at whether the port is free.

python -m export.serve [PORT]
"""

import errno
import socket
import subprocess
import sys
from pathlib import Path

SITE = Path(__file__).resolve().parent.parent / "site"


def trouble_with(port: int) -> str | None:
    """Why a server cannot listen on this port, with the remedy; None if it can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except (OSError, OverflowError) as error:
            taken = getattr(error, "errno", None) == errno.EADDRINUSE
            reason = "is taken by another program" if taken else f"cannot be used ({error})"
            return f"Port {port} {reason}. Choose another: `make serve PORT=8001`."
    return None


def main(arguments: list[str]) -> int:
    """Serve until interrupted."""
    port = arguments[0] if arguments else "8000"
    if trouble := trouble_with(int(port)):
        print(trouble, file=sys.stderr)
        return 1
    print(f"Inkling is at http://localhost:{port}/ (Ctrl-C ends it)", flush=True)
    try:
        command = [sys.executable, "-m", "http.server", port, f"--directory={SITE}"]
        return subprocess.run(command).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
