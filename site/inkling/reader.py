"""The public interface: a picture in, a digit, a number or a letter out."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from .errors import ModelError, PictureError, TooDenseError
from .image.canvas import light_of
from .image.ink import ink_map, inner_ink, is_crop
from .ink_reader import SECOND_DIGIT, SECOND_INSTEAD, SECOND_NUMBER, InkReader, Progress, scale_of
from .network.letter_labels import LABELS as LETTER_LABELS
from .network.model import Network
from .network.model_file import weights
from .numbers.left_out import beside, without_cut_marks
from .numbers.line_network import LineNetwork
from .results import (
    NO_INK,
    TOO_DENSE,
    Digit,
    FormReading,
    Letter,
    Reading,
    Table,
)

if TYPE_CHECKING:  # the page's first answer does not need it
    from .image.pixels import HasArray, PictureLike
    from .letters.letter_reader import LetterReader
    from .tables.expected import Expected
    from .tables.form_template import Form
    from .tables.read_form import Blank
    from .teaching.prototypes import Prototypes

LINES_FILE = "lines.npz"  # beside the digit network's file


class Reader(InkReader):
    """Reads pictures: single digits with one network, lines of digits and signs with another.

    Letters take a third. A reader loaded from letters.npz has that one alone.
    """

    def __init__(
        self,
        network: Network,
        lines: LineNetwork | None = None,
        letters: "LetterReader | None" = None,
    ) -> None:
        super().__init__(network, lines)
        self.letters = letters

    @classmethod
    def load(cls, path: str | os.PathLike[str] | BinaryIO | None = None) -> "Reader":
        """Load a reader from an .npz, given as a path or a binary file.

        Without a path it has the weights that come with the package. The line network is taken from
        lines.npz in the same folder, if it is there. Given letters.npz, it reads letters, and
        `read` reads codes of letters and digits. Raises ModelError.
        """
        path = weights() if path is None else path
        network, lines = Network.load(path), None
        if network.labels == LETTER_LABELS:
            from .letters.letter_network import (
                LetterNetwork,  # not needed for the page's first answer
            )
            from .letters.letter_reader import LetterReader

            return cls(network, letters=LetterReader(LetterNetwork(network)))
        if isinstance(path, (str, os.PathLike)):
            beside = Path(path).with_name(LINES_FILE)
            lines = LineNetwork.load(beside) if beside.exists() else None
        return cls(network, lines)

    def __repr__(self) -> str:
        return f"Reader({len(self.network.labels)} labels)"

    @property
    def reads_letters(self) -> bool:
        """Whether it was loaded from a letter network: then it reads no digits."""
        return self.network.labels == LETTER_LABELS

    def read_letter(self, image: "PictureLike") -> Letter:
        """Read a picture, as for `read_digit`, that holds one letter. Raises ModelError, too."""
        if self.letters is None:
            raise ModelError("This reader knows digits only; load letters.npz to read letters.")
        return self.letters.read(image)

    def read_digit(self, image: "PictureLike", dark_ink: bool | None = None) -> Digit:
        """Read a picture that holds one digit.

        image: a path, encoded bytes (PNG, JPEG, WebP, BMP, GIF), a binary file, a PIL image or an
        array. An array has real numbers, (H, W) or (H, W, 1 | 3 | 4), with straight alpha. Its type
        decides the range of its values: bool; uint16 0 .. 65535; other integers 0 .. 255; floats 0
        .. 1. dark_ink: whether the ink is darker than its paper; None decides it from the picture.
        Raises PictureError; TypeError for other types; OSError for a file that cannot be read.
        """
        self._check_digits()
        light, size = light_of(image)
        return self._digit_and_ink(light, scale_of(size, light), dark_ink)[0]

    def ink_of_one(self, light: np.ndarray, dark_ink: bool | None = None) -> np.ndarray:
        """Return the ink map, (H, W) float32, that `read_digit` takes the digit from.

        light: (H, W) float32, 0 black .. 1 white, at working size.
        """
        return self._digit_and_ink(light, np.ones(4), dark_ink)[1]

    def _digit_and_ink(
        self, light: np.ndarray, scale: np.ndarray, dark_ink: bool | None
    ) -> tuple[Digit, np.ndarray]:
        """Read one digit; a refused crop from a form gets a second look, without its rim."""
        ink = ink_map(light, dark_ink)
        digit = self._digit_in(ink, scale)
        inner = inner_ink(light, dark_ink) if digit.label is None else None
        if inner is None:
            return digit, ink
        second = self._digit_in(inner, scale)
        is_sure = second.label is not None and second.confidence >= SECOND_DIGIT
        return (second, inner) if is_sure else (digit, ink)

    def _digit_in(self, ink: np.ndarray, scale: np.ndarray) -> Digit:
        try:
            part = self.digit_part(ink)
            if part is None:
                return self.blank(NO_INK)
            return beside(self._read_parts([part], scale)[0], ink, part, scale)
        except TooDenseError:
            return self.blank(TOO_DENSE)

    def read(
        self, image: "PictureLike", table: bool = False, dark_ink: bool | None = None
    ) -> Reading:
        """Find the digits and signs in a picture and read them, line by line. Raises PictureError.

        A sign, such as a minus or a decimal mark, is a Digit without label; its `character` is the
        sign. In a number the likeliest digit is given, however unsure: its confidence says so. A
        picture that holds a single digit is read as `read_digit` reads it. Work and memory are
        bounded: a picture beyond the bounds has the reason TOO_DENSE. table: read it by rows and
        columns, too, as `read_table` does: the reading's `table` has what can be read. dark_ink: as
        for `read_digit`.
        """
        if table:
            from .image.pixels import as_picture  # not needed for the page's first answer

            image = as_picture(image)  # an open file can be read only once
            return replace(self.read(image, dark_ink=dark_ink), table=self.read_table(image))
        if self.letters and self.reads_letters:
            return self.letters.read_code(image)
        light, size = light_of(image)
        scale = scale_of(size, light)
        reading = self._surer_reading(light, scale, dark_ink)
        cut = without_cut_marks(reading, light.shape[1] * scale[0])
        return cut if cut is not reading and is_crop(light, dark_ink) else reading

    def _surer_reading(
        self, light: np.ndarray, scale: np.ndarray, dark_ink: bool | None
    ) -> Reading:
        """Read a picture; a crop from a form gets a second look where ink was left out."""
        reading = self._reading_in(light, ink_map(light, dark_ink), scale)
        whole = reading.text and not reading.left_out
        inner = None if whole else inner_ink(light, dark_ink)
        if inner is None:
            return reading
        second = self._reading_in(light, inner, scale)
        least = SECOND_INSTEAD if reading.text else SECOND_NUMBER
        return second if second.text and second.confidence >= least else reading

    def _reading_in(self, light: np.ndarray, ink: np.ndarray, scale: np.ndarray) -> Reading:
        try:
            return self._read_ink(light, ink, scale)
        except TooDenseError:
            return Reading([], light, ink, 0.0, TOO_DENSE)

    def read_table(
        self,
        image: "PictureLike",
        expected: "Expected | Sequence[Expected | None] | None" = None,
        corners: Sequence[tuple[float, float]] | None = None,
        progress: Progress | None = None,
    ) -> Table:
        """Read a page as a table: each cell by itself, in its row and column.

        expected: a `tables.expected.Expected` for all cells, or one for each column. A text that
        does not fit stays, and its cell has a problem. corners: None, or (x, y) of the page's
        corners in pixels of the upright picture, clockwise from the top left. progress: called
        every few cells with two numbers, of cells that are read and of all that hold ink. Raises
        PictureError, TypeError and OSError as `read_digit` does.
        """
        from .tables.read_table import (
            read_table,  # here, as the page's first answer does not need it
        )

        read_inks = partial(self._read_inks, progress=progress)
        return read_table(image, read_inks, expected, corners)

    def read_form(self, image: "PictureLike", form: "Form | Blank") -> FormReading:
        """Read the fields of a filled-in form, each by itself.

        form: a template, `tables.form_template.load_form(path)`. For many scans it saves time to
        give `tables.read_form.prepared(form)`. The scan is laid over the blank form by its
        printed marks. What does not fit a field's kind is a problem, its text stays.
        Raises PictureError, TypeError and OSError as `read_digit` does.
        """
        from .tables.read_form import Blank, prepared, read_form  # here, as in read_table

        blank = form if isinstance(form, Blank) else prepared(form)
        return read_form(image, blank, self._read_inks)

    def read_glyphs(self, glyphs: "np.ndarray | HasArray") -> list[Digit]:
        """Read framed glyphs, the ink bright as in MNIST; boxes are None.

        glyphs: (N, 28, 28), (N, 28, 28, 1) or (N, 784), bool, integers 0 .. 255, uint16
        0 .. 65535 or floats 0 .. 1. Raises TypeError and PictureError, which is a ValueError.
        """
        from .image.pixels import glyph_values  # not needed for the page's first answer

        self._check_digits()
        framed = glyph_values(glyphs, self.network.frame.side)
        probabilities = self.network.probabilities(framed)
        return [self._digit_of(*seen, None) for seen in zip(framed, probabilities, strict=True)]

    def _check_digits(self) -> None:
        if self.reads_letters:
            raise ModelError("This reader knows letters only; load digits.npz to read digits.")

    def taught(self, samples: "Iterable[tuple[PictureLike, int]]") -> "Reader":
        """Return a new reader that knows a person's hand; this one stays as it is.

        samples: pairs (image, label) of single digits: an image as for `read_digit`, and 0 .. 9.
        Three of each digit halve the wrong answers, more or less (docs/teaching.md).
        Raises PictureError for a picture without ink, ValueError for another label.
        """
        read = [(self.read_digit(image), label) for image, label in samples]
        if not read:
            return Reader(self.network, self.lines, self.letters)
        if any(digit.box is None for digit, _ in read):
            raise PictureError("A sample holds no ink; leave it out, or draw it again.")
        return self.taught_glyphs(
            np.stack([digit.glyph for digit, _ in read]), [label for _, label in read]
        )

    def taught_glyphs(
        self,
        glyphs: "np.ndarray | HasArray",
        labels: Sequence[int] | np.ndarray,
        prototypes: "Prototypes | None" = None,
    ) -> "Reader":
        """Return the same of framed glyphs, as for `read_glyphs`, and as many labels, 0 .. 9.

        prototypes: a teaching.prototypes.Prototypes; by default those of the package. Raises
        ModelError if they do not fit the network.
        """
        from .image.pixels import glyph_values
        from .teaching.taught_network import taught  # here, as the page fetches it on first use

        framed = glyph_values(glyphs, self.network.frame.side)
        return Reader(taught(self.network, framed, labels, prototypes), self.lines, self.letters)
