import { linearChannel, type Rgb } from "../src/contrast.ts";

/** Linear-light transforms for full dichromacy (Machado, Oliveira & Fernandes, 2009, severity 1.0). */
export const VISIONS = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const;

/** Distance in OKLab times 100 as this eye sees the colours: 2 is just noticeable (Ottosson, 2020). */
export function seenDistance(a: Rgb, b: Rgb, vision: keyof typeof VISIONS): number {
  const [p, q] = [okLab(a, vision), okLab(b, vision)];
  return 100 * Math.hypot(...p.map((value, i) => value - q[i]!));
}

function okLab(color: Rgb, vision: keyof typeof VISIONS): number[] {
  const linear = color.map(linearChannel);
  const seen = apply(VISIONS[vision], linear).map((channel) => Math.min(1, Math.max(0, channel)));
  return apply(LMS_TO_LAB, apply(RGB_TO_LMS, seen).map(Math.cbrt));
}

const RGB_TO_LMS = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const LMS_TO_LAB = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

function apply(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, factor, i) => sum + factor * vector[i]!, 0));
}
