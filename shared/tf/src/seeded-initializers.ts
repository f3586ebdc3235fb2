import { createRandom } from "@course/core";
import { initializers } from "@tensorflow/tfjs-layers";
import { orthogonal } from "./orthogonal.ts";

/** Initialisers of which each call returns one with a seed of its own. */
export interface SeededInitializers {
  /** Uniform in ±√(6 / (fanIn + fanOut)): tanh, sigmoid, softmax and linear layers (Glorot & Bengio, 2010). */
  glorotUniform(): ReturnType<typeof initializers.glorotUniform>;
  /** Normal of variance 2 / fanIn, cut at two standard deviations: ReLU layers (He et al., 2015). */
  heNormal(): ReturnType<typeof initializers.heNormal>;
  /** A random orthogonal matrix: recurrent kernels (Saxe et al., 2014). */
  orthogonal(): ReturnType<typeof initializers.orthogonal>;
}

/**
 * TensorFlow.js's layers default to an unseeded Glorot normal. Give each kernel of a model one of
 * these instead. Each call takes the next of a sequence of seeds that `seed` decides, so that two
 * layers, or two models of different seeds, share no weights. (TensorFlow.js takes the seed 0 for
 * none and draws another each time: none of these is 0.)
 */
export function seededInitializers(seed: number): SeededInitializers {
  const random = createRandom(seed).stream("initializers");
  const next = () => random.integer(1, 2 ** 31);
  return {
    glorotUniform: () => initializers.glorotUniform({ seed: next() }),
    heNormal: () => initializers.heNormal({ seed: next() }),
    orthogonal: () => orthogonal(next()),
  };
}
