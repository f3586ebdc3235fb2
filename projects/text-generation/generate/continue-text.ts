import type { Reader } from "../src/reader.ts";
import { block, type Choice, type Ending } from "../src/sample.ts";

/** What follows the prompt, token by token. */
export function continueText(
  reader: Reader,
  prompt: readonly number[],
  { choose, ...ending }: Ending & { choose: Choice },
) {
  const text = [...prompt];
  let step = reader.start(prompt);
  while (text.length < prompt.length + ending.length) {
    const allowed = block(step.logProbabilities, text, ending);
    const token = choose(allowed);
    if (allowed[token] === -Infinity) break; // nothing is left
    text.push(token);
    if (ending.stopAt?.has(token)) break;
    step = reader.advance([0], [token]);
  }
  return text.slice(prompt.length);
}
