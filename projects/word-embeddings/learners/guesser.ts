import { contextWindows, type WindowOptions, type Windows } from "@course/data";
import { adam, saveable, saveableOptimizer, setLearningRate, tf } from "@course/tf";
import { takeWindows } from "../src/corpus.ts";
import { type Evaluation, evaluate } from "../src/evaluate.ts";
import { createNetwork, variablesOf } from "../src/network.ts";
import { trainStep } from "../src/step.ts";
import { drawCandidates } from "./draw-candidates.ts";
import type { Learner, Setup } from "./learner.ts";

export interface Guesser extends Learner {
  test(): Evaluation;
}

/** A network that guesses a word from those before it, or around it. */
export function createGuesser(name: string, around: WindowOptions, { corpus, config, random }: Setup): Guesser {
  const { vocabulary, ids } = corpus;
  const windows = contextWindows(ids.train, around);
  const validation = everyNth(contextWindows(ids.validation, around), config.validateEvery);
  const test = contextWindows(ids.test, around);
  const shares = Float64Array.from(vocabulary.counts, (count) => count / vocabulary.total);
  const network = createNetwork({ ...config, shares, width: windows.width }, random.stream(name));
  const optimizer = adam({ learningRate: config.learningRate });
  const draw = { shares, drawn: config.drawn, text: ids.train };
  const variables = variablesOf(network);
  return {
    places: windows.targets.length,
    parameters: variables.reduce((sum, { size }) => sum + size, 0),
    parts: { [name]: saveable(variables), [`${name}Adam`]: saveableOptimizer(optimizer) },
    vectors: () => network.embeddings.dataSync<"float32">(),
    validate: () => evaluate(network, validation),
    test: () => evaluate(network, test),
    learn(indices, { epoch, rate, random }) {
      const { contexts, targets, width } = takeWindows(windows, indices);
      const isFull = config.drawn === 0 || epoch > config.epochs - config.fullEpochs;
      const candidates = isFull ? undefined : drawCandidates(targets, { ...draw, random });
      setLearningRate(optimizer, rate);
      const tensor = tf.tensor2d(contexts, [targets.length, width], "int32");
      const dropout = { rate: config.dropout, random };
      const loss = trainStep(network, optimizer, { contexts: tensor, targets, candidates, dropout });
      tensor.dispose();
      return loss;
    },
  };
}

function everyNth(windows: Windows, n: number): Windows {
  return takeWindows(
    windows,
    Uint32Array.from({ length: Math.ceil(windows.targets.length / n) }, (_, i) => i * n),
  );
}
