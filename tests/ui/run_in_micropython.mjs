// Run a program in the page's MicroPython: node run_in_micropython.mjs PACKAGE FOLDER PROGRAM
//
// PACKAGE: the npm package of MicroPython; FOLDER: whose files the program finds in its own. It prints to standard output.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [npm, folder, program] = process.argv.slice(2);
const { loadMicroPython } = await import(pathToFileURL(join(npm, "micropython.mjs")));
const python = await loadMicroPython({
  url: join(npm, "micropython.wasm"),
  stdout: (line) => console.log(line),
});
for (const name of readdirSync(folder)) python.FS.writeFile(`/${name}`, readFileSync(join(folder, name)));
python.runPython(`import sys\nsys.path.append("/")\n` + readFileSync(program, "utf8"));
