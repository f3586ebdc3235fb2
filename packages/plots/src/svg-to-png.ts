import { createRequire } from "node:module";
import { THEMES, type Theme } from "./theme.ts";

export interface PngOptions {
  /** Width of the picture in px; the figure's own width without it. The height follows. */
  readonly width?: number | undefined;
  /** Background and text colour of the picture. */
  readonly theme?: Theme | undefined;
}

const require = createRequire(import.meta.url);

/**
 * A figure of this package as PNG bytes, drawn by resvg with the DejaVu Sans fonts that come as an
 * npm package: the same picture on every machine. Letters that DejaVu Sans lacks (Chinese,
 * Japanese, Korean, most emoji) become boxes.
 *
 * @throws Error if the SVG cannot be parsed, RangeError for a width that is not a positive integer.
 */
export async function svgToPng(svg: string, { width, theme = "light" }: PngOptions = {}): Promise<Uint8Array> {
  if (width !== undefined && !(Number.isInteger(width) && width > 0))
    throw new RangeError(`svgToPng width: expected a positive integer (px), received ${width}`);
  const { renderAsync } = await import("@resvg/resvg-js");
  const { background, ink } = THEMES[theme];
  const image = await renderAsync(forResvg(svg, ink), {
    background,
    fitTo: width === undefined ? { mode: "original" } : { mode: "width", value: width },
    font: {
      loadSystemFonts: false,
      fontFiles: [
        require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
        require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
      ],
      defaultFontFamily: "DejaVu Sans",
      sansSerifFamily: "DejaVu Sans",
    },
    logLevel: "off",
  });
  return image.asPng();
}

/** resvg knows neither `:root` nor media queries, and `pixelated` under its older name only. */
function forResvg(svg: string, ink: string): string {
  return svg
    .replace("<svg ", `<svg color="${ink}" `)
    .replaceAll("image-rendering:pixelated", "image-rendering:optimizeSpeed");
}
