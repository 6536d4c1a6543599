"""Networks made elsewhere: an .onnx file in, a network of the reader's interface out."""
