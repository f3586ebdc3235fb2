import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { assertShape } from "@course/core";
import { replaceFile } from "../files.ts";

type Columns = Readonly<Record<string, readonly string[]>>;

export interface ProjectorContent {
  /** [count · dimension], row by row. */
  readonly vectors: Float32Array | Float64Array;
  readonly dimension: number; // at least 2: the projector refuses less
  /** Texts by column: `{ word: ["the", …] }`, a text for each vector. */
  readonly metadata: Columns;
}

/**
 * Writes `embedd.tsv` and `metadata.tsv` for the Embedding Projector (projector.tensorflow.org, or
 * TensorBoard's own). Metadata of one column has no header; of several, the first line names them.
 *
 * A cell cannot hold a tab or a line break: they become `\t`, `\n` and `\r` in two letters each. The
 * projector skips blank lines, which would shift every label below by one: an empty cell becomes
 * `(empty)`, and of a blank one each space `␣`.
 *
 * @throws ShapeError if metadata and vectors are not as many; RangeError for a value that is not
 * finite, a dimension below 2, or no column.
 */
export function writeProjector(folder: string, { vectors, dimension, metadata }: ProjectorContent): void {
  if (!(Number.isInteger(dimension) && dimension >= 2 && vectors.length % dimension === 0))
    throw new RangeError(
      `writeProjector: expected vectors [count, dimension] with dimension ≥ 2, received ${vectors.length} values of dimension ${dimension}`,
    );
  const columns = Object.entries(metadata);
  if (columns.length === 0)
    throw new RangeError("writeProjector metadata: expected at least one column, received none");
  for (const [name, cells] of columns)
    assertShape(`writeProjector metadata "${name}"`, [cells.length], { count: vectors.length / dimension });
  mkdirSync(folder, { recursive: true });
  replaceFile(join(folder, "embedd.tsv"), vectorLines(vectors, dimension));
  replaceFile(join(folder, "metadata.tsv"), metadataLines(metadata));
}

function vectorLines(vectors: ProjectorContent["vectors"], dimension: number): string {
  // nine digits tell any two float32 apart
  const format = vectors instanceof Float32Array ? (x: number) => String(Number(x.toPrecision(9))) : String;
  const lines: string[] = [];
  for (let start = 0; start < vectors.length; start += dimension) {
    const vector = Array.from(vectors.subarray(start, start + dimension));
    const broken = vector.find((value) => !Number.isFinite(value));
    if (broken !== undefined)
      throw new RangeError(
        `writeProjector: expected finite vectors, received ${broken} in vector ${start / dimension}`,
      );
    lines.push(`${vector.map(format).join("\t")}\n`);
  }
  return lines.join("");
}

function metadataLines(metadata: Columns): string {
  const names = Object.keys(metadata);
  const rows = metadata[names[0]!]!.map((_, row) => names.map((name) => metadata[name]![row]!));
  if (names.length > 1) rows.unshift(names);
  return rows.map((cells) => `${cells.map(escapeCell).join("\t")}\n`).join("");
}

function escapeCell(text: string): string {
  if (text === "") return "(empty)";
  const escaped = text.replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
  return escaped.trim() === "" ? "␣".repeat(escaped.length) : escaped;
}
