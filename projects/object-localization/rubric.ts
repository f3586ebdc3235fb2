import { defineRubric } from "@course/grader";

export default defineRubric({
  project: "object-localization",
  editable: ["src/analysis.ts", "src/boxes.ts", "src/evaluate.ts", "src/loss.ts", "src/model.ts", "src/step.ts"],
  items: [
    {
      id: "1.1",
      title: "From outputs to a box",
      points: 8,
      hint: "tf.split(outputs, 2, 1) gives centres and sides, each [batch, 2]; x comes before y, width before height.",
    },
    {
      id: "1.2",
      title: "From a box to outputs",
      points: 6,
      hint: "encodeBox undoes decodeBoxes step by step; the exponential's opposite is Math.log.",
    },
    {
      id: "2.1",
      title: "LeNet-5 in three sizes",
      points: 12,
      hint: "Loop over filters, then over hidden. The last dense layer has no activation. lenet-a has 359,731 parameters.",
    },
    {
      id: "2.2",
      title: "Residual block",
      points: 12,
      hint: "The second convolution has stride 1 and no ReLU before the sum. The residual network has 1,050,927 parameters.",
    },
    {
      id: "3.1",
      title: "Binary cross-entropy of logits",
      points: 8,
      hint: "tf.relu is max(z, 0), tf.log1p is log(1 + x). At z = 0 it is ln 2 whatever the label.",
    },
    {
      id: "3.2",
      title: "Generalised IoU",
      points: 12,
      hint: "area() is 0 where max is below min: give it the greater of the minima and the smaller of the maxima.",
    },
    {
      id: "3.3",
      title: "Three terms, two of them for scenes with an object",
      points: 10,
      hint: "A term of an empty scene is multiplied by 0; the mean is taken over all scenes of the batch.",
    },
    {
      id: "3.4",
      title: "A training step that learns",
      points: 10,
      hint: "optimizer.minimize(f, false, variables) wants the sum as a scalar; read the terms inside f with dataSync.",
    },
    {
      id: "4.1",
      title: "Accuracies and IoU over scenes",
      points: 10,
      hint: "objects[i] is [] in an empty scene. An overlooked object counts for class accuracy and IoU, with 0.",
    },
    {
      id: "4.2",
      title: "Scores by range",
      points: 5,
      hint: "Each range holds its lower edge and not its upper one, but for the last. NaN marks an empty scene.",
    },
    {
      id: "5.1",
      title: "Best and worst scenes",
      points: 3,
      hint: "Sort indices, not IoUs, and leave those with NaN out before: NaN compares as neither greater nor less.",
    },
    {
      id: "6.1",
      title: "Finds digits",
      points: 4,
      hint: "Train the default preset: pnpm --filter object-localization run train.",
      metric: { name: "test/iou", atLeast: 0.77 },
    },
  ],
});
