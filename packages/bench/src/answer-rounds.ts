import { createInterface } from "node:readline";

export interface Answers {
  /** Runs of a round, whose time is their mean; by default as many as fit in some milliseconds. */
  readonly repeats?: number;
  /** Bytes of WASM memory, where there is one. */
  readonly heapBytes?: () => number | undefined;
}

const MEBIBYTE = 2 ** 20;
/** A round of a single kernel lasts so long, because a clock's ticks and a call's overhead do not count then. */
const ROUND_MILLISECONDS = 5;

/**
 * A contender's side of the protocol: says what it is, then answers each line on stdin, the name of
 * a part or nothing, with the milliseconds of one round and the memory that the process has held. A
 * part that `find` does not know is answered without milliseconds.
 */
export async function answerRounds(
  ready: string,
  find: (part: string) => (() => unknown) | undefined,
  { repeats, heapBytes = () => undefined }: Answers = {},
): Promise<void> {
  const print = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`);
  const counts = new Map<string, number>();
  print({ ready });
  for await (const part of createInterface({ input: process.stdin })) {
    const run = find(part);
    if (!run) {
      print({});
      continue;
    }
    const count = repeats ?? counts.get(part) ?? 1;
    const milliseconds = await meanTime(run, count);
    if (!counts.has(part)) counts.set(part, Math.ceil(ROUND_MILLISECONDS / (await meanTime(run, 3))));
    const peakMebibytes = process.resourceUsage().maxRSS / 1024;
    const heap = heapBytes();
    print({ milliseconds, peakMebibytes, ...(heap && { heapMebibytes: heap / MEBIBYTE }) });
  }
}

async function meanTime(run: () => unknown, count: number): Promise<number> {
  const began = performance.now();
  for (let i = 0; i < count; i++) await run();
  return (performance.now() - began) / count;
}
