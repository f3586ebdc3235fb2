import { UserError } from "@course/core";
import { parseSync, visitorKeys } from "oxc-parser";
import type { SolutionBlock } from "./markers.ts";

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Throws a UserError `file:line: …` unless each block covers whole statements of one function
 * body, so that a statement that throws can stand in its place. A block at module level is refused
 * too: its starter could not even be imported.
 */
export function assertWholeStatements(source: string, file: string, blocks: readonly SolutionBlock[]): void {
  const { program, errors } = parseSync(file, source);
  if (errors[0]) throw new UserError(`${file}: does not parse: ${errors[0].message}`);
  const lineStarts = startsOfLines(source);
  for (const block of blocks) {
    const range = { start: lineStarts[block.startLine]!, end: lineStarts[block.endLine - 1]! };
    const { statements, isInFunction } = innermostStatements(program, range);
    const isWhole =
      statements.some((statement) => isInside(statement, range)) &&
      statements.every((statement) => isInside(statement, range) || isApart(statement, range));
    if (isInFunction && isWhole) continue;
    throw new UserError(
      `${file}:${block.startLine}: ${block.id}: expected whole statements inside one function body` +
        ` (does the block cut a statement, or stand outside a function?)`,
    );
  }
}

/** The smallest list of statements around the range; empty if a smaller node is in the way. */
function innermostStatements(root: Node, range: Range): { statements: readonly Node[]; isInFunction: boolean } {
  let node = root;
  let isInFunction = false;
  for (;;) {
    isInFunction ||= /Function/.test(node.type);
    const inner = childrenOf(node).find((child) => child.start < range.start && child.end > range.end);
    if (!inner) return { statements: statementsOf(node, range), isInFunction };
    node = inner;
  }
}

function childrenOf(node: Node): Node[] {
  const fields = node as unknown as Record<string, Node | readonly (Node | null)[] | null>;
  return (visitorKeys[node.type] ?? []).flatMap((key) => fields[key] ?? []).filter((child) => child !== null);
}

function statementsOf(node: Node, range: Range): readonly Node[] {
  if (node.type === "BlockStatement" || node.type === "FunctionBody") return childrenOf(node);
  if (node.type === "SwitchCase") return (node as unknown as { consequent: readonly Node[] }).consequent;
  if (node.type !== "SwitchStatement") return [];
  // a case ends with its last statement, so the range of a block at its end reaches beyond it
  const { cases } = node as unknown as { cases: readonly Node[] };
  const own = cases.findLast((label) => label.start < range.start);
  const isOneCase = !cases.some((label) => isInside({ start: label.start, end: label.start }, range));
  return own && isOneCase ? statementsOf(own, range) : [];
}

function isInside(node: Range, range: Range): boolean {
  return node.start >= range.start && node.end <= range.end;
}

function isApart(node: Range, range: Range): boolean {
  return node.end <= range.start || node.start >= range.end;
}

function startsOfLines(source: string): number[] {
  return [0, ...Array.from(source.matchAll(/\n/g), ({ index }) => index + 1)];
}
