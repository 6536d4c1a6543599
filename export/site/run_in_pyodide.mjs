// Runs a Python program in Pyodide under Node, with a folder of this machine as its working directory.
//
//     node export/site/run_in_pyodide.mjs FOLDER-OF-PYODIDE PROGRAM WORKING-DIRECTORY
//
// It is short, as nothing else of the export runs under Node.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [pyodideFolder, program, folder] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodideFolder}/pyodide.mjs`));
// Code compiled in there knows its lines, but not its columns, which would be a tenth of it.
const env = { PYTHONOPTIMIZE: process.env.PYTHONOPTIMIZE ?? "", PYTHONNODEBUGRANGES: "1" };
try {
  const pyodide = await loadPyodide({ indexURL: pyodideFolder, env, stdout: () => {} });
  pyodide.FS.mkdirTree("/work");
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: folder }, "/work");
  pyodide.FS.chdir("/work");
  pyodide.runPython(readFileSync(program, "utf8"), { filename: program });
  process.exit(0); // Pyodide keeps Node alive
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
