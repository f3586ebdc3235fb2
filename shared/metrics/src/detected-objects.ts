import { ShapeError } from "@course/core";
import { assertBoxes, type Box } from "./box.ts";
import { assertClassIds, assertFinite } from "./input-checks.ts";

/** What a model found in one image; all three of one length, empty where it found nothing. */
export interface DetectedObjects {
  readonly boxes: readonly Box[];
  /** Higher for surer. */
  readonly scores: ArrayLike<number>;
  readonly classes: ArrayLike<number>;
}

/** What is in one image; empty for an empty scene. */
export interface ActualObjects {
  readonly boxes: readonly Box[];
  readonly classes: ArrayLike<number>;
}

/** @throws ShapeError or RangeError unless every box is one and has a finite score and a class id, where given. */
export function assertDetections(
  where: string,
  boxes: readonly Box[],
  { scores, classes }: { scores?: ArrayLike<number> | undefined; classes?: ArrayLike<number> | undefined },
): void {
  assertBoxes(`${where} boxes`, boxes);
  for (const [name, values] of Object.entries({ scores, classes }))
    if (values && values.length !== boxes.length)
      throw new ShapeError(
        `${where} ${name}: expected [boxes=${boxes.length}], received [${values.length}] (of another image?)`,
      );
  if (scores) assertFinite(`${where} scores`, scores);
  if (classes) assertClassIds(`${where} classes`, classes);
}
