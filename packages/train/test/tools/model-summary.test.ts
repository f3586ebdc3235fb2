import { ShapeError } from "@course/core";
import { describe, expect, test } from "vitest";
import {
  formatModelSummary,
  type LayerDescription,
  layerCost,
  type Shape,
  summarizeModel,
  totalOf,
} from "../../src/tools/index.ts";
import { readGolden } from "./golden.ts";

const MNIST_CNN: LayerDescription[] = [
  { kind: "conv2d", filters: 32, kernel: [5, 5] },
  { kind: "pool2d", size: [2, 2] },
  { kind: "conv2d", filters: 64, kernel: [5, 5] },
  { kind: "pool2d", size: [2, 2] },
  { kind: "flatten" },
  { kind: "dense", units: 1024 },
  { kind: "dense", units: 10 },
];

describe("hand counts", () => {
  test("mnist-cnn", () => {
    const summary = summarizeModel([28, 28, 1], MNIST_CNN);
    expect(summary.rows.map(({ outputShape }) => outputShape)).toEqual([
      [24, 24, 32],
      [12, 12, 32],
      [8, 8, 64],
      [4, 4, 64],
      [1024],
      [1024],
      [10],
    ]);
    // 25·32 + 32, 25·32·64 + 64, 1024·1024 + 1024, 1024·10 + 10
    expect(summary.rows.map(({ parameters }) => parameters)).toEqual([832, 0, 51_264, 0, 0, 1_049_600, 10_250]);
    expect(summary.parameters).toBe(1_111_946);
    // 24·24·25·32, 8·8·25·32·64, 1024·1024, 1024·10
    expect(summary.rows.map(({ multiplyAdds }) => multiplyAdds)).toEqual([
      460_800, 0, 3_276_800, 0, 0, 1_048_576, 10_240,
    ]);
  });
  test.each<[string, LayerDescription, Shape, Shape, number, number]>([
    ["dense at each of 5 places", { kind: "dense", units: 3 }, [5, 2], [5, 3], 9, 30], // 2·3 + 3; 5·2·3
    ["dense without bias", { kind: "dense", units: 3, bias: false }, [2], [3], 6, 6],
    // 1×2 kernels, 3 channels, 4 filters: 24 + 4; at 5·6 places
    ["convolution", { kind: "conv2d", filters: 4, kernel: [1, 2] }, [5, 7, 3], [5, 6, 4], 28, 720],
    // ⌈5/2⌉ × ⌈7/3⌉ places
    [
      "strides",
      { kind: "conv2d", filters: 1, kernel: [3, 3], strides: [2, 3], padding: "same" },
      [5, 7, 1],
      [3, 3, 1],
      10,
      81,
    ],
    // a kernel of 3 with gaps spans 5
    [
      "dilation",
      { kind: "conv2d", filters: 1, kernel: [3, 1], dilation: [2, 1], bias: false },
      [6, 1, 1],
      [2, 1, 1],
      3,
      6,
    ],
    // 3×3 for each of 2·2 channels: 36 + 4
    ["depthwise", { kind: "depthwiseConv2d", depthMultiplier: 2, kernel: [3, 3] }, [3, 3, 2], [1, 1, 4], 40, 36],
    ["overlapping pool", { kind: "pool2d", size: [3, 3], strides: [2, 2] }, [7, 8, 5], [3, 3, 5], 0, 0],
    ["global pool", { kind: "globalPool" }, [7, 8, 5], [5], 0, 0],
    ["embedding", { kind: "embedding", vocabulary: 100, dimension: 8 }, [20], [20, 8], 800, 0],
    // 4 gates · 3 units · (2 + 3) + 4·3; 7 steps
    ["LSTM", { kind: "recurrent", cell: "lstm", units: 3 }, [7, 2], [3], 72, 420],
    // 3 gates · 3 · 5 + 2·9 biases
    [
      "GRU",
      { kind: "recurrent", cell: "gru", units: 3, resetAfter: true, returnSequences: true },
      [7, 2],
      [7, 3],
      63,
      315,
    ],
    // 2 directions · 3·5
    [
      "both ways",
      { kind: "recurrent", cell: "simple", units: 3, bias: false, bidirectional: true },
      [7, 2],
      [6],
      30,
      210,
    ],
    ["nothing", { kind: "elementwise" }, [3, 4], [3, 4], 0, 0],
    ["the caller's own", { kind: "other", outputShape: [9], parameters: 5, multiplyAdds: 6 }, [3], [9], 5, 6],
  ])("%s", (_, layer, input, outputShape, parameters, multiplyAdds) =>
    expect(layerCost(layer, input)).toEqual({ outputShape, parameters, trainable: parameters, multiplyAdds }),
  );
  test("batch normalisation: four numbers a channel, two of them trained", () =>
    expect(layerCost({ kind: "batchNorm" }, [5, 6, 7])).toMatchObject({ parameters: 28, trainable: 14 }));
});

