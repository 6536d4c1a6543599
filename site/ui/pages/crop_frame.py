"""Choose the part of a picture to read: a frame over the pad, and a turn by degrees."""

import math

from ui.browser.dom import find, make, on
from ui.browser.i18n import format_number, translate
from ui.browser.scheduling import start
from ui.pages.corner_handles import CornerHandles
from ui.pages.crop_geometry import (
    WHOLE,
    corners_of,
    corners_turned,
    enclosing,
    is_whole,
    moved,
    turned_quarter,
)
from ui.pages.handle_moves import HandleMoves

MARGIN = 14  # CSS pixels beside the picture: the handles need room
HANDLES = (
    ("", "Frame"),
    ("n", "Upper edge"),
    ("e", "Right edge"),
    ("s", "Lower edge"),
    ("w", "Left edge"),
    ("nw", "Upper left corner"),
    ("ne", "Upper right corner"),
    ("se", "Lower right corner"),
    ("sw", "Lower left corner"),
)
MAX_DEGREES = 45


class CropFrame:
    """The frame, while it is open; `read` is called with the picture cut to the part."""

    def __init__(self, picture, read):
        self._picture = picture
        self._read = read
        self._canvas, self._canvas_quarters = picture.whole or (picture.canvas, picture.quarters)
        self._quarters = picture.quarters
        self._corners = None  # the handles of a page's corners, in place of the frame
        has_corners = len(picture.part) == 8
        framed = [] if has_corners else picture.part
        self._degrees = framed[0] if framed else 0
        self._frame = list(framed[1:] or WHOLE)
        self._make()
        if has_corners:
            self._use_corners([picture.part[place : place + 2] for place in (0, 2, 4, 6)])
        self.refresh()
        if not has_corners:
            self._handles[""].focus()

    @property
    def is_open(self) -> bool:
        """Whether the frame is still shown."""
        return self._over.isConnected

    @property
    def picture(self):
        """The picture on the pad that the frame was opened for."""
        return self._picture

    def close(self) -> None:
        """Take the frame away; the picture stays as it was."""
        self._over.remove()
        self._tools.remove()
        find("pad").closest(".write").classList.remove("cropping")

    def refresh(self) -> None:
        """Draw picture and frame at the present size, and name everything anew."""
        area = find("pad").getBoundingClientRect()
        width, height = self._size()
        across, down = enclosing(width, height, self._degrees)
        room = area.width - 2 * MARGIN, area.height - 2 * MARGIN
        scale = min(room[0] / across, room[1] / down)
        self._place = (
            (area.width - across * scale) / 2,
            (area.height - down * scale) / 2,
            across * scale,
            down * scale,
        )
        self._draw(area, scale)
        self._show_frame()
        self._degrees_said.textContent = translate(
            "{degrees} degrees", degrees=format_number(self._degrees, 1)
        )

    # ---- The frame on the screen ----

    def _make(self):
        sheet = find("pad").parentElement
        sheet.closest(".write").classList.add("cropping")
        self._over = make("div", parent=sheet, class_="crop", role="group")
        self._over.setAttribute("aria-label", translate("Part that is read"))
        self._shown = make("canvas", parent=self._over, aria_hidden="true")
        self._handles = {}
        for edges, name in HANDLES:
            handle = make("button", parent=self._over, type="button", data_edges=edges)
            handle.className = "handle" if edges else "crop-frame"
            handle.setAttribute("aria-label", translate(name))
            handle.setAttribute("aria-describedby", "crop-keys")
            self._handles[edges] = handle
        self._moves = HandleMoves(self._over, "data-edges", self._move)
        on(self._over, "keydown", self._on_key)
        self._make_tools(sheet)

    def _make_tools(self, sheet):
        self._tools = make("div", class_="crop-tools")
        sheet.after(self._tools)
        keys = translate("Arrow keys move it, Shift makes small steps, Enter reads the part.")
        make("p", keys, self._tools, id="crop-keys", class_="unseen")
        label = make("label", parent=self._tools)
        make("span", translate("Turn"), label)
        limits = {"min": -MAX_DEGREES, "max": MAX_DEGREES, "step": 0.5}
        self._slider = make("input", parent=label, type="range", id="crop-degrees", **limits)
        self._slider.value = self._degrees
        self._degrees_said = make("output", parent=label)
        on(self._slider, "input", self._on_turn)
        buttons = make("p", parent=self._tools, class_="take")
        self._add_button(buttons, "crop-read", "Read only this part", self._finish)
        self._add_button(buttons, "crop-corners", "Corners of a page", self._choose_corners)
        self._add_button(buttons, "crop-quarter", "Turn by a quarter", self._turn_quarter)
        self._add_button(buttons, "crop-whole", "Whole picture", self._choose_whole)
        self._add_button(buttons, "crop-cancel", "Cancel", self._cancel)
        self._tools.querySelector("#crop-read").classList.add("primary")
        on(self._tools, "keydown", lambda event: event.key == "Escape" and self._cancel())

    def _add_button(self, parent, name, text, action):
        button = make("button", translate(text), parent, type="button", id=name)
        on(button, "click", lambda _: action())

    def _size(self):
        """Return the size of the preview after its quarters."""
        width, height = self._canvas.width, self._canvas.height
        return (height, width) if (self._quarters - self._canvas_quarters) % 2 else (width, height)

    def _draw(self, area, scale):
        density = 2  # pixels to a CSS pixel: enough to see a stroke
        self._shown.width = round(area.width * density)
        self._shown.height = round(area.height * density)
        context = self._shown.getContext("2d")
        context.setTransform(density, 0, 0, density, 0, 0)
        context.translate(area.width / 2, area.height / 2)
        quarters = self._quarters - self._canvas_quarters
        context.rotate(math.radians(self._degrees + 90 * quarters))
        context.scale(scale, scale)
        context.drawImage(self._canvas, -self._canvas.width / 2, -self._canvas.height / 2)

    def _show_frame(self):
        if self._corners is not None:
            self._corners.show(self._place)
        left, top, width, height = self._place
        self._moves.size = width, height
        x0, y0, x1, y1 = self._frame
        x0, x1 = left + x0 * width, left + x1 * width
        y0, y1 = top + y0 * height, top + y1 * height
        style = self._handles[""].style
        style.left, style.top = f"{x0}px", f"{y0}px"
        style.width, style.height = f"{x1 - x0}px", f"{y1 - y0}px"
        for edges, _ in HANDLES[1:]:
            x = x0 if "w" in edges else x1 if "e" in edges else (x0 + x1) / 2
            y = y0 if "n" in edges else y1 if "s" in edges else (y0 + y1) / 2
            self._handles[edges].style.left = f"{x}px"
            self._handles[edges].style.top = f"{y}px"

    # ---- What a person does ----

    def _move(self, edges, right, down):
        self._frame = moved(self._frame, edges, right, down)
        self._show_frame()

    def _on_key(self, event):
        if event.key == "Escape":
            self._cancel()
        elif event.key == "Enter":
            self._finish()
        else:
            return
        event.preventDefault()

    def _on_turn(self, _):
        self._degrees = float(self._slider.value)
        self.refresh()

    def _turn_quarter(self):
        self._quarters = (self._quarters + 1) % 4
        self._frame = turned_quarter(self._frame)
        if self._corners is not None:
            self._corners.corners = corners_turned(self._corners.corners)
        self.refresh()

    def _choose_corners(self):
        """Have the four corners of a page chosen, beginning with those of the frame."""
        if self._corners is None:
            self._degrees = self._slider.value = 0
            self._use_corners(corners_of(self._frame))
            self.refresh()
        self._corners.focus()

    def _use_corners(self, corners):
        self._over.classList.add("by-corners")
        self._slider.disabled = True
        self._corners = CornerHandles(self._over, corners)
        self._corners.focus()

    def _choose_whole(self):
        if self._corners is not None:
            self._corners.remove()
            self._corners = None
            self._over.classList.remove("by-corners")
            self._slider.disabled = False
        self._degrees, self._frame = 0, list(WHOLE)
        self._slider.value = 0
        self.refresh()

    def _cancel(self):
        self.close()
        find("pad").focus()

    def _finish(self):
        whole = is_whole(self._frame, self._degrees)
        part = [] if whole else [self._degrees] + self._frame
        if self._corners is not None:
            part = [share for corner in self._corners.corners for share in corner]
        self._cancel()
        start(self._read(self._picture.cut(part, self._quarters)))
