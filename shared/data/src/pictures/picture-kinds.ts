import { basename, extname } from "node:path";

const EXTENSIONS = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".tif", ".tiff", ".avif"];

/** For messages: what `isPicture` takes. */
export const PICTURE_KINDS = "png, jpg, webp, gif, tiff, avif";

/** Whether the name is that of a picture; a hidden file is none. */
export function isPicture(path: string): boolean {
  return !basename(path).startsWith(".") && EXTENSIONS.includes(extname(path).toLowerCase());
}