describe("Keras's sizes and PyTorch's count of multiplications", () => {
  const { models } = readGolden();
  const ours: Record<string, [Shape, LayerDescription[]]> = {
    mnistCnn: [[28, 28, 1], MNIST_CNN],
    oddConvolutions: [
      [17, 23, 3],
      [
        { kind: "conv2d", filters: 5, kernel: [3, 2], strides: [2, 2], padding: "same", bias: false },
        { kind: "batchNorm" },
        { kind: "depthwiseConv2d", kernel: [3, 4], depthMultiplier: 2 },
        { kind: "pool2d", size: [2, 3], strides: [2, 2], padding: "same" },
        { kind: "conv2d", filters: 7, kernel: [2, 1], dilation: [2, 1] },
        { kind: "globalPool" },
        { kind: "dense", units: 4, bias: false },
      ],
    ],
    lstm: [
      [9],
      [
        { kind: "embedding", vocabulary: 50, dimension: 6 },
        { kind: "recurrent", cell: "lstm", units: 5, returnSequences: true, bidirectional: true },
        { kind: "dense", units: 3 },
        { kind: "recurrent", cell: "simple", units: 4, bias: false },
        { kind: "elementwise" },
      ],
    ],
    gru: [
      [7, 3],
      [
        { kind: "recurrent", cell: "gru", units: 5, returnSequences: true, resetAfter: true },
        { kind: "recurrent", cell: "gru", units: 4 },
        { kind: "dense", units: 2 },
      ],
    ],
  };
  test.each(Object.keys(models))("%s", (name) => {
    const { rows, parameters, multiplyAdds } = models[name]!;
    const summary = summarizeModel(...ours[name]!);
    const found = summary.rows.map((row) => ({
      output: row.outputShape,
      parameters: row.parameters,
      trainable: row.trainable,
    }));
    expect(found).toEqual(rows);
    expect([summary.parameters, summary.multiplyAdds]).toEqual([parameters, multiplyAdds]);
  });
});

test("the table", () =>
  expect(
    formatModelSummary(
      summarizeModel(
        [4, 4, 1],
        [{ kind: "conv2d", filters: 1000, kernel: [3, 3], name: "edges" }, { kind: "batchNorm" }],
      ),
    ),
  ).toBe(
    [
      "layer      output        parameters  multiply-adds",
      "──────────────────────────────────────────────────",
      "edges      2 × 2 × 1000      10,000         36,000",
      "batchNorm  2 × 2 × 1000       4,000              0",
      "──────────────────────────────────────────────────",
      "total                        14,000         36,000",
      "12,000 of the parameters are trained",
    ].join("\n"),
  ));
test("rows of a network that is not a sequence add up", () => {
  const branch = (name: string) => ({ name, ...layerCost({ kind: "dense", units: 2 }, [3]) });
  expect(totalOf([branch("left"), branch("right")])).toMatchObject({ parameters: 16, trainable: 16, multiplyAdds: 12 });
});
test("the layer that cannot take its input is named", () => {
  const flat: LayerDescription[] = [{ kind: "flatten" }, { kind: "conv2d", filters: 1, kernel: [3, 3] }];
  expect(() => summarizeModel([4, 4, 1], flat)).toThrow(ShapeError);
  expect(() => summarizeModel([4, 4, 1], flat)).toThrow(
    "layer 2 (conv2d): conv2d input: expected [height, width, channels], received [16]",
  );
  expect(() => summarizeModel([2, 9, 1], [{ kind: "pool2d", size: [3, 3], name: "shrink" }])).toThrow(
    "layer 1 (shrink): a window of [3, 3] does not fit into an image of [2, 9] without padding",
  );
  expect(() => summarizeModel([2, 9], [{ kind: "embedding", vocabulary: 3, dimension: 2 }])).toThrow(
    "expected [length]",
  );
  expect(() => summarizeModel([2], [{ kind: "recurrent", cell: "gru", units: 2 }])).toThrow(
    "expected [length, features]",
  );
});
