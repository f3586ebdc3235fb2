import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import type { ImageGridOptions } from "../src/image-grid.ts";
import { imageGrid } from "../src/index.ts";
import { pngDataUri } from "../src/png.ts";
import type { GridImage } from "../src/tile.ts";
import { draw, pictureOrigin } from "./pixels.ts";
import { drawnTexts } from "./svg-texts.ts";

const grid = (images: readonly GridImage[], options: Partial<ImageGridOptions> = {}) =>
  imageGrid({ title: "t", images, ...options });
const grey = (height: number, width: number, rest: Partial<GridImage> = {}): GridImage => ({
  ...{ pixels: new Uint8Array(height * width).fill(90), height, width, channels: 1 },
  ...rest,
});

describe("pixels", () => {
  const pixels = Uint8Array.of(0, 60, 120, 180, 240, 255); // 2 rows, 3 columns

  test("are stored in the PNG as they are", async () => {
    const uri = await pngDataUri({ pixels, height: 2, width: 3, channels: 1 });
    const png = PNG.sync.read(Buffer.from(uri.split(",")[1]!, "base64"));
    expect([png.width, png.height]).toEqual([3, 2]);
    expect(Array.from({ length: 6 }, (_, i) => png.data[4 * i])).toEqual([...pixels]);
  });

  test("are drawn sharp: every px of a pixel has its colour", async () => {
    const svg = await grid([{ pixels, height: 2, width: 3, channels: 1 }], { scale: 4 });
    const [drawn, origin] = [await draw(svg), pictureOrigin(svg)];
    for (let y = 0; y < 8; y++)
      for (let x = 0; x < 12; x++) {
        const value = pixels[Math.floor(y / 4) * 3 + Math.floor(x / 4)]!;
        expect(drawn.at(origin.x + x, origin.y + y), `${x}, ${y}`).toBe(
          `#${value.toString(16).padStart(2, "0").repeat(3)}`,
        );
      }
  });

  test("of three channels are red, green and blue", async () => {
    const svg = await grid([{ pixels: Uint8Array.of(255, 0, 0, 0, 0, 255), height: 1, width: 2, channels: 3 }], {
      scale: 10,
    });
    const [drawn, origin] = [await draw(svg), pictureOrigin(svg)];
    expect([drawn.at(origin.x + 5, origin.y + 5), drawn.at(origin.x + 15, origin.y + 5)]).toEqual([
      "#ff0000",
      "#0000ff",
    ]);
  });
});

describe("layout", () => {
  const places = (svg: string) =>
    [...svg.matchAll(/<g transform="translate\((\d+),(\d+)\)">\n<image/g)].map(([, x, y]) => `${x} ${y}`);

  test("rows are filled evenly", async () => {
    const seven = Array.from({ length: 7 }, () => grey(28, 28));
    const columns = (svg: string) => new Set(places(svg).map((place) => place.split(" ")[0])).size;
    expect(columns(await grid(seven))).toBe(4); // five would fit, and leave a row of two
    expect(columns(await grid(seven, { columns: 3 }))).toBe(3);
  });

  test("captions keep apart and below their image, however long", async () => {
    const caption = "a caption of many words that takes more lines than there are and is shortened in the end";
    const svg = await grid(
      Array.from({ length: 6 }, (_, i) => grey(10, 10, { caption: `${i} ${caption}`, tone: "bad" })),
      { columns: 3, scale: 2 },
    );
    const texts = drawnTexts(svg).slice(1);
    expect(texts.length).toBe(18); // three lines each
    texts.forEach((a, i) => {
      for (const b of texts.slice(i + 1))
        expect(
          a.left < b.right && b.left < a.right && a.top < b.bottom - 1 && b.top < a.bottom - 1,
          `${a.text} | ${b.text}`,
        ).toBe(false);
    });
  });

  test("images of different sizes share one scale", async () => {
    const svg = await grid([grey(10, 20), grey(40, 5)], { scale: 3 });
    expect([...svg.matchAll(/<image width="(\d+)" height="(\d+)"/g)].map(([, w, h]) => [w, h])).toEqual([
      ["60", "30"],
      ["15", "120"],
    ]);
  });
});

describe("tone", () => {
  test("is told by a sign and by the frame's line, not by colour alone", async () => {
    const [good, bad] = await Promise.all(
      (["good", "bad"] as const).map((tone) => grid([grey(5, 5, { tone, caption: "x" })])),
    );
    const shape = (svg: string) => svg.replace(/#[0-9a-f]{6}/g, "").replace(/<desc>.*?<\/desc>/, "");
    expect(shape(good!)).not.toBe(shape(bad!));
    expect(bad).toContain("stroke-dasharray");
    expect(good).not.toContain("stroke-dasharray");
  });

  test("is in the description for who cannot see the figure", async () => {
    const svg = await grid([grey(5, 5, { tone: "bad", caption: "cat" }), grey(5, 5, { caption: "<dog>" })]);
    expect(svg).toContain("<desc>2 images: cat (bad); &lt;dog&gt;</desc>");
  });
});

test.each<[string, Partial<GridImage>, Partial<ImageGridOptions>, string]>([
  [
    "pixels",
    { channels: 3 },
    {},
    "imageGrid image 0 pixels [2, 2, 3]: expected [height·width·channels=12], received [4]",
  ],
  [
    "channels",
    { channels: 4 as 3 },
    {},
    "imageGrid image 0: expected whole height and width from 1 up and 1 or 3 channels, received [2, 2, 4]",
  ],
  ["a scale", {}, { scale: 1.5 }, "imageGrid scale: expected a whole number from 1 up, received 1.5"],
  ["columns", {}, { columns: 0 }, "imageGrid columns: expected a whole number from 1 up, received 0"],
  ["no images", {}, { images: [] }, "imageGrid images: expected at least one, received none"],
])("says what is wrong with %s", async (_, image, options, message) => {
  await expect(grid([{ ...grey(2, 2), ...image }], options)).rejects.toThrow(message);
});
