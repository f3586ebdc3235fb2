import type { Elementwise } from "./elementwise.ts";

/** y = f(x) */
const unary = (name: string, expression: string): Elementwise => ({ name, reads: ["x"], writes: { y: expression } });

export const ELEMENTWISE: readonly Elementwise[] = [
  unary("expOf", "exp(x, table)"),
  unary("tanhOf", "tanh(x, table)"),
  unary("sigmoidOf", "sigmoid(x, table)"),
  unary("relu", "relu4(x)"),
  // dx = dy where y > 0; a NaN in y lets dy through, as the comparison "y ≤ 0" does not hold
  { name: "reluGradient", reads: ["dy", "y"], writes: { dx: "v128.andnot(dy, f32x4.le(y, f32x4.splat(0)))" } },
  // Derivatives by the function's own value: tanh' = 1 − y², sigmoid' = y(1 − y)
  {
    name: "tanhGradient",
    reads: ["dy", "y"],
    writes: { dx: "f32x4.mul(dy, negatedFma(y, y, f32x4.splat(1)))" },
  },
  {
    name: "sigmoidGradient",
    reads: ["dy", "y"],
    writes: { dx: "f32x4.mul(dy, f32x4.mul(y, f32x4.sub(f32x4.splat(1), y)))" },
  },
  { name: "add", reads: ["a", "b"], writes: { c: "f32x4.add(a, b)" } },
  // Velocity (Sutskever et al., 2013, as PyTorch writes it): v ← momentum·v + g; p ← p − rate·v
  {
    name: "sgdMomentum",
    reads: ["p", "v", "g"],
    scalars: ["rate", "momentum", "decay"],
    writes: { v: "withoutTiny(fma(momentum, v, fma(decay, p, g)))", p: "negatedFma(rate, new_v, p)" },
  },
  // Nesterov: p ← p − rate·(g + momentum·v)
  {
    name: "sgdNesterov",
    reads: ["p", "v", "g"],
    scalars: ["rate", "momentum", "decay"],
    writes: {
      v: "withoutTiny(fma(momentum, v, fma(decay, p, g)))",
      p: "negatedFma(rate, fma(momentum, new_v, fma(decay, p, g)), p)",
    },
  },
  {
    name: "sgd",
    reads: ["p", "g"],
    scalars: ["rate", "decay"],
    writes: { p: "negatedFma(rate, fma(decay, p, g), p)" },
  },
  // Tieleman & Hinton, 2012: s ← keep·s + gain·g²; v ← momentum·v + rate·g/√(s + ε); p ← p − v
  {
    name: "rmsprop",
    reads: ["p", "s", "g"],
    scalars: ["rate", "keep", "gain", "epsilon"],
    writes: {
      s: "withoutTiny(fma(keep, s, f32x4.mul(gain, f32x4.mul(g, g))))",
      p: "f32x4.sub(p, f32x4.div(f32x4.mul(rate, g), f32x4.sqrt(f32x4.add(new_s, epsilon))))",
    },
  },
  {
    name: "rmspropMomentum",
    reads: ["p", "s", "v", "g"],
    scalars: ["rate", "keep", "gain", "momentum", "epsilon"],
    writes: {
      s: "withoutTiny(fma(keep, s, f32x4.mul(gain, f32x4.mul(g, g))))",
      v: "withoutTiny(fma(momentum, v, f32x4.div(f32x4.mul(rate, g), f32x4.sqrt(f32x4.add(new_s, epsilon)))))",
      p: "f32x4.sub(p, new_v)",
    },
  },
  // Kingma & Ba, 2015, its section 2 form with the bias corrections inside rate and epsilon; the
  // factor `keepP` on p is the decoupled weight decay of AdamW (Loshchilov & Hutter, 2019)
  {
    name: "adam",
    reads: ["p", "m", "v", "g"],
    scalars: ["rate", "keepM", "gainM", "keepV", "gainV", "epsilon", "keepP"],
    writes: {
      m: "withoutTiny(fma(keepM, m, f32x4.mul(gainM, g)))",
      v: "withoutTiny(fma(keepV, v, f32x4.mul(gainV, f32x4.mul(g, g))))",
      p: "f32x4.sub(f32x4.mul(keepP, p), f32x4.div(f32x4.mul(rate, new_m), f32x4.add(f32x4.sqrt(new_v), epsilon)))",
    },
  },
];
