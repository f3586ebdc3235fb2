import { createInterface } from "node:readline";

/**
 * A contender's side of the protocol: says what it is, then answers each line on stdin with the
 * milliseconds of one round (the mean of `repeats`) and the most memory that the process has held.
 */
export async function answerRounds(ready: string, round: () => unknown, repeats = 1): Promise<void> {
  const print = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`);
  print({ ready });
  for await (const _ of createInterface({ input: process.stdin })) {
    const began = performance.now();
    for (let i = 0; i < repeats; i++) await round();
    const milliseconds = (performance.now() - began) / repeats;
    print({ milliseconds, peakMebibytes: process.resourceUsage().maxRSS / 1024 });
  }
}
