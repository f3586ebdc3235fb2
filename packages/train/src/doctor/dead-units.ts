import type { Check } from "./check.ts";
import { number } from "./format.ts";

/** A layer whose units all give one output for every input: nothing of the input passes. */
export const deadUnits: Check = {
  id: "dead-units",
  explains: ["zero-gradient", "stuck-loss", "worse-than-baseline"],
  find({ readings }) {
    const latest = readings.at(-1);
    // All of them: fewer still pass something on, and a sparse unit looks dead on a small sample.
    const dead = latest?.layers.find(({ deadShare }) => deadShare === 1);
    if (!latest || !dead) return undefined;
    return {
      sign: "a layer's units are all dead",
      evidence: `${dead.name} gives the same output for every example of the sample, at loss ${number(latest.loss)}`,
      cause:
        "Likely a learning rate so high that one step threw the biases far below zero (try 10 times less), or initial weights that are much too large or zero; leaky ReLU or batch normalisation also help",
      epoch: latest.epoch,
      step: latest.step,
    };
  },
};
