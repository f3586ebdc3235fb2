/**
 * Compiles the kernels: `node scripts/build-wasm.ts` writes wasm/ and src/wasm-hashes.ts;
 * with `--check` it writes nothing and fails where the committed files differ.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { moduleSources, type VectorWidth } from "../template/module.ts";

// By its address, because the compiler's own types redefine the global ones of TypeScript.
const { main } = (await import(import.meta.resolve("assemblyscript/asc"))) as { main: AssemblyScriptCompiler };

type AssemblyScriptCompiler = (
  arguments_: string[],
  files: {
    readFile(name: string, baseDirectory: string): string | null;
    writeFile(name: string, contents: Uint8Array): void;
    listFiles(): string[];
  },
) => Promise<{ error: Error | null; stderr: { toString(): string } }>;

const folder = join(import.meta.dirname, "..");
const FLAGS = [
  ..."-O3 --noAssert --runtime stub --importMemory --noExportMemory".split(" "),
  ..."--enable simd --enable relaxed-simd --enable threads --sharedMemory --maximumMemory 65536".split(" "),
];

async function compile(width: VectorWidth): Promise<Uint8Array> {
  const written = moduleSources(width);
  const outputs: Uint8Array[] = [];
  const { error, stderr } = await main(["entry.ts", "--baseDir", folder, "--outFile", "kernels.wasm", ...FLAGS], {
    readFile: (name, baseDirectory) => written[name] ?? readSource(baseDirectory, name),
    writeFile: (_name, contents) => {
      outputs.push(contents);
    },
    listFiles: () => [],
  });
  const [bytes] = outputs;
  if (error || !bytes || outputs.length > 1) throw new Error(`the ${width}-bit kernels do not compile\n${stderr}`);
  return bytes;
}

/** asc probes several names for each import: a missing file is its normal case. */
function readSource(directory: string, name: string): string | null {
  try {
    return readFileSync(join(directory, name), "utf8");
  } catch {
    return null;
  }
}

const kernels = await Promise.all(([128, 256] as const).map(async (width) => ({ width, bytes: await compile(width) })));
const hashes = kernels.map(({ width, bytes }) => `  ${width}: "${createHash("sha256").update(bytes).digest("hex")}",`);
const files: [name: string, contents: Uint8Array][] = [
  ...kernels.map(({ width, bytes }): [string, Uint8Array] => [`wasm/kernels-${width}.wasm`, bytes]),
  [
    "src/wasm-hashes.ts",
    Buffer.from(
      `/** SHA-256 of wasm/kernels-<width>.wasm; written by \`build:wasm\`. */\nexport const WASM_HASHES = {\n${hashes.join("\n")}\n} as const;\n`,
    ),
  ],
];

const isCheck = process.argv.includes("--check");
for (const [name, contents] of files) {
  const path = join(folder, name);
  if (!isCheck) writeFileSync(path, contents);
  else if (!readFileSync(path).equals(contents)) {
    console.error(
      `error: ${name} is not what its sources compile to: run \`pnpm run build:wasm\` and commit the result`,
    );
    process.exitCode = 1;
  }
}
