import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@course/core";
import { beforeEach, expect, test } from "vitest";
import { lockRunFolder } from "../src/run-lock.ts";

let folder: string;
let lock: string;
const notes: string[] = [];
const take = () => lockRunFolder(folder, (line) => notes.push(line));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  lock = join(folder, "lock");
  notes.length = 0;
  return () => rmSync(folder, { recursive: true });
});

const owner = (changes: object) => {
  const release = take();
  const mine = JSON.parse(readFileSync(lock, "utf8"));
  release();
  writeFileSync(lock, JSON.stringify({ ...mine, ...changes }));
};

/** The number of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ["--version"]).pid;

test("holds pid, host and start; is refused to the next, and gone after its release", () => {
  const release = take();
  const { pid, host, started } = JSON.parse(readFileSync(lock, "utf8"));
  expect({ pid, host }).toEqual({ pid: process.pid, host: hostname() });
  expect(Date.parse(started)).toBeGreaterThan(Date.now() - 60_000);
  expect(take).toThrow(
    new UserError(`${folder}: process ${pid} trains here since ${started}: wait for it, or end it first`),
  );
  release();
  expect(existsSync(lock)).toBe(false);
  release(); // twice does no harm
  take()();
  expect(notes).toEqual([]);
});

test("of a process that is gone: taken over, and said", () => {
  const pid = deadPid();
  owner({ pid, started: "2026-01-01T00:00:00.000Z" });
  take()();
  expect(notes).toEqual([`took over the lock of process ${pid}, started 2026-01-01T00:00:00.000Z: it is gone`]);
});

test("of a process whose number another one has by now: taken over", (context) => {
  if (!existsSync("/proc/self/stat")) return context.skip("this system does not say when a process was started");
  owner({ processStart: "1" });
  take()();
  expect(notes[0]).toContain("it is gone");
});

test("of a process on another machine: refused, with the way out", () => {
  owner({ host: "elsewhere", pid: deadPid() });
  expect(take).toThrow(new RegExp(`on elsewhere trains here since .*\\(if it is gone, delete ${lock}\\)`));
});

test("half written by a process that was killed meanwhile: taken over", () => {
  writeFileSync(lock, '{"pid": 1');
  take()();
  expect(notes).toEqual(["took over the lock of a process that did not finish writing it: it is gone"]);
});

test("not removed by a release that comes after another process took it over", () => {
  const release = take();
  writeFileSync(lock, "another's");
  release();
  expect(readFileSync(lock, "utf8")).toBe("another's");
});

test("released when its process ends by itself, kept and stale when it is killed", async () => {
  const script = `import { lockRunFolder } from ${JSON.stringify(join(import.meta.dirname, "../src/run-lock.ts"))};
    lockRunFolder(${JSON.stringify(folder)}, console.log);
    console.log("locked");
    if (process.argv[1] === "wait") setInterval(() => {}, 1000);`;
  const run = (...args: string[]) => spawn(process.execPath, ["--input-type=module", "--eval", script, ...args]);
  await new Promise((resolve) => run().on("close", resolve));
  expect(existsSync(lock)).toBe(false);
  const child = run("wait");
  await new Promise((resolve) => child.stdout.once("data", resolve));
  expect(take).toThrow(`process ${child.pid} trains here`);
  child.kill("SIGKILL");
  await new Promise((resolve) => child.on("close", resolve));
  expect(existsSync(lock)).toBe(true);
  take()();
  expect(notes[0]).toContain(`process ${child.pid}, started`);
});
