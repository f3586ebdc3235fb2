import type { Site } from "@course/kernels/tfjs";
import type * as tf from "@tensorflow/tfjs-core";
import { currentSite } from "../wasm.ts";
import { ownAddress, type Parameter, parametersOf } from "./parameters.ts";

/** What the kernels of all optimizers take for one variable; addresses are of the backend's memory. */
export interface CommonArguments {
  readonly parameters: number;
  readonly gradients: number;
  readonly count: number;
  readonly learningRate: number;
}

/** Updates one variable by a kernel. */
export type FusedStep = (site: Site, parameter: Parameter, common: CommonArguments) => void;

/**
 * Lets an optimizer of TensorFlow.js update its variables by `step`, one after another, where our
 * kernels run. It stays what it was: its slots, what is saved of it, its own step on other backends.
 *
 * @param beforeStock what TensorFlow.js's own step needs done before it.
 */
export function withFusedStep<O extends tf.Optimizer>(
  optimizer: O,
  step: FusedStep,
  beforeStock: (parameters: readonly Parameter[]) => void = () => {},
): O {
  const stock = optimizer.applyGradients.bind(optimizer);
  const fields = optimizer as unknown as ProtectedFields;
  optimizer.applyGradients = (gradients) => {
    const parameters = parametersOf(gradients);
    const site = currentSite();
    if (!site) {
      beforeStock(parameters);
      stock(gradients);
      return;
    }
    for (const parameter of parameters) {
      const { variable, gradient } = parameter;
      const addresses = { parameters: ownAddress(site, variable), gradients: site.address(gradient) };
      step(site, parameter, { ...addresses, count: variable.size, learningRate: fields.learningRate });
    }
    fields.incrementIterations();
  };
  return optimizer;
}

/** Parts of TensorFlow.js's optimizers that their types call protected. */
interface ProtectedFields {
  readonly learningRate: number;
  incrementIterations(): void;
}
