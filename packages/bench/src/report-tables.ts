import type { Standing } from "./contest.ts";
import type { Result } from "./result.ts";

/** A row for each contender of each benchmark. */
export function standingsTable(results: readonly Result[]): string {
  const columns = [
    "benchmark",
    "contender",
    "median ms",
    "best ms",
    "ours ÷ theirs (95 %)",
    "rate",
    "peak MiB",
    "heap MiB",
  ];
  const rows = results.flatMap((result) =>
    result.standings.map((standing, i) => [titleOf(result), ...cells(standing, i === 0, result)]),
  );
  return table(columns, rows);
}

function titleOf({ name, threads }: Result): string {
  if (threads === undefined) return name;
  return `${name}, ${threads === 1 ? "1 thread" : `${threads} threads`}`;
}

function cells(standing: Standing, isOurs: boolean, result: Result): string[] {
  const { name, median, best, ratio, ratioInterval, peakMebibytes, heapMebibytes } = standing;
  const interval = ratioInterval.map((bound) => bound.toFixed(2)).join("–");
  return [
    name,
    milliseconds(median),
    milliseconds(best),
    isOurs ? "" : `${ratio.toFixed(2)} (${interval})`,
    rate(result, median),
    peakMebibytes?.toFixed(0) ?? "",
    heapMebibytes?.toFixed(0) ?? "",
  ];
}

/** A row for each part: our median and rate, then for each other contender its median and our ratio to it. */
export function kernelTable(title: string, results: readonly Result[]): string {
  const others = [...new Set(results.flatMap(({ standings }) => standings.slice(1).map(({ name }) => name)))];
  const rows = results.map((result) => {
    const [ours, ...rest] = result.standings;
    const theirs = others.map((name) => {
      const standing = rest.find((each) => each.name === name);
      return standing ? `${milliseconds(standing.median)} (${standing.ratio.toFixed(2)})` : "no such kernel";
    });
    return [result.name, milliseconds(ours!.median), rate(result, ours!.median), ...theirs];
  });
  return table([title, "ours, ms", "rate", ...others.map((name) => `${name}, ms (ours ÷ theirs)`)], rows);
}

function rate({ examples, operations }: Result, median: number): string {
  if (examples !== undefined) return `${((examples / median) * 1000).toFixed(0)} examples/s`;
  return operations === undefined ? "" : `${(operations / median / 1e6).toFixed(1)} GFLOP/s`;
}

function table(columns: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(columns), `|${"---|".repeat(columns.length)}`, ...rows.map(line)].join("\n");
}

function milliseconds(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
