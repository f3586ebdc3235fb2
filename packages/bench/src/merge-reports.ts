import type { Report } from "./report.ts";

type Key = Pick<Report["results"][number], "name" | "group" | "threads">;

/**
 * The new report and, of an older one of the same machine, the results of what was not measured again. Of
 * rounds it tells the fewest, of dates the range; another machine's results are dropped.
 */
export function mergeReports(old: Report, report: Report): Report {
  if (old.machine !== report.machine) return report;
  const keyOf = ({ name, group = "", threads = 0 }: Key) => JSON.stringify([name, group, threads]);
  const results = new Map([...old.results, ...report.results].map((result) => [keyOf(result), result]));
  const [first = ""] = old.measuredOn.split(" to ");
  const measuredOn = first === report.measuredOn ? first : `${first} to ${report.measuredOn}`;
  const load = [Math.max(old.load[0], report.load[0]), Math.max(old.load[1], report.load[1])] as const;
  return { ...report, measuredOn, load, rounds: Math.min(old.rounds, report.rounds), results: [...results.values()] };
}
