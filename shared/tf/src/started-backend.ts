export const BACKEND_NAMES = ["auto", "wasm", "native", "cpu"] as const;
export type BackendName = (typeof BACKEND_NAMES)[number];

export interface StartedBackend {
  readonly backend: Exclude<BackendName, "auto">;
  /** Threads that compute, the main one included. */
  readonly threads: number;
  /** Width in bits of the vectors in our kernels; undefined where they do not run. */
  readonly vectorWidth: 128 | 256 | undefined;
  /** Identifies the kernels that computed; undefined where ours do not run. */
  readonly kernelsHash: string | undefined;
  /** What a user should know about this choice; empty if all is as it should be. */
  readonly note: string;
}
