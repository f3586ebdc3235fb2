/** One verified file of a data set, decompressed, as it lies in the cache and reaches a parser. */
export interface DataFile {
  /** Unique in its entry; also the file's name in the cache and in a user's folder. */
  readonly name: string;
  /** Bytes of the decompressed payload. */
  readonly size: number;
  /** SHA-256 of the decompressed payload, hexadecimal. */
  readonly sha256: string;
}

/** Payload file name → path inside the package or archive, or below `assets/`. */
export type Members = Readonly<Record<string, string>>;

/** Turns the raw files of a package, by their path, into an entry's payload files, by their name. */
export type Convert = (
  parts: ReadonlyMap<string, Uint8Array>,
) => ReadonlyMap<string, Uint8Array> | Promise<ReadonlyMap<string, Uint8Array>>;

/** What to take from a package: single members, or parts that a function converts. A part that ends in "/" is a folder. */
export type Contents = { readonly members: Members } | { readonly parts: readonly string[]; readonly convert: Convert };

/** Files that the repository holds below `assets/`, plain or gzipped. */
export interface AssetSource {
  readonly kind: "asset";
  readonly members: Members;
}

/** One address per file, plain or gzipped. */
export interface UrlSource {
  readonly kind: "url";
  readonly urls: Readonly<Record<string, string>>;
}

/** One .tar, .tar.gz or .tar.xz that holds the files. */
export type ArchiveSource = Contents & {
  readonly kind: "archive";
  readonly url: string;
};

/** An npm package of one exact version: the installed one where it is a dependency, else fetched by the npm client. */
export type NpmSource = Contents & {
  readonly kind: "npm";
  readonly package: string;
  readonly version: string;
};

/** A Debian package, fetched by apt-get without root; paths start without "./" or "/": "usr/share/…". */
export type DebianSource = Contents & {
  readonly kind: "debian";
  readonly package: string;
};

export type Source = AssetSource | UrlSource | ArchiveSource | NpmSource | DebianSource;

/** What a reader should know before using a data set (after Gebru et al., 2021, "Datasheets for Datasets"). */
export interface Card {
  readonly about: string;
  readonly collected: string;
  readonly defects: string;
  readonly use: string;
}

/** One data set of the catalogue: plain data, no code but the conversions. */
export interface Entry {
  readonly name: string;
  readonly title: string;
  /** How much there is: "60,000 + 10,000 images of 28×28, 10 classes". */
  readonly counts: string;
  readonly licence: string;
  readonly homepage: string;
  readonly citation: string;
  readonly card: Card;
  readonly files: readonly DataFile[];
  /**
   * Tried in this order, after the user's folder and the cache: upstream addresses, then npm, then
   * Debian. An asset that holds the whole payload comes first: same bytes, no download.
   */
  readonly sources: readonly Source[];
  /** The last resort: fewer examples, in the repository. Its files have names of their own. */
  readonly subset?: { readonly about: string; readonly files: readonly DataFile[]; readonly source: AssetSource };
  /** What a user can do where no source can be reached; said in the error. */
  readonly instead?: string;
}
