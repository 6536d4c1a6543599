// A page that reads one digit with another library: what Inkling is measured against. The library is named in the
// address, ?onnxruntime-web or ?tfjs. Framing is left out, so that the peer does as little as it can.
const SIDE = 28;
const KEPT = { conv2d: ["kernel", "bias"], dense: ["kernel", "bias"] };

const script = (source) =>
  new Promise((resolve, reject) => {
    const element = document.createElement("script");
    Object.assign(element, { src: source, onload: resolve, onerror: reject });
    document.head.append(element);
  });

async function onnxruntime() {
  const ort = await import("./onnxruntime-web/dist/ort.wasm.min.mjs");
  ort.env.wasm.numThreads = 1; // as on any static host: threads need headers of their own
  ort.env.wasm.wasmPaths = new URL("./onnxruntime-web/dist/", location).href;
  const session = await ort.InferenceSession.create("./digits.onnx", { executionProviders: ["wasm"] });
  return async (glyphs, count) => {
    const { probabilities } = await session.run({ glyphs: new ort.Tensor("float32", glyphs, [count, SIDE, SIDE, 1]) });
    return probabilities.data;
  };
}

async function tensorflow() {
  await script("./tfjs/dist/tf.min.js");
  await script("./tfjs-backend-wasm/dist/tf-backend-wasm.min.js");
  tf.wasm.setWasmPaths("./tfjs-backend-wasm/dist/");
  await tf.setBackend("wasm");
  const { layers, temperature } = await (await fetch("./layers.json")).json();
  const weights = await (await fetch("./weights.bin")).arrayBuffer();
  for (const layer of layers)
    for (const name of KEPT[layer.op] ?? []) {
      const { start, shape } = layer[name];
      const size = shape.reduce((product, side) => product * side, 1);
      layer[name] = tf.tensor(new Float32Array(weights, start, size), shape);
    }
  const apply = {
    conv2d: (x, { kernel, bias, stride, padding }) => tf.add(tf.conv2d(x, kernel, stride, padding), bias),
    relu: (x) => tf.relu(x),
    max_pool2d: (x, { size, stride, padding }) => tf.maxPool(x, size, stride, padding),
    global_average_pool: (x) => tf.mean(x, [1, 2]),
    flatten: (x) => x.reshape([x.shape[0], -1]),
    dense: (x, { kernel, bias }) => tf.add(tf.matMul(x, kernel), bias),
  };
  return async (glyphs, count) => {
    const answer = tf.tidy(() => {
      let x = tf.tensor(glyphs, [count, SIDE, SIDE, 1]);
      for (const layer of layers) x = apply[layer.op](x, layer);
      return tf.softmax(tf.div(x, temperature));
    });
    const probabilities = await answer.data();
    answer.dispose();
    return probabilities;
  };
}

const predict = await { "?onnxruntime-web": onnxruntime, "?tfjs": tensorflow }[location.search]();

// Milliseconds of each of some passes; the glyphs are those that Inkling is given.
globalThis.passes = async (count, times) => {
  const glyphs = Float32Array.from({ length: count * SIDE * SIDE }, (_, i) => (i % 97) / 97);
  const taken = [];
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    await predict(glyphs, count);
    taken.push(performance.now() - start);
  }
  return taken;
};

const glyphs = Float32Array.from({ length: SIDE * SIDE }, (_, i) => (i % 97) / 97);
const probabilities = [...(await predict(glyphs, 1))];
globalThis.probabilities = probabilities;
document.querySelector("output").textContent = probabilities.indexOf(Math.max(...probabilities));
globalThis.answered = performance.now();
