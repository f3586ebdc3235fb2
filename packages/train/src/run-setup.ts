import type { Backend } from "./backend.ts";
import type { Display } from "./display.ts";
import type { InterruptWatch } from "./interrupt.ts";
import type { MonitorOptions } from "./monitor.ts";
import type { Trial } from "./trial/trial.ts";

/** What a run is given by the command line, or by a test. */
export interface RunSetup {
  readonly folder: string;
  readonly seed: number;
  readonly dataFolder: string | undefined;
  readonly backend: Backend;
  readonly monitor: MonitorOptions;
  readonly display: Display;
  readonly interrupts: InterruptWatch;
  readonly resume: boolean;
  /** `--force`: goes on with another data set or patience than the checkpoint's, with a warning. */
  readonly force?: boolean;
  /** What takes the place of the training, if anything. */
  readonly trial?: Trial | undefined;
}
