/**
 * The register tile at the heart of every product: `rows` × `columns` accumulators that stay in
 * vector registers while k ascends. Written out because AssemblyScript does not unroll loops.
 *
 * V8 joins two neighbouring 128-bit operations into one of 256 bits only under conditions that
 * shape this text: a row's loads all stand before its stores, and the accumulators leave the loop
 * by one path (sum + addend row → target row), which serves full and edge tiles alike. The loop
 * must not be unrolled either: two steps of k in flight need more than the 16 registers.
 */
export interface TileShape {
  readonly rows: number;
  /** Multiple of 4. */
  readonly columns: number;
}

export const range = (count: number): number[] => [...Array(count).keys()];

const vectors = ({ columns }: TileShape): number[] => range(columns / 4);

/** The accumulators of a tile, all +0. */
function declareAccumulators(shape: TileShape): string {
  return range(shape.rows)
    .map(
      (i) =>
        `  ${vectors(shape)
          .map((j) => `let c${i}_${j} = f32x4.splat(0);`)
          .join(" ")}`,
    )
    .join("\n");
}

/** One step of k: row `b` of B times the number at `left(i)` for each row i of A. */
function multiplyAdd(shape: TileShape, left: (row: number) => string): string {
  const loads = vectors(shape).map((j) => `const b${j} = v128.load(b, ${16 * j});`);
  const products = range(shape.rows).map(
    (i) =>
      `    const x${i} = v128.load32_splat(${left(i)}); ` +
      vectors(shape)
        .map((j) => `c${i}_${j} = fma(x${i}, b${j}, c${i}_${j});`)
        .join(" "),
  );
  return [`    ${loads.join(" ")}`, ...products].join("\n");
}

/** Each row: max(accumulators + addend, floor) → target; both pointers then go down one row. */
function storeRows(shape: TileShape, hasFloor: boolean): string {
  return range(shape.rows)
    .map((i) => {
      const sum = (j: number) => `f32x4.add(c${i}_${j}, v128.load(addend, ${16 * j}))`;
      const value = (j: number) => (hasFloor ? `f32x4.pmax(${sum(j)}, least)` : sum(j));
      const sums = vectors(shape).map((j) => `const w${i}_${j} = ${value(j)};`);
      const stores = vectors(shape).map((j) => `v128.store(target, w${i}_${j}, ${16 * j});`);
      return `  ${[...sums, ...stores].join(" ")} addend += addendRow; target += targetRow;`;
    })
    .join("\n");
}

const STORE_PARAMETERS = "addend: usize, addendRow: usize, target: usize, targetRow: usize";
const nameOf = (kind: string, { rows, columns }: TileShape): string => `${kind}${rows}x${columns}`;

/**
 * target [rows, columns] = Σ over k of a·b + addend. Strides are bytes; k ≥ 1. Row i of A starts at
 * a + min(i, last)·aRow and is contiguous in k, so a tile with fewer rows reads its last row again
 * and nothing beyond the matrix. `b` is given in two parts because V8 saves an instruction in the
 * loop where it has seen the addition.
 */
export function matrixTile(shape: TileShape): string {
  const rows = range(shape.rows);
  return `
function ${nameOf("matrix", shape)}(k: i32, a: usize, aRow: usize, last: i32, bBlock: usize, bOffset: usize, bRow: usize, ${STORE_PARAMETERS}): void {
  ${rows.map((i) => `let a${i} = a + aRow * <usize>min(${i}, last);`).join(" ")}
${declareAccumulators(shape)}
  let b = bBlock + bOffset;
  const end = b + <usize>k * bRow;
  do {
${multiplyAdd(shape, (i) => `a${i}`)}
    ${rows.map((i) => `a${i} += 4;`).join(" ")} b += bRow;
  } while (b != end);
${storeRows(shape, false)}
}`;
}

/**
 * The same where the rows of A start anywhere, at a plus the offsets at `starts`, and k goes in runs:
 * `length` steps of aStep bytes each, then a jump, equal for all rows, read from `jumps`. A window
 * over an image is such a row. B is packed.
 */
export function windowTile(shape: TileShape): string {
  const rows = range(shape.rows);
  return `
function ${nameOf("window", shape)}(runs: i32, length: i32, aStep: usize, jumps: usize, a: usize, starts: usize, b: usize, ${STORE_PARAMETERS}, floor: f32): void {
  ${rows.map((i) => `let a${i} = a + load<usize>(starts, ${4 * i});`).join(" ")}
${declareAccumulators(shape)}
  const least = f32x4.splat(floor);
  do {
    const end = b + <usize>length * ${4 * shape.columns};
    do {
${multiplyAdd(shape, (i) => `a${i}`)}
      ${rows.map((i) => `a${i} += aStep;`).join(" ")} b += ${4 * shape.columns};
    } while (b != end);
    const jump = load<usize>(jumps);
    ${rows.map((i) => `a${i} += jump;`).join(" ")}
    jumps += 4;
  } while (--runs);
${storeRows(shape, true)}
}`;
}

/** Calls the tile of `size` rows: the shape's own or one less. */
export function tileCall(kind: string, shape: TileShape, operands: string): string {
  const short = { ...shape, rows: shape.rows - 1 };
  return `if (size == ${shape.rows}) ${nameOf(kind, shape)}(${operands}); else ${nameOf(kind, short)}(${operands});`;
}
