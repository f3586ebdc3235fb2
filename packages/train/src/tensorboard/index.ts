export { createEventWriter, type EventWriter, type EventWriterOptions } from "./event-writer.ts";
export { writeStateHistograms } from "./state-histograms.ts";
