import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@course/core";
import { expect, test } from "vitest";
import { writeStarter } from "../src/index.ts";
import { listFiles } from "../src/starter/list-files.ts";
import { replaced, tinyProject } from "./tiny-project.ts";

const STARTER_FILES = [
  "README.md",
  "package.json",
  "results/summary.json",
  "rubric.ts",
  "src/line.ts",
  "src/train.ts",
  "test/line.test.ts",
  "test/setup.test.ts",
  "tsconfig.json",
  "vitest.config.ts",
];

test("the project's folder: solutions, hidden cases, runs and build outputs stay behind", async () => {
  using project = tinyProject({
    "dist/src/line.d.ts": "secret",
    "runs/x/summary.json": "{}",
    ".env": "TOKEN=1",
    "tsconfig.tsbuildinfo": "{}",
    "src/notes.txt": "kept",
  });
  const out = join(project.root, "out");
  expect(await writeStarter(project.folder, out)).toEqual({
    project: "tiny-line",
    projectFolder: out,
    files: STARTER_FILES.length + 1,
    converted: [{ path: "src/line.ts", ids: ["1.1", "1.2"] }],
  });
  expect(listFiles(out)).toEqual([...STARTER_FILES, "src/notes.txt"].sort());
  expect(existsSync(join(out, ".env"))).toBe(false);
  const read = (path: string) => readFileSync(join(out, path), "utf8");
  expect(read("src/line.ts")).toContain(
    'throw new Error("1.1 is yours to write: return slope · x + intercept for each x");',
  );
  expect(read("src/line.ts")).not.toContain("line.slope *");
  expect(read("test/line.test.ts")).toBe(readFileSync(join(project.folder, "test/line.test.ts"), "utf8"));
  const manifest = JSON.parse(read("package.json"));
  expect(manifest.scripts).toEqual({ train: "node src/train.ts", build: "tsc -b", test: "vitest run" });
  expect(manifest.course).toEqual({ starter: true });
});

test("markers in files that are not editable are converted too", async () => {
  using project = tinyProject({
    "src/other.ts": "export function f(): void {\n  // #solution 1.1 a\n  f();\n  // #end\n}\n",
  });
  const { converted } = await writeStarter(project.folder, join(project.root, "out"));
  expect(converted.map(({ path }) => path)).toEqual(["src/line.ts", "src/other.ts"]);
});

test("a whole workspace: shared packages, this project as a starter, no other project", async () => {
  using project = tinyProject();
  const files = {
    "package.json": '{ "scripts": { "first-train": "course train other", "test": "t" } }',
    "shared/core/src/index.ts": "export {};\n",
    "shared/core/node_modules/x/index.js": "",
    "projects/other/src/a.ts": "secret",
    "releases/old/a.ts": "old",
    "runs/tiny-line/x/summary.json": "{}",
    ".git/config": "history",
    ".gitignore": "node_modules/\n",
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(project.root, path, ".."), { recursive: true });
    writeFileSync(join(project.root, path), text);
  }
  const out = join(project.root, "releases", "new");
  const { projectFolder } = await writeStarter(project.folder, out, { workspace: true });
  expect(projectFolder).toBe(join(out, "projects/tiny-line"));
  const around = [".gitignore", "package.json", "pnpm-workspace.yaml", "shared/core/src/index.ts"];
  expect(listFiles(out)).toEqual([...around, ...STARTER_FILES.map((path) => `projects/tiny-line/${path}`)].sort());
  const { scripts } = JSON.parse(readFileSync(join(out, "package.json"), "utf8"));
  expect(scripts).toEqual({ "first-train": "course train tiny-line", test: "t" });
  expect(readFileSync(join(projectFolder, "src/line.ts"), "utf8")).toContain("is yours to write");
});

test("an empty folder is filled, one with files is refused and left as it is", async () => {
  using project = tinyProject();
  const out = join(project.root, "out");
  mkdirSync(out);
  await writeStarter(project.folder, out);
  writeFileSync(join(out, "src/line.ts"), "a student's work");
  await expect(writeStarter(project.folder, out)).rejects.toThrow(UserError);
  await expect(writeStarter(project.folder, out)).rejects.toThrow("expected an empty or new folder, found files in it");
  expect(readFileSync(join(out, "src/line.ts"), "utf8")).toBe("a student's work");
});

test("a file, or a folder inside the project, is refused as target", async () => {
  using project = tinyProject();
  const inside = join(project.folder, "starter");
  await expect(writeStarter(project.folder, inside)).rejects.toThrow("expected a folder outside the project");
  await expect(writeStarter(project.folder, project.folder)).rejects.toThrow("expected a folder outside the project");
  await expect(writeStarter(project.folder, join(project.root, "pnpm-workspace.yaml"))).rejects.toThrow("found a file");
});

test("a faulty marker in any file means that nothing is written", async () => {
  using project = tinyProject({ "test/setup.test.ts": "// #solution 1.1 a\n" });
  const out = join(project.root, "out");
  await expect(writeStarter(project.folder, out)).rejects.toThrow("test/setup.test.ts:1: #solution 1.1 has no #end");
  expect(existsSync(out)).toBe(false);
});

test("an id that the rubric lacks is refused", async () => {
  using project = tinyProject({ "src/line.ts": replaced("#solution 1.2", "#solution 1.3") });
  await expect(writeStarter(project.folder, join(project.root, "out"))).rejects.toThrow(
    "src/line.ts:20: #solution 1.3 is not in the rubric",
  );
});

test("a link is refused: a copy would not hold what it points at", async () => {
  using project = tinyProject();
  symlinkSync("line.ts", join(project.folder, "src", "alias.ts"));
  await expect(writeStarter(project.folder, join(project.root, "out"))).rejects.toThrow(
    "alias.ts: expected a regular file",
  );
});

test("what is not a project is refused", async () => {
  using project = tinyProject({ "broken/package.json": "{", "unnamed/package.json": "{}" });
  const write = (folder: string) => writeStarter(folder, join(project.root, "out"));
  await expect(write(join(project.root, "nowhere"))).rejects.toThrow("no such file (is this the folder of a project?)");
  await expect(write(join(project.folder, "broken"))).rejects.toThrow("package.json: expected JSON:");
  await expect(write(join(project.folder, "unnamed"))).rejects.toThrow("package.json: name: Invalid input");
});

test("a workspace is only written around a project in its projects folder", async () => {
  using project = tinyProject();
  const elsewhere = join(project.root, "drafts");
  renameSync(join(project.root, "projects"), elsewhere);
  const write = () => writeStarter(join(elsewhere, "tiny-line"), join(project.root, "out"), { workspace: true });
  await expect(write()).rejects.toThrow(`expected a project in ${join(project.root, "projects")}`);
  rmSync(join(project.root, "pnpm-workspace.yaml"));
  await expect(write()).rejects.toThrow("expected a project in a pnpm workspace, found none around it");
  expect(existsSync(join(project.root, "out"))).toBe(false);
});
