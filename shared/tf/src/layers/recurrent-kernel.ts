import type { GruState, LstmState } from "@course/kernels";
import type { Site } from "@course/kernels/tfjs";

export interface RecurrentSizes {
  readonly batch: number;
  readonly time: number;
  readonly inputs: number;
  readonly units: number;
}

/** What our kernels are called with: addresses under their names, absent where there is no such tensor. */
export interface ForwardCall extends SharedCall {
  readonly bias?: number;
  readonly h0?: number;
  readonly c0?: number;
  readonly y?: number;
  readonly hLast?: number;
  readonly cLast?: number;
}

export interface GradientCall extends SharedCall {
  readonly dy?: number;
  readonly dhLast?: number;
  readonly dcLast?: number;
  readonly dx: number;
  readonly dKernel: number;
  readonly dRecurrentKernel: number;
  readonly dBias?: number;
  readonly dh0: number;
  readonly dc0?: number;
}

interface SharedCall {
  readonly sizes: RecurrentSizes;
  readonly x: number;
  readonly mask?: number;
  readonly kernel: number;
  readonly recurrentKernel: number;
  /** Those of `stateLengths`. */
  readonly state: LstmState & GruState;
}

/** A kernel over whole sequences, forward and backward. */
export interface RecurrentKernel {
  /** States of a step: 1 for a GRU (h), 2 for an LSTM (h, c). */
  readonly states: 1 | 2;
  /** Numbers in the arrays that the forward pass leaves for the gradient. */
  stateLengths(sizes: RecurrentSizes): Readonly<Record<string, number>>;
  forward(site: Site, call: ForwardCall): void;
  gradient(site: Site, call: GradientCall): void;
}
