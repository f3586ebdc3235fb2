import { OPERATIONS, type OperationName } from "../src/operations.ts";
import { type Elementwise, elementwiseSource } from "./elementwise.ts";
import { ELEMENTWISE } from "./elementwise-operations.ts";
import { tasksSource } from "./tasks.ts";
import type { TileShape } from "./tile.ts";
import { tilesSource } from "./tiles.ts";
import { transformsSource } from "./winograd.ts";

export type VectorWidth = 128 | 256;

/** The tile that keeps the most multiply-adds in flight without running out of registers. */
export const TILES: Readonly<Record<VectorWidth, TileShape>> = {
  256: { rows: 6, columns: 16 },
  128: { rows: 5, columns: 8 },
};

/** Fails where an operation's arguments are not those that the engine will pass. */
function assertSignature({ name, reads, writes, scalars = [] }: Elementwise): void {
  const own = [...new Set([...reads, ...Object.keys(writes)]), ...scalars.map((each) => `${each}:f32`)].join();
  const declared = Object.entries(OPERATIONS)
    .find(([each]) => each === name)?.[1]
    .join();
  if (own !== declared)
    throw new Error(`operation ${name}: its arguments are ${own}, src/operations.ts says ${declared}`);
}

/** Where the operations that are not elementwise are written. */
const MODULES: Readonly<Record<string, readonly OperationName[]>> = {
  gemm: ["gemm", "gemmBatch"],
  convolution: ["packPanels", "turnFilter", "packTurned", "convolve", "foldWindows", "planes", "filterRows"],
  winograd: ["winogradFilter", "winograd"],
  "winograd-gradient": ["winogradPlaces", "winogradSums", "winogradBack"],
  depthwise: ["depthwise", "depthwiseInput", "depthwiseFilter"],
  pooling: ["maxPool", "maxPoolGradient", "averagePool", "averagePoolGradient"],
  "batch-norm": ["columnProducts", "scaleShift", "normGradient"],
  recurrent: ["swapAxes"],
  lstm: ["lstm", "lstmGradient"],
  gru: ["gru", "gruGradient"],
  rows: ["addBias", "columnSum", "rowSum", "softmax", "argMax"],
  "row-moves": ["copyRows", "gather", "scatterAdd", "segmentSum"],
  dropout: ["dropout"],
};

/** AssemblyScript sources that are written for one vector width, by file name; the first is the entry. */
export function moduleSources(width: VectorWidth): Readonly<Record<string, string>> {
  ELEMENTWISE.forEach(assertSignature);
  const imports = Object.entries(MODULES).map(([file, names]) => {
    // Exported one by one, else the compiler would merge all operations into one function
    return `import { ${names.join(", ")} } from "./assembly/${file}";\nexport { ${names.join(", ")} };`;
  });
  return {
    "entry.ts": [
      `import { exp, fma, negatedFma, relu4, sigmoid, tanh, withoutTiny, writeTable } from "./assembly/arithmetic";`,
      ...imports,
      ...ELEMENTWISE.map(elementwiseSource),
      tasksSource(),
    ].join("\n"),
    "assembly/tiles.ts": tilesSource(TILES[width]),
    "assembly/transforms.ts": transformsSource(),
  };
}
