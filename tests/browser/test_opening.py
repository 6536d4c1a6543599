"""Pictures come as files, by drag and drop, through the clipboard and from the camera."""

import os

import pytest
from PIL import Image
from support import gestures
from support.gestures import copy_picture, draw, drop
from support.handwriting import pen_strokes
from support.page_state import answer, ink_on, remark, wait_for_words, wait_until
from test_pictures import encoded, seven

CAMERA = [
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--use-file-for-fake-video-capture={}",
]


@pytest.fixture
def picture(tmp_path):
    """A picture file of a seven."""
    path = tmp_path / "seven.png"
    path.write_bytes(encoded(seven(), "PNG"))
    return path


def test_a_picture_dropped_anywhere_is_read(page, picture):
    drop(page, picture)
    page.wait_for_function("document.querySelector('#answer').textContent == '7'")


def test_a_dropped_folder_gets_one_sentence_and_nothing_is_lost(page, tmp_path):
    draw(page, pen_strokes(3))
    assert answer(page) == "3"
    ink = ink_on(page)
    (tmp_path / "holiday").mkdir()
    drop(page, tmp_path / "holiday")
    wait_for_words(page, "#remark", "holiday is a folder")
    assert answer(page) == "3" and ink_on(page) == ink


def test_the_first_picture_of_a_moving_gif_is_read(page, tmp_path):
    path = tmp_path / "moving.gif"
    blank = Image.new("L", seven().size, "white")
    path.write_bytes(encoded(seven(), "GIF", save_all=True, append_images=[blank], duration=50))
    gestures.open_picture(page, path)
    assert answer(page) == "7"


def test_a_picture_in_the_clipboard_is_read_by_keys_and_by_button(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    wait_until(page, "ready")
    page.click("#paste")
    wait_for_words(page, "#remark", "holds no picture")
    page.evaluate("navigator.clipboard.writeText('seven')")
    page.keyboard.press("Control+v")
    wait_for_words(page, "#remark", "holds no picture")
    copy_picture(page, encoded(seven(), "PNG"))
    page.click("#paste")
    page.wait_for_function("document.querySelector('#answer').textContent == '7'")
    gestures.clear(page)
    page.keyboard.press("Control+v")
    page.wait_for_function("document.querySelector('#answer').textContent == '7'")


def test_a_closed_clipboard_and_a_refused_camera_get_one_sentence_each(page):
    draw(page, pen_strokes(3))
    assert answer(page) == "3"
    page.click("#paste")
    wait_for_words(page, "#remark", "Ctrl+V")
    page.click("#camera")
    wait_for_words(page, "#remark", "camera")
    assert remark(page).endswith(".")
    assert answer(page) == "3"


def test_a_photograph_is_taken_and_read(chromium, address, tmp_path):
    film = tmp_path / "seven.y4m"
    film.write_bytes(moving_picture(seven((640, 480))))
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    browser = chromium.browser_type.launch(
        executable_path=gestures.chromium_path(),
        args=[arg.format(film) for arg in CAMERA] + (["--no-sandbox"] if root else []),
    )
    page = browser.new_page()
    page.goto(address)
    wait_until(page, "ready")
    page.click("#camera")
    page.wait_for_function("document.querySelector('#viewfinder video').videoWidth > 0")
    page.click("#take")
    page.wait_for_function("document.querySelector('#answer').textContent == '7'")
    assert page.evaluate("document.querySelector('#viewfinder video').srcObject.active") is False
    browser.close()


def moving_picture(picture):
    """Return one grey picture as a YUV4MPEG2 film, for Chromium's fake camera."""
    width, height = picture.size
    head = f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n".encode()
    frame = b"FRAME\n" + picture.tobytes() + bytes([128]) * (width * height // 2)
    return head + 3 * frame
