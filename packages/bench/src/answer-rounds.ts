import { createInterface } from "node:readline";

/**
 * A contender's side of the protocol: says what it is, then answers each line on stdin with the
 * milliseconds of one round.
 */
export async function answerRounds(ready: string, round: () => void | Promise<void>, repeats = 1): Promise<void> {
  const print = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`);
  print({ ready });
  for await (const _ of createInterface({ input: process.stdin })) {
    const began = performance.now();
    for (let i = 0; i < repeats; i++) await round();
    print({ milliseconds: (performance.now() - began) / repeats });
  }
}
