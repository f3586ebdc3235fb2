// Every changeset names packages of this workspace: one that does not would stop the next release.
import { globSync, readFileSync } from "node:fs";

const members = globSync("{shared,packages,projects}/*/package.json").map((path) =>
  JSON.parse(readFileSync(path, "utf8")),
);
const names = new Set<string>(members.map(({ name }) => name));
const changesets = globSync(".changeset/*.md").filter((path) => !path.endsWith("README.md"));
for (const path of changesets) {
  const [, head = ""] = readFileSync(path, "utf8").split("---\n");
  const bumped = [...head.matchAll(/^"([^"]+)": (major|minor|patch)$/gm)].map(([, name]) => name!);
  const unknown = bumped.filter((name) => !names.has(name));
  if (bumped.length === 0) unknown.push("(none)");
  for (const name of unknown) {
    console.error(`${path}: expected packages of this workspace, received ${name}`);
    process.exitCode = 1;
  }
}
console.log(`${changesets.length} changesets read`);
