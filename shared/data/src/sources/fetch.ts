import type { Source } from "../catalogue/entry.ts";
import { fetchAssets } from "./asset.ts";
import { fetchDebian } from "./debian.ts";
import type { FetchContext } from "./fetch-context.ts";
import { fetchNpm } from "./npm.ts";
import { fetchArchive, fetchUrls } from "./url.ts";

/** The raw files of one source, by payload name; still compressed and not yet verified. */
export async function fetchSource(source: Source, context: FetchContext): Promise<ReadonlyMap<string, Uint8Array>> {
  switch (source.kind) {
    case "asset":
      return fetchAssets(source);
    case "url":
      return fetchUrls(source, context);
    case "archive":
      return fetchArchive(source, context);
    case "npm":
      return fetchNpm(source, context);
    case "debian":
      return fetchDebian(source, context);
  }
}
