import { chmodSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { USER_ERROR_EXIT_CODE } from "@course/core";
import { describe, expect, test } from "vitest";
import type { Entry } from "../src/index.ts";
import { openInChild, works } from "./support/child.ts";
import { dataFile, testEntry } from "./support/entry.ts";
import { serve } from "./support/serve.ts";
import { temporaryFolder } from "./support/temporary.ts";

const BYTES = Buffer.from("0123456789abcdef".repeat(20_000)); // 320 kB
const LIMIT = 30_000; // two processes on a busy machine
const entryAt = (base: string): Entry =>
  testEntry([dataFile("big", BYTES)], [{ kind: "url", urls: { big: `${base}/big` } }]);

/** Sends the file in pieces, slowly enough that two processes overlap. */
async function slowServer(onRequest: () => void = () => {}): Promise<string> {
  return serve(async (_, response) => {
    onRequest();
    response.setHeader("content-length", BYTES.length);
    for (let start = 0; start < BYTES.length; start += 32_000) {
      response.write(BYTES.subarray(start, start + 32_000));
      await wait(60);
    }
    response.end();
  });
}

describe("two processes that prepare one set at the same time", () => {
  test("both succeed and leave one sound file", { timeout: LIMIT }, async () => {
    let requests = 0;
    const base = await slowServer(() => requests++);
    const cacheFolder = temporaryFolder();
    const children = [1, 2, 3].map(() => openInChild(entryAt(base), cacheFolder).ended);
    for (const { code, stdout, stderr } of await Promise.all(children)) {
      expect(stderr).toBe("");
      expect(code).toBe(0);
      expect(stdout).toMatch(/^(upstream|cache)/);
    }
    expect(requests).toBeGreaterThan(1); // they did overlap
    expect(readdirSync(join(cacheFolder, "tiny"))).toEqual(["big"]);
    expect(readFileSync(join(cacheFolder, "tiny", "big")).equals(BYTES)).toBe(true);
  });
  test("one is killed in the middle: nothing half-written, the next one succeeds", { timeout: LIMIT }, async () => {
    let started = () => {};
    const asked = new Promise<void>((resolve) => (started = resolve));
    const base = await slowServer(() => started());
    const cacheFolder = temporaryFolder();
    const killed = openInChild(entryAt(base), cacheFolder);
    await asked;
    await wait(150);
    killed.child.kill("SIGKILL");
    await killed.ended;
    expect(readdirSync(join(cacheFolder, "tiny"))).not.toContain("big");
    const { code } = await openInChild(entryAt(base), cacheFolder).ended;
    expect(code).toBe(0);
    expect(readFileSync(join(cacheFolder, "tiny", "big")).equals(BYTES)).toBe(true);
  });
});

describe("a cache that cannot be written: one line, exit code 2, nothing left behind", () => {
  // As root, permissions bind only inside a user namespace of its own.
  const wrapper = process.getuid?.() === 0 ? ["unshare", "--user"] : [];
  test.skipIf(!works(...wrapper, "true"))(
    "no permission (as root this needs user namespaces)",
    { timeout: LIMIT },
    async () => {
      const base = await serve(() => expect.unreachable("asked the server"));
      const cacheFolder = join(temporaryFolder(), "read-only");
      mkdirSync(cacheFolder);
      chmodSync(cacheFolder, 0o555);
      const { code, stderr } = await openInChild(entryAt(base), cacheFolder, { wrapper }).ended;
      expect(code).toBe(USER_ERROR_EXIT_CODE);
      expect(stderr).toBe(
        `error: cache folder ${join(cacheFolder, "tiny")}: no permission to write there (EACCES); or set COURSE_CACHE to another folder\n`,
      );
    },
  );
  const namespace = ["unshare", "--user", "--map-root-user", "--mount"];
  test.skipIf(!works(...namespace, "mount", "-t", "tmpfs", "tmpfs", "/mnt"))(
    "full disk: a tmpfs of 64 kB for a file of 320 kB (needs user and mount namespaces)",
    { timeout: LIMIT },
    async () => {
      const base = await slowServer();
      const cacheFolder = temporaryFolder();
      const { code, stdout, stderr } = await openInChild(entryAt(base), cacheFolder, {
        wrapper: namespace,
        before: `mount -t tmpfs -o size=64k tmpfs ${cacheFolder}`,
        after: `echo left: && ls -A ${cacheFolder}/tiny`,
      }).ended;
      expect(stderr).toBe(
        `error: cache folder ${join(cacheFolder, "tiny")}: the disk is full: free some space (ENOSPC); or set COURSE_CACHE to another folder\n`,
      );
      expect(stdout).toBe("left:\n");
      expect(code).toBe(USER_ERROR_EXIT_CODE);
    },
  );
});
