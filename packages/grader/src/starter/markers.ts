import { didYouMean, UserError } from "@course/core";

/** The part of a source between `// #solution 2.1 what to do` and `// #end`. */
export interface SolutionBlock {
  readonly id: string;
  /** What the student has to do, one line. */
  readonly task: string;
  /** White space before the opening marker. */
  readonly indent: string;
  /** Lines of the opening and closing marker, counted from 1. */
  readonly startLine: number;
  readonly endLine: number;
}

const MARKER = /\/\/\s*#(solution|end)\b(.*)$/;
const OPENING = /^(\s*)\/\/ #solution ([1-9]\d*\.[1-9]\d*) (\S.*?)\s*$/;
const CLOSING = /^\s*\/\/ #end\s*$/;
const ONLY_COMMENT = /^\s*(\/\/.*|\/?\*.*)?$/;

/** Whether any marker, well formed or not, is left in the text. */
export function hasMarker(text: string): boolean {
  return splitLines(text).some((line) => MARKER.test(line));
}

/** Lines without their ends; `\r\n` counts as one end. */
export function splitLines(text: string): string[] {
  return text.split(/\r?\n/);
}

/**
 * Blocks in the order of the source.
 *
 * @param file Names the source in errors.
 * @param knownIds Ids of the rubric; every id is accepted where it is left out.
 * @throws UserError `file:line: …` for a marker that is malformed, nested, not closed or not
 * opened, for an id that the rubric lacks, and for a block with nothing to write.
 */
export function parseMarkers(source: string, file: string, knownIds?: readonly string[]): SolutionBlock[] {
  const lines = splitLines(source);
  const blocks: SolutionBlock[] = [];
  let open: Omit<SolutionBlock, "endLine"> | undefined;
  for (const [i, line] of lines.entries()) {
    const kind = MARKER.exec(line)?.[1];
    if (kind === undefined) continue;
    const where = `${file}:${i + 1}`;
    if (kind === "solution") {
      if (open)
        throw new UserError(`${where}: #solution inside ${open.id}, which is open since line ${open.startLine}`);
      open = { ...readOpening(line, where, knownIds), startLine: i + 1 };
      continue;
    }
    if (!CLOSING.test(line))
      throw new UserError(`${where}: expected "// #end" alone on its line, received "${line.trim()}"`);
    if (!open) throw new UserError(`${where}: #end without a #solution before it`);
    if (lines.slice(open.startLine, i).every((inner) => ONLY_COMMENT.test(inner)))
      throw new UserError(`${where}: ${open.id} is empty: there is nothing for a student to write`);
    blocks.push({ ...open, endLine: i + 1 });
    open = undefined;
  }
  if (open) throw new UserError(`${file}:${open.startLine}: #solution ${open.id} has no #end`);
  return blocks;
}

function readOpening(line: string, where: string, knownIds: readonly string[] | undefined) {
  const match = OPENING.exec(line);
  if (!match)
    throw new UserError(
      `${where}: expected "// #solution 2.1 what to do" alone on its line, received "${line.trim()}"`,
    );
  const [, indent, id, task] = match as unknown as [string, string, string, string];
  if (knownIds && !knownIds.includes(id))
    throw new UserError(`${where}: #solution ${id} is not in the rubric${didYouMean(id, knownIds)}`);
  return { id, task, indent };
}
