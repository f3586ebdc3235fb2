import { spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

export interface PageResult {
  readonly vectorWidth: number;
  readonly threads: number;
  /** Why there is one thread only. */
  readonly reason?: string | undefined;
  readonly losses: number[];
  readonly bits: number[];
}

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** Chromium by $CHROME_BIN or by one of its names on the path; undefined where there is none. */
export function findChromium(): string | undefined {
  const { CHROME_BIN, PATH = "" } = process.env;
  const candidates = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...(CHROME_BIN ? [CHROME_BIN] : []), ...candidates].find(isThere);
}

function isThere(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The page's program as one module. */
export async function bundlePage(): Promise<string> {
  const input = fileURLToPath(new URL("page.ts", import.meta.url));
  // What only Node imports stays an import that a page never reaches
  const bundle = await rolldown({ input, platform: "browser", external: [/^node:/], logLevel: "silent" });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
  return output[0].code;
}

export interface PageOptions {
  readonly program: string;
  /** Serves the page with the headers that allow shared memory. */
  readonly isIsolated: boolean;
}

const ISOLATION = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
const TIMEOUT_MS = 60_000;

/** Opens the page in a headless Chromium and waits for what it posts. @throws Error with the page's own error */
export async function runPage(chromium: string, { program, isIsolated }: PageOptions): Promise<PageResult> {
  const files = new Map<string, [type: string, content: string | Buffer]>([
    ["/", ["text/html", `<!doctype html><script type="module" src="/code/page.js"></script>`]],
    ["/code/page.js", ["text/javascript", program]],
    ["/wasm/kernels-128.wasm", ["application/wasm", readFileSync(kernelsFile())]],
    ["/tfjs-backend-wasm-simd.wasm", ["application/wasm", readFileSync(tfjsFile())]],
  ]);
  const { promise: posted, resolve, reject } = Promise.withResolvers<PageResult>();
  const server = createServer((request, response) => {
    if (request.method === "POST") void readAnswer(request, response).then(resolve, reject);
    else {
      const [type, content] = files.get(request.url!) ?? [];
      const headers = { "Content-Type": type ?? "text/plain", ...(isIsolated && ISOLATION) };
      response.writeHead(content === undefined ? 404 : 200, headers).end(content);
    }
  });
  const port = await listen(server);
  const profile = mkdtempSync(join(tmpdir(), "course-page-"));
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", `--user-data-dir=${profile}`];
  const browser = spawn(chromium, [...flags, `http://127.0.0.1:${port}/`], { stdio: "ignore", detached: true });
  const ended = new Promise<void>((done) => browser.once("close", () => done()));
  browser.once("error", reject);
  browser.once("exit", (code) => reject(new Error(`${chromium} ended with code ${code} before the page answered`)));
  const timer = setTimeout(() => reject(new Error(`the page did not answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
  try {
    return await posted;
  } finally {
    clearTimeout(timer);
    if (browser.pid !== undefined && browser.exitCode === null) process.kill(-browser.pid, "SIGKILL"); // its children too
    await ended;
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function readAnswer(request: IncomingMessage, response: ServerResponse): Promise<PageResult> {
  let body = "";
  for await (const chunk of request) body += chunk;
  response.end();
  const answer = JSON.parse(body) as PageResult | { readonly error: string };
  if ("error" in answer) throw new Error(`in the page: ${answer.error}`);
  return answer;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

const kernelsFile = () => fileURLToPath(new URL("../../../kernels/wasm/kernels-128.wasm", import.meta.url));

function tfjsFile(): string {
  const main = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
  return join(dirname(main), "tfjs-backend-wasm-simd.wasm");
}
