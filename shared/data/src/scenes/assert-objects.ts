import { UserError } from "@course/core";
import type { Scenes } from "./scene.ts";

/** @param split for the message: "train" @throws UserError for empty scenes only */
export function assertObjects(split: string, { objects }: Pick<Scenes, "objects">): void {
  if (objects.some(({ length }) => length > 0)) return;
  throw new UserError(
    `${split}: expected scenes with an object, received empty ones only: there is no box to learn (too few scenes?)`,
  );
}
