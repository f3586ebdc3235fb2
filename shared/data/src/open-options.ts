/** How far the download of one file is. Bytes as received: before decompression. */
export interface Progress {
  readonly file: string;
  readonly received: number;
  /** Undefined where the server does not say. */
  readonly total?: number | undefined;
}

/** When to give a network up, in seconds. */
export interface Patience {
  /** Until the server answers. */
  readonly connect: number;
  /** Without a single new byte. */
  readonly stall: number;
}

export interface OpenOptions {
  /** The user's own folder with the data set's files (`--data`): then nothing else is tried. */
  readonly dataFolder?: string | undefined;
  /** Skips every source that needs a network. */
  readonly offline?: boolean | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Default: `$COURSE_CACHE`, or `deep-learning-courses` in the XDG cache folder. */
  readonly cacheFolder?: string | undefined;
  /** Default: 5 s to connect, 20 s without a byte. */
  readonly patience?: Patience | undefined;
}
