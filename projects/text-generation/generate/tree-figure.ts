import { PALETTE } from "@course/plots";
import type { Hypothesis } from "../src/beam.ts";
import { svgPage, svgText } from "./svg.ts";

const [COLUMN, ROW, TOP, LEFT] = [112, 24, 40, 16]; // px; a column holds eleven bold letters
const GREY = "#8b949e"; // on light and dark

interface TreeOptions {
  readonly title: string;
  /** What stands at the root: the prompt. */
  readonly root: string;
  /** A token's text. */
  readonly label: (token: number) => string;
  /** Steps drawn. */
  readonly depth?: number;
}

/**
 * The beam as a tree: what it kept in its first steps, the best text's path in colour, in grey what it dropped later.
 *
 * @param found the best first; kept: at every step
 */
export function drawTree(
  { found, kept }: { found: readonly Hypothesis[]; kept: readonly Hypothesis[] },
  { title, root, label, depth = 9 }: TreeOptions,
): string {
  const nodes = kept.filter(({ tokens }) => tokens.length <= depth);
  const parents = new Set(nodes.map(({ parent }) => parent));
  const chains = nodes.filter((node) => !parents.has(node)).map(chainOf); // each from the root
  const [best, alive] = [new Set(chainOf(found[0])), new Set(found.flatMap(chainOf))];
  chains.sort((a, b) => compare(tokensOf(a), tokensOf(b)));
  const rows = new Map<Hypothesis, number>();
  for (const [row, chain] of chains.entries()) for (const node of chain) if (!rows.has(node)) rows.set(node, row);
  const leaves = Math.max(...rows.values()) + 1;
  const x = (node: Hypothesis) => LEFT + (node.tokens.length === 0 ? 0 : 40 + node.tokens.length * COLUMN);
  const y = (node: Hypothesis) => TOP + (rows.get(node)! + 1) * ROW;
  const shapes = [...rows.keys()].map((node) => {
    const isBest = best.has(node);
    const text = node.parent ? label(node.tokens.at(-1)!) : root;
    const color = isBest ? PALETTE[1] : alive.has(node) ? "currentColor" : GREY;
    const end = node.parent ? x(node.parent) + (node.parent.parent ? COLUMN - 22 : 40 + COLUMN - 22) : 0;
    const edge = node.parent
      ? `<path d="M${end - 8} ${y(node.parent) - 4}C${end + 8} ${y(node.parent) - 4} ${x(node) - 14} ${y(node) - 4} ${x(node) - 4} ${y(node) - 4}" fill="none" stroke="${color}" stroke-opacity="${isBest ? 1 : 0.45}" stroke-width="${isBest ? 2 : 1}"/>`
      : "";
    return edge + svgText(text.slice(0, node.parent ? 11 : 18), { x: x(node), y: y(node), color, bold: isBest });
  });
  return svgPage({
    title,
    width: LEFT * 2 + 40 + (depth + 1) * COLUMN,
    height: TOP + (leaves + 1) * ROW,
    body: shapes.join("\n"),
  });
}

/** From the root to the hypothesis. */
function chainOf(hypothesis: Hypothesis): Hypothesis[] {
  const before = hypothesis.parent ? chainOf(hypothesis.parent) : [];
  return [...before, hypothesis];
}

const tokensOf = (chain: readonly Hypothesis[]) => chain.at(-1)!.tokens;

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((token, i) => token !== b[i]);
  return at < 0 ? a.length - b.length : a[at] - (b[at] ?? -1);
}
