"""Draw loss and accuracy over the steps of a training."""

from ui.browser.dom import css_value

MAX_POINTS = 240  # of a curve: beyond them every second one is left out
SMOOTHING = 0.1  # share of the newest batch in the curves
MAX_LOSS = 2.5  # at the top: that of guessing is 2.3
LINE = 3  # pixels of the canvas


class Curves:
    """Loss and accuracy on the batches, smoothed, and points of accuracy on test digits.

    latest: (loss, accuracy), None before the first step.
    """

    def __init__(self, canvas):
        self._canvas = canvas
        self.clear()

    def clear(self) -> None:
        """Forget all points."""
        self.latest = None
        self._points = []  # (step, loss, accuracy)
        self._tests = []  # (step, accuracy)
        self._every = 1
        self.draw()

    def add(self, step: int, losses: list, shares: list) -> None:
        """Add batches, the last of them the `step`th, and draw."""
        for loss, share in zip(losses, shares):  # noqa: B905 - MicroPython
            if self.latest:
                loss = self.latest[0] + (loss - self.latest[0]) * SMOOTHING
                share = self.latest[1] + (share - self.latest[1]) * SMOOTHING
            self.latest = (loss, share)
        if not self._points or step >= self._points[-1][0] + self._every:
            self._points.append((step,) + self.latest)
        if len(self._points) > MAX_POINTS:
            self._points = self._points[::2]
            self._every *= 2
        self.draw()

    def add_test(self, step: int, share: float) -> None:
        """Add the accuracy on test digits, and draw."""
        self._tests.append((step, share))
        self.draw()

    def draw(self) -> None:
        """Draw everything in the present colours."""
        context = self._canvas.getContext("2d")
        width, height = self._canvas.width, self._canvas.height
        context.clearRect(0, 0, width, height)
        if not self._points:
            return
        across = width / max(self._points[-1][0], 100)

        def down(share):
            return LINE + (1 - min(max(share, 0), 1)) * (height - 2 * LINE)

        context.lineWidth = LINE
        for colour, level in (
            ("--accent", lambda point: point[1] / MAX_LOSS),
            ("--ink", lambda point: point[2]),
        ):
            context.strokeStyle = css_value(colour)
            context.beginPath()
            for point in self._points:
                context.lineTo(point[0] * across, down(level(point)))
            context.stroke()
        context.fillStyle = css_value("--text")
        for step, share in self._tests:
            context.fillRect(step * across - 2 * LINE, down(share) - LINE, 4 * LINE, 2 * LINE)
