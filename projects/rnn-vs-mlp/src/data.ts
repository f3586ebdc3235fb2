import { UserError } from "@course/core";
import { type LoadedTexts, type PerSplit, perSplit, tokenize } from "@course/data";

/** The classes: what may stand in the gap. */
export const FORMS = "be am are is was were being been have has had having".split(" ");
const classOf = new Map(FORMS.map((form, label) => [form, label]));

/** Gaps with the tokens around them. */
export interface Examples {
  /** [count, 2 · context] ids: those before the gap, then those after it, in the text's order. */
  readonly contexts: Int32Array;
  /** [count] classes. */
  readonly labels: Uint8Array;
  readonly count: number;
  readonly width: number;
}

/**
 * A gap wherever one of the forms stands, with `context` tokens on each side; places too near the text's ends are left
 * out.
 *
 * @param tokens of a split's chapters, one after another.
 * @param idOf id of a token's vector
 */
export function findGaps(tokens: readonly string[], context: number, idOf: (token: string) => number): Examples {
  const width = 2 * context;
  const contexts: number[] = [];
  const labels: number[] = [];
  // #solution 1.1 from `context` on to as far from the end: where a form stands, its class and the ids around it
  for (let at = context; at < tokens.length - context; at++) {
    const label = classOf.get(tokens[at]);
    if (label === undefined) continue;
    labels.push(label);
    for (let i = at - context; i <= at + context; i++) if (i !== at) contexts.push(idOf(tokens[i]));
  }
  // #end
  return { contexts: Int32Array.from(contexts), labels: Uint8Array.from(labels), count: labels.length, width };
}

export type Splits = PerSplit<Examples>;

/** @throws UserError where a split has no gap: an empty or short text, or one in another language. */
export function toExamples(
  tokens: PerSplit<readonly string[]>,
  context: number,
  idOf: (token: string) => number,
): Splits {
  return perSplit((name) => {
    const found = findGaps(tokens[name], context, idOf);
    if (found.count > 0) return found;
    throw new UserError(
      `${name} text: expected forms of be or have with ${context} tokens on each side, found none in ${tokens[name].length} tokens ` +
        "(text too short, --context too long, or not English?)",
    );
  });
}

/** Each split's tokens, lower-cased. @param limit characters kept; 0 keeps all */
export function tokensOf({ split }: Pick<LoadedTexts, "split">, limit: number): PerSplit<string[]> {
  return perSplit((name) => tokenize(split[name].join("\n").slice(0, limit || undefined)));
}

/** Examples at these indices. */
export function takeExamples({ contexts, labels, width }: Examples, indices: Uint32Array) {
  const taken = new Int32Array(indices.length * width);
  indices.forEach((index, i) => {
    taken.set(contexts.subarray(index * width, (index + 1) * width), i * width);
  });
  return { contexts: taken, labels: Uint8Array.from(indices, (index) => labels[index]) };
}
