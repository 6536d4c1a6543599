"""Start WebKitGTK on a virtual screen, again if it crashes."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.webkitgtk.service import Service
from urllib3.exceptions import HTTPError

SCRIPT_S = 240
START_S = 60  # a start takes one or two seconds
STARTS = 3
SIZE = (1280, 800)  # of the window, in pixels
# Render in software: there is no graphics card.
PAINTING = {"WEBKIT_DISABLE_DMABUF_RENDERER": "1", "LIBGL_ALWAYS_SOFTWARE": "1"}


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Start a virtual screen; yield the environment for programs that draw on it."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x1000x24"]
    server = subprocess.Popen([*command, "-nolisten", "tcp"], pass_fds=[writing], stderr=-3)
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            number = said.readline().strip()
        yield {**os.environ, **PAINTING, "DISPLAY": f":{number}"}
    finally:
        server.terminate()
        server.wait()


def session(driver: str, environment: dict[str, str], proxy: str) -> webdriver.WebKitGTK:
    """A browser under the WebKitWebDriver at this path; what it asks of other hosts goes to the
    proxy, "host:port". Raises WebDriverException."""
    options = webdriver.WebKitGTKOptions()
    proxies = {"httpProxy": proxy, "sslProxy": proxy, "noProxy": ["127.0.0.1"]}
    options.set_capability("proxy", {"proxyType": "manual"} | proxies)
    begun = _started(options, driver, environment)
    begun.set_script_timeout(SCRIPT_S)
    begun.set_window_size(*SIZE)
    return begun


def _started(options, driver, environment):
    """A session; the browser now and then dies while it starts, and its driver waits for ever."""
    for _ in range(STARTS):
        service = Service(driver, env=environment)
        patience = Timer(START_S, lambda service=service: service.process.kill())
        patience.start()
        try:
            return webdriver.WebKitGTK(options=options, service=service)
        except (WebDriverException, HTTPError) as error:
            problem = error
        finally:
            patience.cancel()
    raise problem
