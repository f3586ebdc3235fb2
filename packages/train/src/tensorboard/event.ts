import type { HistogramSummary } from "./histogram.ts";
import type { PngInfo } from "./png-info.ts";
import { bytesField, doubleField, floatField, messageField, packedDoublesField, varintField } from "./protobuf.ts";

/**
 * The messages of an event file, with the field numbers of TensorBoard's event.proto and
 * summary.proto. Scalars, histograms and images use the fields that every reader knows, TensorBoard
 * 2 included (it turns them into tensors when it loads them); text exists as a tensor only.
 */
export interface EventTime {
  readonly wallTime: number; // seconds since 1970
  readonly step: number;
}

/** The first event of every file. */
export function versionEvent(wallTime: number): Uint8Array {
  return Buffer.concat([doubleField(1, wallTime), bytesField(3, "brain.Event:2")]);
}

/** A session starts: of what earlier files hold, TensorBoard drops this step and all after it. */
export function sessionStartEvent({ wallTime, step }: EventTime): Uint8Array {
  const start = varintField(1, 1); // SessionLog.status = START
  return Buffer.concat([doubleField(1, wallTime), varintField(2, step), messageField(7, start)]);
}

/** @param values made by the `…Value` functions. */
export function summaryEvent({ wallTime, step }: EventTime, values: readonly Uint8Array[]): Uint8Array {
  const summary = messageField(5, ...values.map((value) => messageField(1, value)));
  return Buffer.concat([doubleField(1, wallTime), varintField(2, step), summary]);
}

/** Stored as float32. */
export function scalarValue(tag: string, value: number): Uint8Array {
  return Buffer.concat([bytesField(1, tag), floatField(2, value)]);
}

export function histogramValue(tag: string, histogram: HistogramSummary): Uint8Array {
  const message = messageField(
    5,
    doubleField(1, histogram.min),
    doubleField(2, histogram.max),
    doubleField(3, histogram.count),
    doubleField(4, histogram.sum),
    doubleField(5, histogram.sumOfSquares),
    packedDoublesField(6, histogram.limits),
    packedDoublesField(7, histogram.counts),
  );
  return Buffer.concat([bytesField(1, tag), message]);
}

export function imageValue(tag: string, png: Uint8Array, { width, height, channels }: PngInfo): Uint8Array {
  const message = messageField(
    4,
    varintField(1, height),
    varintField(2, width),
    varintField(3, channels),
    bytesField(4, png),
  );
  return Buffer.concat([bytesField(1, tag), message]);
}

/** Shown as Markdown. */
export function textValue(tag: string, text: string): Uint8Array {
  const metadata = messageField(9, messageField(1, bytesField(1, "text")), varintField(4, 2)); // data class: tensor
  const tensor = messageField(8, varintField(1, 7), messageField(2), bytesField(8, text)); // DT_STRING of shape []
  return Buffer.concat([bytesField(1, tag), metadata, tensor]);
}
