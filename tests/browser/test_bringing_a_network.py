"""A person brings a network of their own, and sees it beside the page's."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from support.gestures import draw, drop, open_view
from support.handwriting import pen_strokes
from support.page_state import answer, rest, wait_for_words, wait_until

from training.data.datasets import mnist

YOURS = "#bring-table tbody tr:nth-child({}) td:last-child"


def nearest_mean() -> onnx.ModelProto:
    """Return a small network: the nearest mean of MNIST's digits."""
    pictures, labels = (part[:3000] for part in mnist("train"))
    flat = pictures.reshape(len(pictures), -1) / np.float32(255)
    means = np.stack([flat[labels == digit].mean(axis=0) for digit in range(10)])
    arrays = {"w": means.T, "b": -(means**2).sum(axis=1) / 2}
    graph = helper.make_graph(
        [helper.make_node("Gemm", ["x", "w", "b"], ["y"])],
        "digits",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ("N", 784))],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(np.ascontiguousarray(a), name) for name, a in arrays.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])


def test_a_network_of_ones_own_is_opened_compared_stopped_and_refused(visit, axe, tmp_path):
    good, bad = tmp_path / "mine.onnx", tmp_path / "loop.onnx"
    model = nearest_mean()
    good.write_bytes(model.SerializeToString())
    model.graph.node[0].op_type = "Loop"
    bad.write_bytes(model.SerializeToString())
    page = visit()
    wait_until(page, "ready")
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    open_view(page, "learn")
    page.wait_for_selector("#bring-open", state="attached")

    page.set_input_files("#bring-open", good)
    page.wait_for_selector(YOURS.format(2))
    wait_for_words(page, YOURS.format(2), "7 (")
    assert "takes bright ink on dark paper, as values from 0 to 1" in page.inner_text("#bring-said")
    # It reads the thousand digits in slices, and can be stopped after each.
    stop = "document.querySelector('#bring-stop').click()"
    page.wait_for_function(
        f"() => document.querySelector('{YOURS.format(3)}').textContent && [{stop}]"
    )
    right, of, count = page.inner_text(YOURS.format(3)).replace(",", "").split()
    assert of == "of" and int(count) / 2 < int(right) <= int(count) < 1000
    assert not page.is_visible("#bring-progress") and not page.is_visible("#bring-stop")
    assert page.inner_text(YOURS.format(1)) == "7,850"
    assert page.inner_text(YOURS.format(4)).endswith("ms")
    rest(page)
    assert axe(page) == []

    # Another one is refused with one sentence, in German too; dropped, it is not read as a picture.
    drop(page, bad, on="#bring h3")
    wait_for_words(page, "#bring-said", "operations that are not supported: Loop.")
    assert not page.is_visible("#bring-table")
    assert answer(page) == "7" and page.inner_text("#remark") == ""
    page.click("[data-language=de]")
    wait_for_words(page, "#bring-said", "die nicht unterstützt werden: Loop.")
    assert page.log.errors == []
