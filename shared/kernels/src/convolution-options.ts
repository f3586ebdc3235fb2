/** What a convolution and its two gradients take; arrays are addresses in the engine's heap. */
import type { ConvolutionShape } from "./convolution-shape.ts";

export interface Conv2d {
  readonly shape: ConvolutionShape;
  readonly x: number;
  readonly filter: number;
  /** [outChannels], added to every place. */
  readonly bias?: number | undefined;
  readonly y: number;
  /** Takes max(…, 0) of the result. */
  readonly relu?: boolean | undefined;
}

export interface Conv2dInputGradient {
  readonly shape: ConvolutionShape;
  readonly dy: number;
  readonly filter: number;
  readonly dx: number;
}

export interface Conv2dFilterGradient {
  readonly shape: ConvolutionShape;
  readonly x: number;
  readonly dy: number;
  /** [filterHeight, filterWidth, channels, outChannels] */
  readonly dFilter: number;
}
