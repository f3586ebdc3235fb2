import { matrixTile, range, type TileShape, tileCall, windowTile } from "./tile.ts";

/** Copies B [k, n] into panels of one tile's width, zeros to the right of the last column. */
function packRight({ columns }: TileShape): string {
  const vectors = range(columns / 4);
  const bytes = 4 * columns;
  return `
export function packRight(b: usize, bRow: usize, bColumn: usize, k: i32, n: i32, to: usize): void {
  for (let j = 0; j < n; j += ${columns}) {
    const width = min(${columns}, n - j);
    let from = b + <usize>j * bColumn;
    if (width == ${columns} && bColumn == 4) {
      for (let i = k; i > 0; i--) {
        ${vectors.map((j) => `const v${j} = v128.load(from, ${16 * j});`).join(" ")}
        ${vectors.map((j) => `v128.store(to, v${j}, ${16 * j});`).join(" ")}
        from += bRow; to += ${bytes};
      }
    } else if (width == ${columns} && bRow == 4) {
      let i = k;
      for (; i >= 4; i -= 4) {
        ${vectors.map((j) => `transpose4x4(from + ${4 * j} * bColumn, bColumn, to + ${16 * j}, ${bytes});`).join(" ")}
        from += 16; to += ${4 * bytes};
      }
      for (; i > 0; i--) {
        for (let r: usize = 0; r < ${columns}; r++) store<f32>(to + r * 4, load<f32>(from + r * bColumn));
        from += 4; to += ${bytes};
      }
    } else for (let i = k; i > 0; i--) {
      for (let r = 0; r < ${columns}; r++) store<f32>(to + <usize>r * 4, r < width ? load<f32>(from + <usize>r * bColumn) : 0);
      from += bRow; to += ${bytes};
    }
  }
}`;
}

/** Rows of the next tile: R, or R − 1 where tiles of that height leave no remainder. */
function nextTile({ rows }: TileShape): string {
  return `
@inline export function nextTile(left: i32): i32 {
  const short = (${rows} - left % ${rows}) % ${rows};
  return short > 0 && left == short * ${rows - 1} ? ${rows - 1} : ${rows};
}`;
}

/** One tile of C, at an edge by way of scratch memory: 256 bytes of zeros, then a tile. */
function runMatrixTile(shape: TileShape): string {
  const operands = "k, a, aRow, rows - 1, bBlock, bOffset, bRow, addend, addendRow, target, targetRow";
  return `
export function runMatrixTile(size: i32, rows: i32, columns: i32, k: i32, a: usize, aRow: usize, bBlock: usize, bOffset: usize, bRow: usize, c: usize, cRow: usize, accumulate: bool, scratch: usize): void {
  const full = rows == size && columns == ${shape.columns}, adds = full && accumulate;
  const addend = adds ? c : scratch, addendRow = adds ? cRow : 0;
  const target = full ? c : scratch + 256, targetRow = full ? cRow : ${4 * shape.columns};
  ${tileCall("matrix", shape, operands)}
  if (!full) copyTile(target, targetRow, c, cRow, rows, columns, accumulate, -Infinity);
}`;
}

/** The same for a tile of windows; `bias` is a row that is added where nothing is accumulated. */
function runWindowTile(shape: TileShape): string {
  const operands =
    "runs, length, aStep, jumps, a, starts, b, addend, addendRow, target, targetRow, full ? floor : -Infinity";
  return `
export function runWindowTile(size: i32, rows: i32, columns: i32, runs: i32, length: i32, aStep: usize, jumps: usize, a: usize, starts: usize, b: usize, c: usize, cRow: usize, bias: usize, accumulate: bool, floor: f32, scratch: usize): void {
  const full = rows == size && columns == ${shape.columns}, adds = full && accumulate;
  const addend = adds ? c : accumulate ? scratch : bias, addendRow = adds ? cRow : 0;
  const target = full ? c : scratch + 256, targetRow = full ? cRow : ${4 * shape.columns};
  if (rows < size) { // the tile's missing rows are its last one again
    for (let i = 0; i < size; i++) store<usize>(scratch + <usize>i * 4, load<usize>(starts + <usize>min(i, rows - 1) * 4), 896);
    starts = scratch + 896;
  }
  ${tileCall("window", shape, operands)}
  if (!full) copyTile(target, targetRow, c, cRow, rows, columns, accumulate, floor);
}`;
}

/** The AssemblyScript module assembly/tiles: what depends on the shape of the register tile. */
export function tilesSource(shape: TileShape): string {
  const shapes = [shape, { ...shape, rows: shape.rows - 1 }];
  return [
    `import { fma } from "./arithmetic";`,
    `import { copyTile, transpose4x4 } from "./memory";`,
    `@inline export const ROWS: i32 = ${shape.rows};`,
    `@inline export const COLUMNS: i32 = ${shape.columns};`,
    ...shapes.flatMap((each) => [matrixTile(each), windowTile(each)]),
    packRight(shape),
    nextTile(shape),
    runMatrixTile(shape),
    runWindowTile(shape),
  ].join("\n");
}
