import { cleanText, escapeXml, wrap } from "./text.ts";

export interface Heading {
  readonly title: string;
  readonly subtitle?: string | undefined;
}

/** Sizes that charts use too, so that all figures have one look. */
export const TITLE_SIZE = 15; // px
export const SUBTITLE_SIZE = 12; // px
export const NARROWEST_TITLE = 360; // px

/** The lines of title and subtitle, no wider than `width` px. */
export function headingLines(
  { title, subtitle = "" }: Heading,
  width: number,
): { title: string[]; subtitle: string[] } {
  return {
    title: wrap(cleanText(title), TITLE_SIZE, { width, bold: true }),
    subtitle: wrap(cleanText(subtitle), SUBTITLE_SIZE, { width }),
  };
}

/** The heading as SVG from the origin down, and the height in px that it takes. */
export function drawHeading(heading: Heading, width: number): { svg: string; height: number } {
  const { title, subtitle } = headingLines(heading, width);
  const rows = [
    ...title.map((line) => ({ line, step: TITLE_SIZE + 2, style: `font-size="${TITLE_SIZE}" font-weight="bold"` })),
    ...subtitle.map((line) => ({ line, step: SUBTITLE_SIZE + 3, style: `font-size="${SUBTITLE_SIZE}"` })),
  ];
  let height = 0;
  const svg = rows.map(({ line, step, style }) => {
    height += step;
    return `<text y="${height - 3}" ${style} fill="currentColor">${escapeXml(line)}</text>`;
  });
  return { svg: svg.join(""), height };
}
