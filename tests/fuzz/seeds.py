"""Small pictures in every supported format and variant, to be altered."""

import io

import numpy as np
from PIL import Image, ImageDraw, PngImagePlugin

SIZE = (72, 96)


def seven(mode: str = "RGB", size: tuple[int, int] = SIZE) -> Image.Image:
    """Draw a seven, dark on light, with a camera's noise."""
    picture = Image.new("L", size, 235)
    corners = [(0.2, 0.15), (0.8, 0.15), (0.55, 0.5), (0.4, 0.88)]
    line = [(x * size[0], y * size[1]) for x, y in corners]
    ImageDraw.Draw(picture).line(line, 20, width=size[0] // 12, joint="curve")
    noise = np.random.default_rng(7).normal(0, 6, (size[1], size[0]))
    noisy = np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8)
    return Image.fromarray(noisy).convert(mode)


def encode(picture: Image.Image, kind: str, **options) -> bytes:
    """Encode a picture as the bytes of a file."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def pictures() -> dict[str, list[bytes]]:
    """Return the files by format."""
    return {
        "PNG": [*_png()],
        "JPEG": [*_jpeg()],
        "WEBP": [*_webp()],
        "BMP": [encode(seven(mode), "BMP") for mode in ("1", "L", "P", "RGB", "RGBA")],
        "GIF": [*_gif()],
    }


def _sideways() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif.tobytes()


def _clear(picture: Image.Image) -> Image.Image:
    """Add a transparent border."""
    clear = picture.convert("RGBA")
    alpha = Image.new("L", picture.size, 0)
    alpha.paste(255, (6, 6, picture.width - 6, picture.height - 6))
    clear.putalpha(alpha)
    return clear


def _animated(kind: str, **options) -> bytes:
    frames = [seven(), seven().rotate(90), seven().rotate(180)]
    return encode(
        frames[0], kind, save_all=True, append_images=frames[1:], duration=80, loop=0, **options
    )


def _png():
    for mode in ("1", "L", "LA", "P", "RGB"):
        yield encode(seven(mode), "PNG")
    yield encode(_clear(seven()), "PNG")
    yield encode(seven("P"), "PNG", transparency=3)
    deep = np.asarray(seven("L")).astype(np.uint16) * 257
    yield encode(Image.fromarray(deep), "PNG")
    about = PngImagePlugin.PngInfo()
    about.add_text("Comment", "written by hand " * 40, zip=True)
    about.add_itxt("Title", "sieben")
    profile = bytes(400)
    yield encode(seven(), "PNG", pnginfo=about, exif=_sideways(), icc_profile=profile)
    yield _animated("PNG")


def _jpeg():
    for mode in ("L", "RGB", "CMYK"):
        yield encode(seven(mode), "JPEG", quality=80)
    yield encode(seven(), "JPEG", progressive=True, exif=_sideways())
    yield encode(seven(), "JPEG", subsampling=0, optimize=True, comment=b"seven")
    yield encode(seven("RGB", (700, 900)), "JPEG", quality=30, restart_marker_rows=1)


def _webp():
    yield encode(seven(), "WEBP", quality=60)
    yield encode(seven(), "WEBP", lossless=True)
    yield encode(_clear(seven()), "WEBP", exif=_sideways(), icc_profile=bytes(200))
    yield _animated("WEBP")


def _gif():
    yield encode(seven("P"), "GIF")
    yield encode(seven("L"), "GIF", interlace=0)
    yield encode(_clear(seven()), "GIF", comment=b"seven")
    yield _animated("GIF", disposal=2)
