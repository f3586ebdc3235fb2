import { didYouMean, UserError } from "@course/core";
import { strings, type Table } from "./table.ts";

/** What was learnt from the training split; plain JSON. */
export interface LabelEncoder {
  readonly kind: "labelEncoder";
  readonly column: string;
  /** Label → class, in order of their code units. */
  readonly classes: readonly string[];
}

/**
 * Learns the classes of a column, to be predicted.
 *
 * @param train the training split only.
 * @throws UserError for a column of numbers or without a value.
 */
export function fitLabelEncoder(train: Table, column: string): LabelEncoder {
  const classes = [...new Set(strings(train, column).filter((value) => value !== null))].sort();
  if (classes.length === 0)
    throw new UserError(`${train.name}, column "${column}": expected classes, received none (all missing?)`);
  return { kind: "labelEncoder", column, classes };
}

/**
 * Classes → labels [rows], each an index into `classes`.
 *
 * @throws UserError with row and value for a missing class or one that the training split did not have.
 */
export function encodeLabels({ column, classes }: LabelEncoder, table: Table): Int32Array {
  const labels = new Map(classes.map((name, label) => [name, label]));
  return Int32Array.from(strings(table, column), (value, row) => {
    const label = value === null ? undefined : labels.get(value);
    if (label !== undefined) return label;
    const where = `${table.name}, row ${row}, column "${column}"`;
    if (value === null) throw new UserError(`${where}: expected a class, received a missing value (drop the row?)`);
    throw new UserError(`${where}: class "${value}" is not in the training split${didYouMean(value, classes)}`);
  });
}

/** Labels → classes. @throws RangeError for a label without a class. */
export function decodeLabels({ classes }: LabelEncoder, labels: ArrayLike<number>): string[] {
  return Array.from(labels, (label, i) => {
    const name = classes[label];
    if (name !== undefined) return name;
    throw new RangeError(
      `decodeLabels: expected labels from 0 to ${classes.length - 1}, received ${label} at index ${i}`,
    );
  });
}
