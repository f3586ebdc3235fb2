import type { Patience, Progress } from "../open-options.ts";
import { SourceFailure } from "./failure.ts";

export const PATIENCE: Patience = { connect: 5, stall: 20 };

export interface DownloadOptions {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly patience?: Patience | undefined;
}

/**
 * The bytes behind an address, as the server sends them.
 *
 * @param file what to call it in progress reports and messages.
 * @throws SourceFailure where there is no network, no such file, no answer, no more bytes, or fewer than announced.
 */
export async function download(file: string, url: string, options: DownloadOptions = {}): Promise<Uint8Array> {
  const { connect, stall } = options.patience ?? PATIENCE;
  const abort = new AbortController();
  const giveUp = (reason: string) => abort.abort(new SourceFailure(`${file}: ${reason}`));
  let timer = setTimeout(giveUp, connect * 1000, `no answer within ${connect} s`);
  const chunks: Uint8Array[] = [];
  let received = 0;
  try {
    const response = await fetch(url, { signal: abort.signal, headers: { "accept-encoding": "identity" } });
    if (!response.ok) throw new SourceFailure(`${file}: the server answers ${response.status} ${response.statusText}`);
    const length = response.headers.get("content-length");
    const total = length === null ? undefined : Number(length);
    const expectMore = () => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, stall * 1000, `no more bytes for ${stall} s after ${received} bytes`);
    };
    expectMore();
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      received += chunk.length;
      expectMore();
      options.onProgress?.({ file, received, total });
    }
  } catch (error) {
    throw abort.signal.aborted ? abort.signal.reason : explain(file, received, error);
  } finally {
    clearTimeout(timer);
    abort.abort(); // closes the connection where the answer was not read to its end
  }
  return Buffer.concat(chunks, received);
}

function explain(file: string, received: number, error: unknown): unknown {
  if (error instanceof SourceFailure || !(error instanceof TypeError)) return error;
  const cause = error.cause;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const detail = code || (cause instanceof Error ? cause.message : error.message);
  const reason =
    received > 0 ? `the connection broke after ${received} bytes` : `no network, or the server is not reachable`;
  return new SourceFailure(`${file}: ${reason} (${detail})`, { cause: error });
}
