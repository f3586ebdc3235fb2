import { createHash } from "node:crypto";
import { escapeXml } from "./text.ts";
import { THEMES } from "./theme.ts";

/** System fonts first: a browser loads nothing. `svgToPng` has DejaVu Sans only. */
const FONT_FAMILY = "system-ui, 'Segoe UI', Helvetica, Arial, 'DejaVu Sans', sans-serif";

/** `svg:root` matches a figure that is a document of its own, not one inside an HTML page. */
const STYLE =
  `svg:root{color:${THEMES.light.ink}}` + `@media (prefers-color-scheme:dark){svg:root{color:${THEMES.dark.ink}}}`;

export interface Drawing {
  readonly width: number; // px
  readonly height: number; // px
  /** Read aloud by screen readers, with `description`; both may hold any text. */
  readonly title: string;
  readonly description: string;
  /** SVG elements; texts in it are already escaped. */
  readonly body: string;
}

/** A self-contained SVG: no script, no request, no external font, no background. */
export function svgDocument({ width, height, title, description, body }: Drawing): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}"` +
    ` viewBox="0 0 ${width} ${height}" font-family="${FONT_FAMILY}" style="max-width:100%;height:auto">` +
    `<title>${escapeXml(title)}</title><desc>${escapeXml(description)}</desc><style>${STYLE}</style>` +
    `${inLines(withOwnIds(body))}</svg>\n`
  );
}

/** An element a line, so that changes of a committed figure can be read. Texts stay as they are. */
function inLines(body: string): string {
  return body.replace(/(?<=>)(?=<(?:defs|g|image|line|path|rect|svg|text)[ >])/g, "\n");
}

/**
 * Vega numbers its ids over the life of the process, so one chart would differ from call to call
 * and two charts in one page would share ids. Here they depend on the drawing alone.
 */
function withOwnIds(body: string): string {
  const order: string[] = [];
  const numberOf = (id: string) => {
    if (!order.includes(id)) order.push(id);
    return order.indexOf(id);
  };
  const numbered = replaceIds(body, (id) => `${numberOf(id)}`);
  const prefix = createHash("sha256").update(numbered).digest("hex").slice(0, 8);
  return replaceIds(body, (id) => `p${prefix}-${numberOf(id)}`);
}

/** Only within tags: a text may hold what looks like an id. */
function replaceIds(body: string, rename: (id: string) => string): string {
  return body.replace(/<[^>]+>/g, (tag) =>
    tag.replace(/(\bid="|url\(#)([\w-]+)/g, (_, before: string, id: string) => before + rename(id)),
  );
}
