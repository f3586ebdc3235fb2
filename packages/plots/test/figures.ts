import { createRandom } from "@course/core";
import * as plots from "../src/index.ts";

/** One example of every kind of figure; the README shows them as its pictures. */
export const figures: Readonly<Record<string, () => Promise<string>>> = {
  "line-chart": () => {
    const x = Array.from({ length: 20 }, (_, i) => i + 1);
    const decay = (floor: number, rise: number) => x.map((epoch) => floor + rise * Math.exp(-epoch / 5));
    const validation = decay(0.3, 0.35);
    return plots.lineChart({
      title: "Loss while training",
      subtitle: "mean and interval of three seeds; no value after epoch 8",
      xLabel: "epoch",
      yLabel: "cross-entropy (nats)",
      series: [
        { name: "train", x, y: decay(0.1, 0.5), low: decay(0.07, 0.48), high: decay(0.13, 0.52) },
        { name: "validation", x, y: validation.map((value, i) => (i === 8 ? Number.NaN : value)) },
      ],
    });
  },
  "line-chart-log": () => {
    const random = createRandom("line-chart-log");
    const x = Float64Array.from({ length: 5000 }, (_, i) => i + 1);
    return plots.lineChart({
      ...{ title: "Loss of each step", xLabel: "step", yLabel: "cross-entropy (nats)", logX: true, logY: true },
      series: [{ name: "loss", x, y: x.map((step) => 2.3 * step ** -0.3 * random.uniform(0.8, 1.2)) }],
    });
  },
  "line-chart-empty": () =>
    plots.lineChart({
      ...{ title: "Loss of each epoch", xLabel: "epoch", yLabel: "cross-entropy (nats)", logY: true },
      series: ["train", "validation"].map((name) => ({ name, x: [1, 2, 3], y: [0, Number.NaN, Number.NaN] })),
    }),
  "bar-chart": () =>
    plots.barChart({
      title: "Test accuracy by regularisation",
      subtitle: "mean and 95 % interval over seeds",
      yLabel: "accuracy (fraction)",
      bars: [
        { name: "none", value: 0.884, low: 0.874, high: 0.894 },
        { name: "L1", value: 0.871, low: 0.852, high: 0.89 },
        { name: "L2", value: 0.902, low: 0.897, high: 0.907 },
        { name: "majority", value: 0.1 },
      ],
    }),
  "bar-chart-lying": () =>
    plots.barChart({
      title: "Which word stands between its neighbours?",
      yLabel: "accuracy (fraction)",
      fromZero: false,
      bars: [
        { name: "one GRU forward, one backward, frozen vectors", value: 0.761, low: 0.753, high: 0.769 },
        { name: "attention", value: 0.728, low: 0.72, high: 0.736 },
        { name: "count table (previous, next word)", value: 0.595, low: 0.586, high: 0.604 },
        { name: "diverged", value: Number.NaN },
      ],
    }),
  "scatter-plot": () => {
    const random = createRandom("scatter-plot");
    const words = { people: "man woman child lady king captain sir", sea: "ship sea whale boat sail harbour storm" };
    const points = Object.entries(words).flatMap(([group, members], g) =>
      members.split(" ").map((label) => ({ label, group, x: random.normal(3 * g), y: random.normal(g) })),
    );
    return plots.scatterPlot({
      ...{ title: "Words in two dimensions", xLabel: "first component", yLabel: "second component" },
      ...{ points, height: 300 },
    });
  },
  "scatter-plot-path": () => {
    const path = (group: string, momentum: number) => {
      let [x, y, vx, vy] = [-1.5, 1.2, 0, 0];
      return Array.from({ length: 40 }, () => {
        [vx, vy] = [momentum * vx - 0.02 * x, momentum * vy - 0.15 * y];
        [x, y] = [x + vx, y + vy];
        return { x, y, group };
      });
    };
    return plots.scatterPlot({
      ...{ title: "Paths of two optimizers", xLabel: "first weight", yLabel: "second weight", connect: true },
      ...{ points: [...path("SGD", 0), ...path("SGD, momentum 0.8", 0.8)], height: 300 },
    });
  },
  histogram: () => {
    const random = createRandom("histogram");
    const weights = (spread: number) => Float32Array.from({ length: 2000 }, () => random.normal(0, spread));
    return plots.histogram({
      title: "Weights of the first layer",
      xLabel: "weight",
      logY: true,
      bins: 30,
      series: [
        { name: "L2", values: weights(0.03) },
        { name: "no regularisation", values: weights(0.06) },
      ],
    });
  },
  "heat-map": () => {
    const words = ["man", "woman", "king", "whale", "have"];
    const values = words.map((_, i) => words.map((_, j) => (i === j ? 1 : Math.cos(i + j) * 0.8)));
    return plots.heatMap({ title: "Cosine similarity", rows: words, columns: words, values });
  },
  "heat-map-large": () => {
    const names = Array.from({ length: 24 }, (_, i) => `head ${i}`);
    const values = names.map((_, i) => names.map((_, j) => Math.exp(-((i - j) ** 2) / 30)));
    return plots.heatMap({ title: "Attention", rows: names, columns: names, values, valueLabel: "weight" });
  },
  "confusion-heat-map": () => {
    const classes = "T-shirt/top,Trouser,Pullover,Dress,Coat,Sandal,Shirt,Sneaker,Bag,Ankle boot".split(",");
    const counts = new Uint32Array(100);
    const random = createRandom("confusion");
    for (let i = 0; i < 10_000; i++) {
      const actual = i % 10;
      const isRight = random.uniform() < 0.88;
      counts[actual * 10 + (isRight ? actual : (actual + random.integer(1, 4)) % 10)]!++;
    }
    return plots.confusionHeatMap({
      title: "Confusion on the test set",
      classes,
      confusion: { numClasses: 10, counts },
    });
  },
  "image-grid": () =>
    plots.imageGrid({
      title: "Predictions",
      subtitle: "class and probability",
      images: [0, 1, 2, 3, 4, 5].map((i) => ({
        ...ring(2 + i),
        caption: i % 3 === 2 ? "Shirt 0.51, true: T-shirt/top" : `Bag 0.9${i}`,
        tone: i % 3 === 2 ? "bad" : "good",
      })),
    }),
  "box-overlay": () =>
    plots.boxOverlay({
      title: "True and predicted boxes",
      ...ring(8, 48, 60),
      boxes: [
        { box: [20, 14, 40, 34], label: "7", kind: "true" },
        { box: [22, 12, 43, 33], label: "7 0.98", kind: "predicted" },
      ],
    }),
};

/** A bright ring on a dark ground. */
function ring(radius: number, height = 28, width = 28) {
  const pixels = Uint8Array.from({ length: height * width }, (_, i) => {
    const distance = Math.hypot((i % width) + 0.5 - width / 2, Math.floor(i / width) + 0.5 - height / 2);
    return Math.max(0, 240 - 90 * Math.abs(distance - radius));
  });
  return { pixels, height, width, channels: 1 as const };
}
