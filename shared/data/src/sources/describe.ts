import type { Source } from "../catalogue/entry.ts";

/** How a run names a source: "Debian package dataset-fashion-mnist". */
export function describeSource(source: Source): string {
  switch (source.kind) {
    case "asset":
      return "repository";
    case "url":
      return `upstream ${new URL(Object.values(source.urls)[0]!).host}`;
    case "archive":
      return `upstream ${new URL(source.url).host}`;
    case "npm":
      return `npm package ${source.package}@${source.version}`;
    case "debian":
      return `Debian package ${source.package}`;
  }
}
