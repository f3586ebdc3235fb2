import {
  LOCALIZATION_SCENES,
  type LoadOptions,
  loadSceneSplits,
  type SceneLimits,
  type SceneSplits,
} from "@course/data";
import { canGiveSide } from "./boxes.ts";
import type { Config } from "./config.ts";

const LIMITS: SceneLimits = {
  mostObjects: 1,
  canGive: ({ height, width }) => canGiveSide(height) && canGiveSide(width),
};
const SCENES = {
  ...{ plan: LOCALIZATION_SCENES, limits: LIMITS },
  ...{ name: "localization-scenes", seed: "object-localization" },
};

/** Scenes of one digit or none, as `loadSceneSplits` composes or reads them. @throws UserError for a user's folder with damaged, empty or unfit scenes */
export function loadSplits(
  { dataset, scenes, heldOut, warp }: Pick<Config, "dataset" | "scenes" | "heldOut" | "warp">,
  options: LoadOptions,
): Promise<SceneSplits> {
  return loadSceneSplits({ dataset, scenes, heldOut, trainWarp: warp, ...SCENES }, options);
}
