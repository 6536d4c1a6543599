"""Fetch files of this site on demand; integrity.js checks them against the list of files."""

import js
from pyscript import js_import

CHECKS = "integrity.js"

_site = None


class SiteFileError(Exception):
    """A file did not arrive as it was published; `kind` is a key of messages.FAILURES."""

    def __init__(self, kind, **facts):
        super().__init__(kind)
        self.kind = kind
        self.facts = facts


async def fetch_file(name: str, form: str):
    """Return the content of a file of this site as "json", "text" or "arrayBuffer".

    Raises SiteFileError.
    """
    answer = await (await _load_site()).request(name)
    if hasattr(answer, "problem"):
        problem = answer.problem
        facts = {key: problem[key] for key in js.Object.keys(problem) if key != "kind"}
        raise SiteFileError(problem.kind, **facts)
    return await getattr(answer.response, form)()


async def _load_site():
    """Import integrity.js when it is first needed: boot.js has fetched and checked it by then."""
    global _site
    if _site is None:
        base = js.URL.new("./", js.document.baseURI).href
        try:
            await js_import(base + CHECKS)
        except Exception as error:  # a connection that is gone, or a damaged file
            js.console.info(str(error))
            raise SiteFileError("unreachable", file=CHECKS) from None
        _site = js.siteFiles(base)
    return _site
