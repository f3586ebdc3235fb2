import { assertShape, sizeOf } from "@course/core";
import type { LayerCost, LayerDescription, Shape } from "./layers.ts";
import { recurrentCost } from "./recurrent.ts";
import { convCost, depthwiseCost, poolCost } from "./spatial.ts";

const IMAGE = { height: null, width: null, channels: null };

/**
 * Output shape, parameters and multiply-adds of one layer on one example.
 *
 * @param input sizes without the batch.
 * @throws ShapeError if the layer cannot take this input; RangeError if a window does not fit into it.
 */
export function layerCost(layer: LayerDescription, input: Shape): Required<LayerCost> {
  const cost = costOf(layer, input);
  return { trainable: cost.parameters, ...cost };
}

function costOf(layer: LayerDescription, input: Shape): LayerCost {
  const image = () => assertShape(`${layer.kind} input`, input, IMAGE);
  switch (layer.kind) {
    case "dense":
      return denseCost(input, layer.units, layer.bias ?? true);
    case "conv2d":
      image();
      return convCost(input, layer.filters, layer);
    case "depthwiseConv2d":
      image();
      return depthwiseCost(input, layer.depthMultiplier ?? 1, layer);
    case "pool2d":
      image();
      return poolCost(input, {
        size: layer.size,
        strides: layer.strides ?? layer.size,
        padding: layer.padding ?? "valid",
      });
    case "globalPool":
      image();
      return free([input[2]!]);
    case "flatten":
      return free([sizeOf(input)]);
    case "embedding":
      assertShape("embedding input", input, { length: null });
      return { ...free([input[0]!, layer.dimension]), parameters: layer.vocabulary * layer.dimension };
    case "recurrent":
      assertShape("recurrent input", input, { length: null, features: null });
      return recurrentCost(input, layer);
    case "batchNorm": {
      const channels = input.at(-1)!;
      return { ...free(input), parameters: 4 * channels, trainable: 2 * channels };
    }
    case "elementwise":
      return free(input);
    case "other": {
      const { kind: _, ...cost } = layer;
      return cost;
    }
  }
}

/** x […, features] → y […, units], the same weights at every place. */
function denseCost(input: Shape, units: number, bias: boolean): LayerCost {
  const features = input.at(-1)!;
  const outputShape = [...input.slice(0, -1), units];
  return {
    outputShape,
    parameters: features * units + (bias ? units : 0),
    multiplyAdds: features * sizeOf(outputShape),
  };
}

function free(outputShape: Shape): LayerCost {
  return { outputShape, parameters: 0, multiplyAdds: 0 };
}
