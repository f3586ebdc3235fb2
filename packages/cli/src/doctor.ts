import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { availableParallelism, cpus, freemem, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { cacheFolder, listDatasets } from "@course/data";
import { loadKernels } from "@course/kernels";
import { workspaceRoot } from "@course/train";
import type { Command } from "commander";
import { formatBytes } from "./table.ts";

interface Finding {
  readonly what: string;
  readonly state: "ok" | "note" | "missing";
  readonly text: string;
  /** The command that mends it. */
  readonly mend?: string;
}

type Check = () => Finding | Promise<Finding>;

const CHECKS: readonly Check[] = [
  checkNode,
  checkTool("pnpm", ["--version"], "npm install --global pnpm, or write npx -y pnpm@12.21.0 for pnpm"),
  checkTool("git", ["--version"], "install git: runs then record the commit they were made with"),
  checkProcessor,
  checkMemory,
  checkFolder("cache", cacheFolder, "set COURSE_CACHE to a folder of yours"),
  checkFolder("runs", () => join(workspaceRoot(), "runs"), "give --out a folder of yours"),
  checkKernels,
  checkWasm,
  checkNative,
  checkData,
];

export function addDoctorCommand(program: Command): void {
  program
    .command("doctor")
    .description("what this machine has, what is missing, and the command that mends it")
    .action(async () => {
      const signs = { ok: "ok     ", note: "note   ", missing: "missing" };
      for (const check of CHECKS) {
        const { what, state, text, mend } = await check();
        process.stdout.write(
          `${signs[state]}  ${what.padEnd(10)}  ${text}${mend === undefined ? "" : `\n${" ".repeat(21)}→ ${mend}`}\n`,
        );
        if (state === "missing") process.exitCode = 1;
      }
    });
}

function checkNode(): Finding {
  const { devDependencies } = JSON.parse(readFileSync(join(workspaceRoot(), "package.json"), "utf8"));
  const pinned = `v${devDependencies.node}`;
  if (process.version === pinned) return { what: "Node", state: "ok", text: pinned };
  const text = `${process.version}, the project's own is ${pinned}`;
  return { what: "Node", state: "note", text, mend: "pnpm install, then start commands through pnpm" };
}

function checkTool(what: string, args: readonly string[], mend: string): Check {
  return () => {
    try {
      return {
        what,
        state: "ok",
        text: execFileSync(what, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim(),
      };
    } catch {
      return { what, state: "note", text: "not on the path", mend };
    }
  };
}

function checkProcessor(): Finding {
  return {
    what: "processor",
    state: "ok",
    text: `${cpus()[0]?.model.trim() ?? "unknown"}, ${availableParallelism()} cores`,
  };
}

function checkMemory(): Finding {
  const text = `${formatBytes(totalmem())}, ${formatBytes(freemem())} free`;
  if (totalmem() >= 3e9) return { what: "memory", state: "ok", text };
  return { what: "memory", state: "note", text, mend: "train with a smaller --batchSize" };
}

/** The folder, or the nearest that exists above it, can be written and has room. */
function checkFolder(what: string, find: () => string, mend: string): Check {
  return async () => {
    const folder = find();
    let existing = folder;
    while (!existsSync(existing)) existing = dirname(existing);
    try {
      accessSync(existing, constants.W_OK);
    } catch {
      return { what, state: "missing", text: `${folder} cannot be written`, mend };
    }
    const { bavail, bsize } = await statfs(existing);
    const text = `${folder}, ${formatBytes(bavail * bsize)} free`;
    return bavail * bsize > 1e9 ? { what, state: "ok", text } : { what, state: "note", text, mend };
  };
}

async function checkKernels(): Promise<Finding> {
  const { vectorWidth, hash, reason } = await loadKernels();
  return { what: "kernels", state: "ok", text: `${vectorWidth}-bit vectors, ${hash.slice(0, 12)} (${reason})` };
}

async function checkWasm(): Promise<Finding> {
  const { useBackend } = await import("@course/tf"); // slow to load, and only needed here
  const { backend, threads, note } = await useBackend("wasm");
  return {
    what: "backend",
    state: "ok",
    text: `${backend}, ${threads} thread${threads === 1 ? "" : "s"}${note ? ` (${note})` : ""}`,
  };
}

async function checkNative(): Promise<Finding> {
  const { isNativeInstalled } = await import("@course/tf");
  if (isNativeInstalled()) return { what: "native", state: "ok", text: "TensorFlow's native binding is installed" };
  const text = "TensorFlow's native binding is not installed; nothing needs it";
  return { what: "native", state: "note", text, mend: "pnpm course native" };
}

async function checkData(): Promise<Finding> {
  const prepared = (await listDatasets()).filter(({ state }) => state === "cache").map(({ name }) => name);
  const text =
    prepared.length > 0 ? `prepared: ${prepared.join(", ")}` : "none prepared yet: a project fetches what it needs";
  return { what: "data", state: "ok", text };
}
