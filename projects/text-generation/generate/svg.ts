import { escapeXml } from "@course/plots";

interface TextOptions {
  readonly x: number;
  readonly y: number;
  readonly color?: string;
  readonly bold?: boolean;
  readonly size?: number;
}

export function svgText(text: string, { x, y, color = "currentColor", bold = false, size = 13 }: TextOptions): string {
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${color}"${bold ? ' font-weight="bold"' : ""}>${escapeXml(text)}</text>`;
}

/** A figure in the page's own text colour; alone, in that of the reader's theme. */
export function svgPage({
  title,
  width,
  height,
  body,
}: {
  title: string;
  width: number;
  height: number;
  body: string;
}): string {
  const style = "svg:root{color:#1f2328}@media (prefers-color-scheme:dark){svg:root{color:#e6edf3}}";
  const font = "system-ui, 'Segoe UI', Helvetica, Arial, 'DejaVu Sans', sans-serif";
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"` +
    ` font-family="${font}" style="max-width:100%;height:auto"><title>${escapeXml(title)}</title><style>${style}</style>\n` +
    `${svgText(title, { x: 16, y: 24, bold: true, size: 15 })}\n${body}</svg>\n`
  );
}
