import { readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { UserError } from "@course/core";
import { replaceFile, writeNewFile } from "./files.ts";

/** Who trains in a run folder: the content of its file `lock`. */
interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** When the run was started there, for the reader. */
  readonly started: string;
  /** Tells a process from a later one of the same number; null where the system does not say. */
  readonly processStart: string | null;
}

const MILLISECONDS_TO_SETTLE = 50; // for another process that writes or takes over the lock at this moment

/**
 * Makes this process the only one that trains in the folder, until the returned function is called
 * or the process ends. The lock of a process that is gone (killed, or a machine that went down) is
 * taken over.
 *
 * @param note receives one line if a lock was taken over.
 * @throws UserError if another process has it, or may have it on another machine.
 */
export function lockRunFolder(folder: string, note: (line: string) => void): () => void {
  const path = join(folder, "lock");
  const mine = `${JSON.stringify(describeThisProcess())}\n`;
  if (!writeNewFile(path, mine)) {
    if (!readOwner(path)) settle(); // it may be about to be written
    const owner = readOwner(path);
    if (owner) assertGone(owner, folder, path);
    replaceFile(path, mine);
    settle();
    if (readText(path) !== mine) throw new UserError(`${folder}: another process has just resumed this run`);
    const who = owner ? `process ${owner.pid}, started ${owner.started}` : "a process that did not finish writing it";
    note(`took over the lock of ${who}: it is gone`);
  }
  const release = () => {
    process.off("exit", release);
    if (readText(path) === mine) rmSync(path, { force: true });
  };
  process.on("exit", release);
  return release;
}

function settle(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, MILLISECONDS_TO_SETTLE);
}

function describeThisProcess(): LockOwner {
  const { pid } = process;
  return { pid, host: hostname(), started: new Date().toISOString(), processStart: readProcessStart(pid) };
}

function assertGone({ pid, host, started, processStart }: LockOwner, folder: string, path: string): void {
  if (host !== hostname())
    throw new UserError(
      `${folder}: process ${pid} on ${host} trains here since ${started} (if it is gone, delete ${path})`,
    );
  if (isRunning(pid) && readProcessStart(pid) === processStart)
    throw new UserError(`${folder}: process ${pid} trains here since ${started}: wait for it, or end it first`);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0); // sends nothing
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // another user's
  }
}

/** Clock ticks from the machine's start to the process's (proc(5), field 22). */
function readProcessStart(pid: number): string | null {
  const stat = readText(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null; // the name before may hold spaces
}

/** undefined for a lock that was only half written. */
function readOwner(path: string): LockOwner | undefined {
  try {
    return JSON.parse(readText(path) ?? "") as LockOwner;
  } catch {
    return undefined;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined; // not there, or no such process
  }
}
