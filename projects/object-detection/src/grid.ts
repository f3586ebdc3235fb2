import { UserError } from "@course/core";
import { assertBox } from "@course/data";
import type { Box } from "@course/metrics";

/** An image of height × width pixels, divided into rows × columns cells of one size. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly height: number;
  readonly width: number;
}

/** One object of a scene, as the data have it: corners in pixels and a class id. */
export interface GridObject {
  readonly box: Box;
  readonly label: number;
}

/**
 * A box seen from a cell: the centre as a fraction of the cell (0 is its left or top edge, 1 its right or
 * bottom edge), the sides in cells. An object larger than its cell has sides above 1.
 */
export type LocalBox = readonly [x: number, y: number, width: number, height: number];

/** Numbers of a cell in the target: has-object, the four of its local box, class id. */
export const TARGET_LENGTH = 6;

/** Number of the cell, row by row, that holds the box's centre; a centre on a line belongs to the cell right of or below it. */
export function cellOf([xMin, yMin, xMax, yMax]: Box, { rows, columns, height, width }: Grid): number {
  // #solution 1.1 row and column of the centre, from 0 to the last ones, then row · columns + column
  const inside = (place: number, count: number) => Math.min(Math.max(Math.floor(place), 0), count - 1);
  const column = inside((((xMin + xMax) / 2) * columns) / width, columns);
  const row = inside((((yMin + yMax) / 2) * rows) / height, rows);
  return row * columns + column;
  // #end
}

/** The box as its cell sees it. */
export function toLocal([xMin, yMin, xMax, yMax]: Box, cell: number, { rows, columns, height, width }: Grid): LocalBox {
  const [cellWidth, cellHeight] = [width / columns, height / rows];
  const [column, row] = [cell % columns, Math.floor(cell / columns)];
  // #solution 1.2 centre in cells less the cell's own place; sides in cells
  const [x, y] = [(xMin + xMax) / 2 / cellWidth - column, (yMin + yMax) / 2 / cellHeight - row];
  return [x, y, (xMax - xMin) / cellWidth, (yMax - yMin) / cellHeight];
  // #end
}

/** Undoes `toLocal`: corners in pixels. */
export function toBox([x, y, boxWidth, boxHeight]: LocalBox, cell: number, grid: Grid): Box {
  const { rows, columns, height, width } = grid;
  const [cellWidth, cellHeight] = [width / columns, height / rows];
  // #solution 1.3 the centre in pixels, then half a side to each side of it
  const [column, row] = [cell % columns, Math.floor(cell / columns)];
  const [centreX, centreY] = [(column + x) * cellWidth, (row + y) * cellHeight];
  const [halfWidth, halfHeight] = [(boxWidth * cellWidth) / 2, (boxHeight * cellHeight) / 2];
  return [centreX - halfWidth, centreY - halfHeight, centreX + halfWidth, centreY + halfHeight];
  // #end
}

/**
 * The grid of a scene from its raw list of objects: [rows, columns, 6] flat; the cells without an object are 0.
 *
 * @param where for messages: "train, scene 17"
 * @throws UserError for a box that `assertBox` refuses, or two objects with their centres in one cell
 */
export function buildGrid(objects: readonly GridObject[], grid: Grid, where: string): Float32Array {
  const target = new Float32Array(grid.rows * grid.columns * TARGET_LENGTH);
  objects.forEach(({ box, label }, i) => {
    assertBox(`${where}, object ${i}`, box, grid);
    const cell = cellOf(box, grid);
    if (target[cell * TARGET_LENGTH] === 1) {
      const place = `row ${Math.floor(cell / grid.columns)}, column ${cell % grid.columns}`;
      throw new UserError(
        `${where}, object ${i}: expected one object in a cell, received a second one in ${place} (a finer grid?)`,
      );
    }
    // #solution 1.4 write has-object 1, the local box and the class id to the cell's place
    target.set([1, ...toLocal(box, cell, grid), label], cell * TARGET_LENGTH);
    // #end
  });
  return target;
}
