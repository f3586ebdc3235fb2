import { join } from "node:path";
import type { Vocabulary } from "@course/data";
import { writeProjector, writeSafetensors } from "@course/train";

interface Embeddings {
  /** [vocabulary, dimension] flattened. */
  readonly vectors: Float32Array;
  readonly vocabulary: Vocabulary;
  /** Which model they are of. */
  readonly model: string;
}

/**
 * Writes the words' vectors into the run folder, for other projects and programs:
 *
 * - `embeddings.safetensors`: tensor `embeddings` [vocabulary, dimension], float32; the metadata hold `tokens` (a JSON array,
 *   a token for each row; row 0 is `<unk>`), `vocabulary` (its hash) and `model`.
 * - `projector/embedd.tsv`, `projector/metadata.tsv`: for the Embedding Projector.
 */
export function writeEmbeddings(folder: string, { vectors, vocabulary, model }: Embeddings): void {
  const { tokens, hash } = vocabulary;
  const dimension = vectors.length / tokens.length;
  writeSafetensors(
    join(folder, "embeddings.safetensors"),
    { embeddings: { shape: [tokens.length, dimension], data: vectors } },
    { tokens: JSON.stringify(tokens), vocabulary: hash, model },
  );
  writeProjector(join(folder, "projector"), { vectors, dimension, metadata: { word: tokens } });
}
