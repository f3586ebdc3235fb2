import { UserError } from "@course/core";
import * as tf from "@tensorflow/tfjs-core";
import { readVariable, type Saveable, type SavedState, writeVariable } from "./saveable.ts";

/** A slot as TensorFlow.js's optimizers keep it: one per trained variable, made at its first gradient. */
interface Slot {
  readonly originalName: string;
  readonly variable: tf.Variable;
}

interface SlotPlan {
  readonly originalName: string;
  readonly shape: number[];
}

interface OptimizerJson {
  readonly kind: string;
  readonly iterations: number;
  readonly learningRate: number;
  readonly slots: Readonly<Record<string, readonly SlotPlan[]>>;
}

/** TensorFlow.js's optimizers keep their state in properties; these are the ones that all have. */
interface OptimizerFields extends Record<string, unknown> {
  iterations_: number | undefined;
  learningRate: number;
}

/**
 * All that an optimizer of TensorFlow.js carries from step to step: moments, accumulated powers of
 * beta, the iteration count and the learning rate. (Its own `setWeights` computes the powers of beta
 * anew, which is not the same float: a resumed run would differ in the last bit.)
 */
export function saveableOptimizer(optimizer: tf.Optimizer): Saveable {
  const kind = optimizer.getClassName();
  const fields = optimizer as unknown as OptimizerFields;
  return {
    state: () => ({ arrays: readArrays(fields), json: describe(kind, fields, optimizer.iterations) }),
    restore({ arrays, json }) {
      const saved = json as OptimizerJson;
      if (saved.kind !== kind) {
        throw new UserError(
          `checkpoint of an optimizer: expected ${kind}, received ${saved.kind} (resumed with another --optimizer?)`,
        );
      }
      for (const [property, variable] of scalarsOf(fields)) {
        writeVariable(`${kind} ${property}`, variable, arrayNamed(arrays, property));
      }
      for (const [property, plans] of Object.entries(saved.slots)) {
        disposeSlots(fields[property] as Slot[]);
        fields[property] = plans.map((plan, i) => restoreSlot(plan, arrayNamed(arrays, `${property}/${i}`)));
      }
      fields.iterations_ = saved.iterations;
      setLearningRate(optimizer, saved.learningRate);
    },
  };
}

/** Changes the learning rate of a running optimizer; SGD and momentum keep it in a tensor as well. */
export function setLearningRate(optimizer: tf.Optimizer, learningRate: number): void {
  if ("setLearningRate" in optimizer) (optimizer as tf.SGDOptimizer).setLearningRate(learningRate);
  else (optimizer as unknown as OptimizerFields).learningRate = learningRate;
}

function describe(kind: string, fields: OptimizerFields, iterations: number): OptimizerJson {
  const slots = slotsOf(fields).map(([property, list]) => [
    property,
    list.map(({ originalName, variable }) => ({ originalName, shape: variable.shape })),
  ]);
  return { kind, iterations, learningRate: fields.learningRate, slots: Object.fromEntries(slots) };
}

function readArrays(fields: OptimizerFields): Record<string, ReturnType<typeof readVariable>> {
  const scalars = scalarsOf(fields).map(([property, variable]) => [property, readVariable(variable)]);
  const slots = slotsOf(fields).flatMap(([property, list]) =>
    list.map(({ variable }, i) => [`${property}/${i}`, readVariable(variable)]),
  );
  return Object.fromEntries([...scalars, ...slots]);
}

function scalarsOf(fields: OptimizerFields): [property: string, tf.Variable][] {
  return Object.entries(fields).filter((entry): entry is [string, tf.Variable] => entry[1] instanceof tf.Variable);
}

function slotsOf(fields: OptimizerFields): [property: string, Slot[]][] {
  return Object.entries(fields).filter((entry): entry is [string, Slot[]] => Array.isArray(entry[1]));
}

function arrayNamed(arrays: SavedState["arrays"], name: string): SavedState["arrays"][string] {
  const array = arrays[name];
  if (array) return array;
  throw new UserError(`checkpoint of an optimizer: expected the array ${name}, received [${Object.keys(arrays)}]`);
}

function restoreSlot({ originalName, shape }: SlotPlan, values: SavedState["arrays"][string]): Slot {
  const variable = tf.tidy(() => tf.variable(tf.zeros(shape), false));
  writeVariable(originalName, variable, values);
  return { originalName, variable };
}

function disposeSlots(slots: readonly Slot[]): void {
  for (const { variable } of slots) variable.dispose();
}
