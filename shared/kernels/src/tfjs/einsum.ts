import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Site } from "./site.ts";
import type { KernelBuilder } from "./training-kernel.ts";

/** A tensor and the label of each of its axes; labels are numbers, those of the output come first. */
interface Labelled {
  readonly tensor: TensorInfo;
  readonly labels: readonly number[];
}

/**
 * Einstein summation of one or two tensors, as one batched matrix product: labels that both have and
 * the output keeps are batch axes, labels that both have and the output lacks are summed over, the
 * rest are rows and columns.
 */
export const einsum: KernelBuilder =
  ({ backend_util }) =>
  (site, { inputs, attrs }) => {
    const tensors = Object.values(inputs) as TensorInfo[];
    const { allDims, summedDims, idDims } = backend_util.decodeEinsumEquation(
      attrs!.equation as string,
      tensors.length,
    );
    backend_util.checkEinsumDimSizes(
      allDims.length,
      idDims,
      tensors as Parameters<typeof backend_util.checkEinsumDimSizes>[2],
    );
    const outputLabels = allDims.map((_, label) => label).filter((label) => !summedDims.includes(label));
    const scratch: TensorInfo[] = [];
    const run = temporaries(site, scratch);
    const terms = tensors.map((tensor, i) => {
      const others = new Set([...outputLabels, ...idDims.flatMap((labels, j) => (j === i ? [] : labels))]);
      return sumAway(run, { tensor, labels: idDims[i]! }, others);
    });
    const product = terms.length === 1 ? terms[0]! : multiply(run, terms as [Labelled, Labelled], outputLabels);
    const result = transposeTo(run, product, outputLabels);
    site.backend.incRef(result.dataId);
    for (const tensor of scratch) site.dispose(tensor);
    return { ...result, shape: [...result.shape] };
  };

type Run = (kernelName: string, inputs: Record<string, TensorInfo>, attrs?: Record<string, unknown>) => TensorInfo;

/** Calls kernels and remembers their results, to be disposed at the end. */
function temporaries(site: Site, scratch: TensorInfo[]): Run {
  return (kernelName, inputs, attrs = {}) => {
    const result = site.call(kernelName, inputs, attrs as Parameters<Site["call"]>[2]);
    scratch.push(result);
    return result;
  };
}

/** Sums over the axes whose labels nothing else needs. */
function sumAway(run: Run, { tensor, labels }: Labelled, needed: ReadonlySet<number>): Labelled {
  const axis = labels.flatMap((label, i) => (needed.has(label) ? [] : [i]));
  if (axis.length === 0) return { tensor, labels };
  return { tensor: run("Sum", { x: tensor }, { axis, keepDims: false }), labels: labels.filter((l) => needed.has(l)) };
}

function multiply(run: Run, [a, b]: [Labelled, Labelled], output: readonly number[]): Labelled {
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const batch = shared.filter((label) => output.includes(label));
  const summed = shared.filter((label) => !output.includes(label));
  const rows = a.labels.filter((label) => !shared.includes(label));
  const columns = b.labels.filter((label) => !shared.includes(label));
  const size = (labels: readonly number[]) => labels.reduce((n, label) => n * sizeOf([a, b], label), 1);
  const left = transposeTo(run, a, [...batch, ...rows, ...summed]);
  const right = transposeTo(run, b, [...batch, ...summed, ...columns]);
  const reshape = (x: TensorInfo, shape: number[]) => run("Reshape", { x }, { shape });
  const product = run(
    "BatchMatMul",
    {
      a: reshape(left, [size(batch), size(rows), size(summed)]),
      b: reshape(right, [size(batch), size(summed), size(columns)]),
    },
    { transposeA: false, transposeB: false },
  );
  const labels = [...batch, ...rows, ...columns];
  return {
    tensor: reshape(
      product,
      labels.map((label) => sizeOf([a, b], label)),
    ),
    labels,
  };
}

function sizeOf(terms: readonly Labelled[], label: number): number {
  const { tensor, labels } = terms.find((term) => term.labels.includes(label))!;
  return tensor.shape[labels.indexOf(label)]!;
}

function transposeTo(run: Run, { tensor, labels }: Labelled, wanted: readonly number[]): TensorInfo {
  const perm = wanted.map((label) => labels.indexOf(label));
  return perm.every((axis, i) => axis === i) ? tensor : run("Transpose", { x: tensor }, { perm });
}
