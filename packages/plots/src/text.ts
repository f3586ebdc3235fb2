/** Advance widths of DejaVu Sans for the characters from space to `~`, in thousandths of the font size. */
const REGULAR = [
  318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636,
  636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863,
  748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635,
  615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636,
  337, 636, 838,
];
const BOLD_FACTOR = 1.13; // mean over English text; DejaVu Sans Bold is wider
const OTHER = 700; // accented and Greek letters have 590 to 770
const FULL_WIDTH = 1000; // Chinese, Japanese, Korean, emoji, symbols

/**
 * Width in px that text takes in DejaVu Sans, the font of `svgToPng`. Most fonts that a browser
 * takes instead are narrower, so what fits by this measure fits there too. Kerning is left out.
 */
export function textWidth(text: string, fontSize: number, { bold = false } = {}): number {
  let sum = 0;
  for (const character of text) sum += advance(character.codePointAt(0)!);
  return (sum * fontSize * (bold ? BOLD_FACTOR : 1)) / 1000;
}

function advance(codePoint: number): number {
  if (codePoint >= 32 && codePoint < 127) return REGULAR[codePoint - 32]!;
  return codePoint >= 0x1100 ? FULL_WIDTH : OTHER;
}

/** Text that fits into `width` px: its middle gives way to an ellipsis, as names often differ at the end. */
export function shorten(text: string, fontSize: number, width: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  const characters = [...text];
  for (let kept = characters.length - 1; kept > 0; kept--) {
    const head = characters
      .slice(0, Math.ceil(kept * 0.6))
      .join("")
      .trimEnd();
    const tail = characters
      .slice(characters.length - Math.floor(kept * 0.4))
      .join("")
      .trimStart();
    const candidate = kept > 4 ? `${head}…${tail}` : `${characters.slice(0, kept).join("")}…`;
    if (textWidth(candidate, fontSize) <= width) return candidate;
  }
  return "…";
}

/** Breaks at spaces into at most `maxLines` lines of at most `width` px; what is too long is shortened. */
export function wrap(text: string, fontSize: number, { width, maxLines = 3, bold = false }: WrapOptions): string[] {
  const room = bold ? width / BOLD_FACTOR : width;
  const lines: string[] = [];
  for (const word of text.split(" ").filter((part) => part !== "")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && (textWidth(longer, fontSize) <= room || lines.length === maxLines))
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => shorten(line, fontSize, room));
}

export interface WrapOptions {
  readonly width: number;
  readonly maxLines?: number;
  readonly bold?: boolean;
}

/** Text on one line, without the characters that XML 1.0 cannot hold: each becomes U+FFFD. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s+/g, " ")
    .replace(/\p{Cc}|[\ufffe\uffff]/gu, "\ufffd");
}

/** Cleaned text for an SVG element or a quoted attribute. */
export function escapeXml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return cleanText(text).replace(/[&<>"]/g, (character) => entities[character]!);
}
