import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { writeProjector } from "../../src/export/index.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "projector-"));
  return () => rmSync(folder, { recursive: true });
});
const read = (name: string) => readFileSync(join(folder, name), "utf8");

/** As the projector does: blank lines are skipped, a tab in the first line makes it a header. */
function parseMetadata(text: string): Record<string, string>[] {
  const lines = text.split("\n").filter((line) => line.trim().length > 0);
  const names = lines[0]?.includes("\t") ? lines.shift()!.split("\t") : ["label"];
  return lines.map((line) => Object.fromEntries(line.split("\t").map((cell, i) => [names[i], cell])));
}

describe("writeProjector", () => {
  test("one column has no header", () => {
    writeProjector(folder, {
      vectors: Float32Array.of(0.1, -2, 1e-8, 3),
      dimension: 2,
      metadata: { word: ["the", "½"] },
    });
    expect(read("embedd.tsv")).toBe("0.100000001\t-2\n9.99999994e-9\t3\n");
    expect(read("metadata.tsv")).toBe("the\n½\n");
  });
  test("several columns have one", () => {
    const metadata = { word: ["a", "b"], "part\tof speech": ["noun", "verb"] };
    writeProjector(folder, { vectors: Float64Array.of(1 / 3, 0, 1, 2), dimension: 2, metadata });
    expect(read("embedd.tsv")).toBe("0.3333333333333333\t0\n1\t2\n");
    expect(read("metadata.tsv")).toBe("word\tpart\\tof speech\na\tnoun\nb\tverb\n");
  });
  test("tabs, line breaks and blanks keep every label on its row", () => {
    const word = ["a\tb", "", " ", "c\r\nd", "\n", "e"];
    writeProjector(folder, { vectors: new Float32Array(12), dimension: 2, metadata: { word } });
    const labels = parseMetadata(read("metadata.tsv")).map(({ label }) => label);
    expect(labels).toEqual(["a\\tb", "(empty)", "␣", "c\\r\\nd", "\\n", "e"]);
  });
  test("the projector finds a row for each vector, and the very float32, whatever the text", () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: "binary" }), fc.float({ noNaN: true, noDefaultInfinity: true })), {
          minLength: 1,
        }),
        (rows) => {
          const vectors = Float32Array.from(rows.flatMap(([, x]) => [x, 1]));
          writeProjector(folder, { vectors, dimension: 2, metadata: { word: rows.map(([text]) => text) } });
          expect(parseMetadata(read("metadata.tsv"))).toHaveLength(rows.length);
          const lines = read("embedd.tsv").trimEnd().split("\n");
          const found = Float32Array.from(lines.flatMap((line) => line.split("\t").map(Number)));
          expect(found).toEqual(vectors.map((x) => x + 0)); // text has no −0
        },
      ),
      { numRuns: 50 },
    ));
  test.each([
    [{ dimension: 1 }, "expected vectors [count, dimension] with dimension ≥ 2, received 4 values of dimension 1"],
    [{ dimension: 3 }, "received 4 values of dimension 3"],
    [{ metadata: {} }, "metadata: expected at least one column, received none"],
    [{ metadata: { word: ["a"] } }, 'metadata "word": expected [count=2], received [1]'],
    [{ vectors: Float32Array.of(1, 2, Number.NaN, 4) }, "expected finite vectors, received NaN in vector 1"],
  ])("refuses %o", (wrong, message) => {
    const content = { vectors: new Float32Array(4), dimension: 2, metadata: { word: ["a", "b"] }, ...wrong };
    expect(() => writeProjector(folder, content as never)).toThrow(message);
  });
});
