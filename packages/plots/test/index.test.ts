import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

/** Modules that Node loads for an import of the package, in a process of its own. */
function loadedModules(): string[] {
  const program = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
    await import(${JSON.stringify(new URL("../src/index.ts", import.meta.url).href)});
    console.log(JSON.stringify(loaded));`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" }));
}

test("importing the package loads four small files: no Vega, no resvg, no figure", () => {
  const files = loadedModules().filter((url) => url.startsWith("file:"));
  expect(files.map((url) => url.split("/").at(-1)).sort()).toEqual([
    "index.ts",
    "svg-to-png.ts",
    "text.ts",
    "theme.ts",
  ]);
});
