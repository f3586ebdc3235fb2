/** A program: loads the tfjs-node whose folder is its argument and prints one matrix product as JSON. */
import { createRequire } from "node:module";
import util from "node:util";

interface TfjsNode {
  getBackend(): string;
  tensor2d(values: number[], shape: [number, number]): object;
  matMul(a: object, b: object): { dataSync(): Float32Array };
}

// tfjs-node 4.22 calls this function of `util`, which Node 23 removed
Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
const tf: TfjsNode = createRequire(import.meta.url)(process.argv[2]!);
const a = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
const b = tf.tensor2d([7, 8, 9, 10, 11, 12], [3, 2]);
const product = [...tf.matMul(a, b).dataSync()];
process.stdout.write(`\n${JSON.stringify({ backend: tf.getBackend(), product })}`);
