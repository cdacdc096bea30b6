// Debian's Node.js does not know TypeScript. Types are removed by esbuild, which does not check them.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const isTypeScript = (url) => /\.[cm]?ts$/.test(url);

function toJavaScript(path) {
  const options = [
    "--loader=ts", "--sourcemap=inline", "--sources-content=false", `--sourcefile=${path}`, "--target=node24", "--log-level=warning",
  ];
  try {
    return execFileSync("/usr/bin/esbuild", options, {
      input: readFileSync(path), encoding: "utf8", maxBuffer: 64 << 20, stdio: ["pipe", "pipe", "pipe"] });
  } catch (error) {
    if (error.status !== 1) throw error;
    process.stderr.write(error.stderr);
    process.exit(1);
  }
}

// As Node.js does it with JavaScript: what is no CommonJS is an ES module.
function formatOf(path, code) {
  if (/\.[cm]ts$/.test(path)) return path.endsWith(".mts") ? "module" : "commonjs";
  try {
    vm.compileFunction(code, ["exports", "require", "module", "__filename", "__dirname"]);
    return "commonjs";
  } catch {
    return "module";
  }
}

registerHooks({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context);
    } catch (error) {
      // Imports in TypeScript often leave the ending out.
      if (!/^\.{0,2}\//.test(specifier) || isTypeScript(specifier)) throw error;
      try {
        return next(`${specifier.replace(/\.js$/, "")}.ts`, context);
      } catch {
        throw error;
      }
    }
  },
  load(url, context, next) {
    if (!url.startsWith("file:") || !isTypeScript(url)) return next(url, context);
    const path = fileURLToPath(url);
    const source = toJavaScript(path);
    return { format: formatOf(path, source), source, shortCircuit: true };
  },
});
process.setSourceMapsEnabled(true);
