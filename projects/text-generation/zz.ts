
import { createRandom } from "@course/core";
import { adamw, setLearningRate, tf, useBackend } from "@course/tf";
import { oneCycle } from "@course/train";
import { config, planOf } from "./src/config.ts";
import { joinTexts, loadCorpus } from "./src/data.ts";
import { evaluate } from "./src/evaluate.ts";
import { createNetwork } from "./src/model.ts";
import { countStart } from "./src/start.ts";
import { trainStep } from "./src/step.ts";
import { arrangeStreams } from "./src/streams.ts";
await useBackend("auto", { threads: 1 });
const settings = { ...config.parse({ level: "character" }), limit: 700000, units: 128 };
const corpus = await loadCorpus(settings, {});
const text = joinTexts(corpus.train);
const V = corpus.vocabulary.tokens.length;
for (const rate of [3e-3, 8e-3, 1.5e-2]) {
  const random = createRandom(1);
  const plan = planOf(settings);
  const s = countStart(text, corpus.vocabulary, { dimension: 0, random });
  const c1 = process.cpuUsage().user;
  const network = createNetwork({ ...settings, ...plan, vocabularySize: V }, random, s);
  const streams = arrangeStreams(corpus.train, plan);
  const memory = Array.from({ length: 2 }, () => tf.variable(tf.zeros([plan.batchSize, 128]), false));
  const optimizer = adamw({ weightDecay: 0.01 });
  const steps = streams.windows;
  const schedule = oneCycle(rate, { steps, riseFraction: 0.1 });
  for (let i = 0; i < steps; i++) {
    setLearningRate(optimizer, schedule(i));
    trainStep({ network, optimizer, memory }, streams, { window: i, step: i });
  }
  const c2 = process.cpuUsage().user;
  const { loss, accuracy } = await evaluate(network, [joinTexts(corpus.test).subarray(0, 40000)]);
  console.log(rate, "V", V, "steps", steps, "nats", loss.toFixed(4), accuracy.toFixed(4), "train", (c2 - c1) / 1e6, new Date().toISOString().slice(11, 19));
  tf.disposeVariables();
}
