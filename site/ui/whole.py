"""Files of this site that are asked for late: whole, or not at all.

What a start needs is checked by boot.js, what is kept by service-worker.js, in the same way.
"""

import js
from pyscript.ffi import to_js

LIST, VERSION = "precache.json", "version.js"
# A browser's memory may hold what another version had: then the host itself is asked.
MEMORY, HOST = "default", "reload"

_files = None


class NotWholeError(Exception):
    """A file did not arrive as it was published; `kind` is a key of words.FAILURES."""

    def __init__(self, kind, **facts):
        super().__init__(kind)
        self.kind = kind
        self.facts = facts


async def fetched(name: str, form: str):
    """The content of a file of this site as "json", "text" or "arrayBuffer"; or NotWholeError."""
    for cache in (MEMORY, HOST):
        try:
            files = await _listed(cache)
            response = await _asked(name, cache, getattr(files, name).integrity)
            return await getattr(response, form)()
        except NotWholeError:
            raise
        except Exception as error:  # another checksum, or the connection
            js.console.info(str(error))
    try:
        await _asked(name, HOST)
    except NotWholeError:
        raise
    except Exception:
        raise NotWholeError("unreachable", file=name) from None
    raise NotWholeError("damaged", file=name)


async def _listed(cache):
    """The files of this site with their checksums; the list is checked against its own."""
    global _files
    if _files is None or cache == HOST:
        told = str(await (await _asked(VERSION, cache)).text())
        listed = await (await _asked(LIST, cache, told.split('"')[1])).json()
        _files = listed.files
    return _files


async def _asked(name, cache, integrity=""):
    wanted = to_js({"cache": cache, "integrity": integrity})
    response = await js.fetch("./" + name, wanted)
    if not response.ok:
        raise NotWholeError("missing", file=name, status=response.status)
    return response
