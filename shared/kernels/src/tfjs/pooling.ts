import type { NamedAttrMap, TensorInfo } from "@tensorflow/tfjs-core";
import type { WindowShape } from "../convolution-shape.ts";
import { averagePool, averagePoolGradient, maxPool, maxPoolGradient } from "../pooling.ts";
import { windowOf } from "./convolution-info.ts";
import type { Kernel, KernelCall, Site } from "./site.ts";
import type { KernelBuilder, Tfjs } from "./training-kernel.ts";

/** x [batch, height, width, channels] → y [batch, outHeight, outWidth, channels] */
const pool =
  (apply: typeof maxPool): KernelBuilder =>
  (tf) =>
  (site, call, stock) => {
    const { x } = call.inputs as { x: TensorInfo };
    const shape = poolShape(tf, x, call.attrs!);
    if (x.dtype !== "float32") return stock(call);
    const out = site.output([shape.batch, shape.outHeight, shape.outWidth, shape.channels]);
    apply(site.engine, { shape, x: site.address(x), y: site.address(out) });
    return out;
  };

export const maxPoolKernel = pool(maxPool);
export const averagePoolKernel = pool(averagePool);

/** dy, x and y of a max pooling → dx; where several are the maximum, the first gets it all. */
export const maxPoolGradientKernel: KernelBuilder = (tf) => (site, call, stock) => {
  const { dy, input, output } = call.inputs as { dy: TensorInfo; input: TensorInfo; output: TensorInfo };
  return gradient(site, call, stock, (dx) => {
    const shape = poolShape(tf, input, call.attrs!);
    const addresses = { dy: site.address(dy), x: site.address(input), y: site.address(output), dx };
    maxPoolGradient(site.engine, { shape, ...addresses });
  });
};

/**
 * dy of an average pooling of `input` → dx. The mean is over the places inside the image, and so is
 * its gradient; TensorFlow.js's own divides by the whole window at the border as well. Its tests
 * insist on that for a padding given in pixels, which is therefore left to it.
 */
export const averagePoolGradientKernel: KernelBuilder = (tf) => (site, call, stock) => {
  const { dy, input } = call.inputs as { dy: TensorInfo; input: TensorInfo };
  if (typeof call.attrs!.pad !== "string") return stock(call);
  return gradient(site, call, stock, (dx) => {
    averagePoolGradient(site.engine, { shape: poolShape(tf, input, call.attrs!), dy: site.address(dy), dx });
  });
};

function gradient(site: Site, call: KernelCall, stock: Kernel, write: (dx: number) => void): ReturnType<Kernel> {
  const { input } = call.inputs as { input: TensorInfo };
  if (input.dtype !== "float32") return stock(call);
  const out = site.output(input.shape);
  write(site.address(out));
  return out;
}

function poolShape({ backend_util }: Tfjs, { shape }: TensorInfo, attrs: NamedAttrMap): WindowShape {
  type Options = Parameters<typeof backend_util.computePool2DInfo>;
  return windowOf(
    backend_util.computePool2DInfo(
      shape as Options[0],
      attrs.filterSize as Options[1],
      attrs.strides as Options[2],
      1, // TensorFlow.js composes dilated pooling of others
      attrs.pad as Options[4],
      attrs.dimRoundingMode as Options[5],
    ),
  );
}
