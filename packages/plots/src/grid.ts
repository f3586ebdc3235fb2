import { BOX_LINE, BOX_STYLES, type DrawnBox } from "./boxes.ts";
import { svgDocument } from "./document.ts";
import { drawHeading, type Heading, NARROWEST_TITLE } from "./heading.ts";
import { drawTile, type GridImage, type Tile } from "./tile.ts";

export interface GridOptions extends Heading {
  readonly columns?: number | undefined;
  readonly scale: number; // px for each pixel
}

const MARGIN = 8; // px around the figure
const GAP = 16; // px between images
const WIDEST = 720; // px of a row by default
const NARROWEST_CAPTION = 84; // px
const CAPTION_GAP = 6; // px between image and caption
const LEGEND_HEIGHT = 26; // px

/** Lays tiles out in rows below the heading, with a legend where there are boxes. */
export async function drawGrid(images: readonly GridImage[], options: GridOptions): Promise<string> {
  const { title, scale } = options;
  const hasText = images.some(({ caption, tone }) => caption || tone);
  const widest = Math.max(...images.map(({ width }) => width * scale));
  const cell = Math.max(widest, hasText ? NARROWEST_CAPTION : 0);
  const columns = Math.min(images.length, options.columns ?? evenColumns(images.length, cell));
  const tiles = await Promise.all(images.map((image) => drawTile(image, { scale, captionWidth: cell })));
  const width = Math.max(columns * (cell + GAP) - GAP, NARROWEST_TITLE);
  const heading = drawHeading(options, width);
  const rows = placeRows(tiles, { columns, cell, top: heading.height + GAP });
  const legend = drawLegend(
    images.flatMap(({ boxes = [] }) => boxes),
    rows.bottom,
  );
  return svgDocument({
    width: width + 2 * MARGIN,
    height: legend.bottom + 2 * MARGIN,
    title,
    description: describe(images),
    body: `<g transform="translate(${MARGIN},${MARGIN})">${heading.svg}${rows.svg}${legend.svg}</g>`,
  });
}

/** As many columns as fit, or fewer where as many rows then fill evenly. */
function evenColumns(count: number, cell: number): number {
  const most = Math.max(1, Math.floor((WIDEST + GAP) / (cell + GAP)));
  return Math.ceil(count / Math.ceil(count / most));
}

interface Drawn {
  readonly svg: string;
  readonly bottom: number; // px
}

function placeRows(
  tiles: readonly Tile[],
  { columns, cell, top }: { columns: number; cell: number; top: number },
): Drawn {
  const parts: string[] = [];
  let bottom = top;
  for (let first = 0; first < tiles.length; first += columns) {
    const row = tiles.slice(first, first + columns);
    const y = first === 0 ? top : bottom + GAP;
    const captionY = y + Math.max(...row.map(({ height }) => height)) + CAPTION_GAP;
    row.forEach(({ picture, caption }, column) => {
      const x = column * (cell + GAP);
      parts.push(`<g transform="translate(${x},${y})">${picture}</g>`);
      if (caption !== "") parts.push(`<g transform="translate(${x},${captionY})">${caption}</g>`);
    });
    const deepest = Math.max(...row.map(({ captionHeight }) => captionHeight));
    bottom = deepest > 0 ? captionY + deepest : captionY - CAPTION_GAP;
  }
  return { svg: parts.join(""), bottom };
}

function drawLegend(boxes: readonly DrawnBox[], top: number): Drawn {
  const kinds = (["true", "predicted"] as const).filter((kind) => boxes.some((box) => box.kind === kind));
  if (kinds.length === 0) return { svg: "", bottom: top };
  const y = top + LEGEND_HEIGHT - 8;
  const entries = kinds.map((kind, i) => {
    const { color, dash } = BOX_STYLES[kind];
    return (
      `<path d="M${i * 90},${y}h28" stroke="${color}" stroke-width="${BOX_LINE}" stroke-dasharray="${dash}"/>` +
      `<text x="${i * 90 + 34}" y="${y + 4}" font-size="11" fill="currentColor">${kind}</text>`
    );
  });
  return { svg: entries.join(""), bottom: top + LEGEND_HEIGHT };
}

function describe(images: readonly GridImage[]): string {
  const boxes = images.flatMap((image) => image.boxes ?? []);
  const predicted = boxes.filter(({ kind }) => kind === "predicted").length;
  const counts = [
    countOf(images.length, "image"),
    ...(boxes.length > 0 ? [countOf(boxes.length - predicted, "true box"), countOf(predicted, "predicted box")] : []),
  ];
  const captions = images
    .map(({ caption = "", tone }) => (tone ? `${caption} (${tone})` : caption))
    .filter((text) => text.trim() !== "");
  return counts.join(", ") + (captions.length > 0 ? `: ${captions.join("; ")}` : "");
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : what.endsWith("x") ? "es" : "s"}`;
}
