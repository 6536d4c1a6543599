"""The part of the view Table in which a form is drawn, kept, saved, and used to read scans."""

import asyncio
import json

import js
from pyscript.ffi import to_js

from ui.browser import messages
from ui.browser.dom import find, on, set_text
from ui.browser.i18n import translate
from ui.browser.save_file import save_json
from ui.browser.scheduling import start
from ui.pages import form_fields
from ui.pages.documents import DocumentError
from ui.pages.form_editor import FormEditor
from ui.pages.pages import sentence_of
from ui.sources.files import row_for_file
from ui.worker.bridge import WorkerError

DRAFT = "form-draft"  # in the store: the template that was drawn last
PAUSE = 0.5  # seconds without a change after which the draft is kept
NO_TEMPLATE = "{name} is no template of a form; open one that was saved here."


class Forms:
    """Draw a template's fields on a page, and have further scans read by it.

    page_in_sight: returns the page that the view shows, or None. show: called with the first page
    of the scans.
    """

    def __init__(self, later, pages, page_in_sight, show):
        self._later = later
        self._pages = pages
        self._page_in_sight = page_in_sight
        self._show_page = show
        self._picture = ""  # the blank form as a data URL
        self._version = 0
        later.fill(find("form-part"), "form")
        self._editor = FormEditor()
        self._editor.changed.connect(self._on_changed)
        on(find("form-begin"), "click", lambda _: start(self._begin()))
        on(find("form-again"), "click", lambda _: start(self._go_on()))
        on(find("form-open"), "change", lambda event: start(self._open_file(event)))
        on(find("form-scans"), "change", lambda event: start(self._read_scans(event)))
        on(find("form-save"), "click", lambda _: self._save())
        on(find("form-close"), "click", lambda _: self._close())

    def refresh(self) -> None:
        """Show the list of fields in the present language."""
        self._editor.refresh()

    async def look_for_draft(self) -> None:
        """Offer to go on with the form that was drawn last, if it is kept."""
        find("form-again").hidden = await self._pages.store.blob(DRAFT) is None

    # ---- Opening and closing ----

    async def _begin(self):
        """Draw on the page in sight."""
        page = self._page_in_sight()
        if page is None:
            return
        self._say(translate("Opening the form."))
        try:
            encoded = js.Uint8Array.new(await (await self._pages.blob(page)).arrayBuffer())
            place = page["quarters"], page["part"]
            told = await self._later.call("read_forms", "blank_picture", encoded, *place)
        except (DocumentError, WorkerError) as failure:
            self._say(sentence_of(failure))
            return
        if hasattr(told, "error"):
            self._say(messages.refusal(told.error))
            return
        self._open(str(told.picture), (int(told.width), int(told.height)), [])

    async def _go_on(self):
        blob = await self._pages.store.blob(DRAFT)
        if blob is not None:
            await self._open_template("", str(await blob.text()))

    async def _open_file(self, event):
        file = event.target.files[0]
        event.target.value = ""  # so that the same file can be chosen again
        await self._open_template(str(file.name), str(await file.text()))

    async def _open_template(self, name, text):
        """Open a template, given as JSON, once the worker has checked it."""
        self._say(translate("Opening the form."))
        try:
            told = await self._later.call("read_forms", "check", text)
        except WorkerError as failure:
            self._say(messages.failure(failure.kind, failure.facts))
            return
        if hasattr(told, "error"):
            said = translate(NO_TEMPLATE, name=name) + " " if name else ""
            self._say(said + messages.refusal(told.error))
            return
        template = json.loads(text)
        size = int(told.width), int(told.height)
        self._open(template["blank"], size, form_fields.from_template(template))

    def _open(self, picture, size, fields):
        self._picture = picture
        self._say("")
        find("form-part").hidden = False
        find("table").classList.add("on-form")
        self._editor.show(picture, size, fields)
        find("form-title").tabIndex = -1
        find("form-title").focus()

    def _close(self):
        find("form-part").hidden = True
        find("table").classList.remove("on-form")
        self._say("")
        find("form-again").hidden = not self._editor.fields
        find("form-begin").focus()

    # ---- Its use ----

    def _on_changed(self):
        self._say("")
        self._version += 1
        start(self._keep(self._version))

    async def _keep(self, version):
        """Keep the draft for a reload, once nothing has changed for a while."""
        await asyncio.sleep(PAUSE)
        if version == self._version and form_fields.problem_of(self._editor.fields) is None:
            await self._pages.store.put(DRAFT, self._as_blob())

    def _as_blob(self):
        return js.Blob.new(to_js([json.dumps(self._template())]))

    def _template(self):
        return form_fields.to_template(self._picture, self._editor.fields)

    def _is_usable(self):
        """Return whether the fields are complete; name missing ones otherwise."""
        problem = form_fields.problem_of(self._editor.fields)
        if problem is not None:
            sentence, facts = problem
            self._say(translate(sentence, **facts))
        return problem is None

    def _save(self):
        if self._is_usable():
            save_json("inkling-form.json", self._template())

    async def _read_scans(self, event):
        rows = [row_for_file(file) for file in event.target.files]
        event.target.value = ""
        if not self._is_usable():
            return
        form = f"{js.Date.now():.0f}"
        names = [field["name"].strip() for field in self._editor.fields]
        await self._pages.keep_form(form, self._as_blob())
        self._close()
        first = None
        for row in rows:
            if row.problem is not None:
                self._say(row.problem())
                continue
            page = await self._pages.add_file(row.name, row.blob, form=form, names=names)
            first = first or page
        if first is not None:
            self._show_page(first)

    def _say(self, text):
        set_text(find("form-said"), text)
