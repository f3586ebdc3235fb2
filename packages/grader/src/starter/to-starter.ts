import { UserError } from "@course/core";
import { parseMarkers, type SolutionBlock, splitLines } from "./markers.ts";
import { assertWholeStatements } from "./whole-statements.ts";

/**
 * The source as a student gets it: each solution block becomes a comment with the task and a
 * statement that throws; all else stays as it is, line ends included.
 *
 * A block must hold whole statements inside one function body. What later statements use must be
 * declared before the block, and the function must state its return type: only then does the
 * starter type-check.
 *
 * @param file Names the source in errors.
 * @param knownIds Ids of the rubric; every id is accepted where it is left out.
 * @throws UserError `file:line: …` for what `parseMarkers` refuses, and for a block that is not
 * whole statements inside a function.
 */
export function toStarter(source: string, file: string, knownIds?: readonly string[]): string {
  const blocks = parseMarkers(source, file, knownIds);
  if (blocks.length === 0) return source;
  assertWholeStatements(source, file, blocks);
  const lines = splitLines(source);
  for (const block of blocks.toReversed())
    lines.splice(block.startLine - 1, block.endLine - block.startLine + 1, ...taskLines(block));
  return lines.join(lineEnd(source, file));
}

function taskLines({ id, task, indent }: SolutionBlock): string[] {
  const message = JSON.stringify(`${id} is yours to write: ${task}`);
  return [`${indent}// TODO ${id} ${task}`, `${indent}throw new Error(${message});`];
}

function lineEnd(source: string, file: string): string {
  const windows = source.split("\r\n").length - 1;
  if (windows === 0) return "\n";
  if (windows === source.split("\n").length - 1) return "\r\n";
  throw new UserError(`${file}: mixes \\n and \\r\\n line ends: save it with one of them`);
}
