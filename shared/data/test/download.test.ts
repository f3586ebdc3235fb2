import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Progress } from "../src/index.ts";
import { download } from "../src/sources/download.ts";
import { SourceFailure } from "../src/sources/failure.ts";
import { serve } from "./support/serve.ts";

const BYTES = Buffer.from("0123456789".repeat(1000));
const QUICK = { connect: 0.3, stall: 0.3 };

async function failure(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(SourceFailure);
  return error.message;
}

describe("download", () => {
  test("bytes, and progress up to the announced total", async () => {
    const base = await serve((_, response) => void response.setHeader("content-length", BYTES.length).end(BYTES));
    const reports: Progress[] = [];
    const received = await download("f", `${base}/f`, { onProgress: (progress) => reports.push(progress) });
    expect(Buffer.compare(received, BYTES)).toBe(0);
    expect(reports.at(-1)).toEqual({ file: "f", received: BYTES.length, total: BYTES.length });
  });
  test("no total where the server announces none", async () => {
    const base = await serve((_, response) => {
      response.write(BYTES.subarray(0, 10));
      response.end(BYTES.subarray(10));
    });
    const reports: Progress[] = [];
    expect((await download("f", base, { onProgress: (one) => reports.push(one) })).length).toBe(BYTES.length);
    expect(reports.at(-1)!.total).toBeUndefined();
  });
  test("a slow server is waited for as long as bytes come", async () => {
    const base = await serve(async (_, response) => {
      for (let start = 0; start < BYTES.length; start += 2000) {
        response.write(BYTES.subarray(start, start + 2000));
        await wait(120); // five pauses: 0.6 s in all, above both limits
      }
      response.end();
    });
    expect((await download("f", base, { patience: QUICK })).length).toBe(BYTES.length);
  });
  test("404", async () => {
    const base = await serve((_, response) => void response.writeHead(404).end("no such file"));
    expect(await failure(download("images.gz", base))).toBe("images.gz: the server answers 404 Not Found");
  });
  test("nobody listens there", async () => {
    expect(await failure(download("f", "http://127.0.0.1:9"))).toMatch(
      /^f: no network, or the server is not reachable \(/,
    );
  });
  test("no such host", async () => {
    expect(await failure(download("f", "http://no-such-host.invalid/f"))).toMatch(
      /no network.*\((ENOTFOUND|EAI_AGAIN)\)/,
    );
  });
  test("a server that never answers", async () => {
    const base = await serve(() => {});
    const start = performance.now();
    expect(await failure(download("f", base, { patience: QUICK }))).toBe("f: no answer within 0.3 s");
    expect(performance.now() - start).toBeLessThan(3000);
  });
  test("a server that stops in the middle", async () => {
    const base = await serve((_, response) => {
      response.setHeader("content-length", BYTES.length);
      response.write(BYTES.subarray(0, 4000));
    });
    expect(await failure(download("f", base, { patience: QUICK }))).toBe("f: no more bytes for 0.3 s after 4000 bytes");
  });
  test("a connection that breaks in the middle", async () => {
    const base = await serve(async (_, response) => {
      response.setHeader("content-length", BYTES.length);
      response.write(BYTES.subarray(0, 4000));
      await wait(100);
      response.destroy();
    });
    expect(await failure(download("f", base))).toMatch(/^f: the connection broke after 4000 bytes \(/);
  });
});
