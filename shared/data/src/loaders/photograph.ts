import { decodeImage } from "../images/decode.ts";
import { openDataset } from "../open.ts";

/** A picture of any size, row-major [height, width, channels], 0–255. */
export interface Photograph {
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

const CHANNELS = { camera: 1, chelsea: 3 } as const;

/** A photograph to try filters on: `camera` is grey [512, 512, 1], `chelsea` (a cat) colour [300, 451, 3]. */
export async function loadPhotograph(name: keyof typeof CHANNELS): Promise<Photograph> {
  const { files } = await openDataset("photographs");
  return decodeImage(files.get(`${name}.png`)!, { channels: CHANNELS[name] });
}
