/** Apart from the networks, so that the command's help need not load TensorFlow.js. */
export const STEP_NETWORKS = ["cnn", "vgg", "mlp", "lstm", "gru", "cbow"] as const;
export type StepNetworkName = (typeof STEP_NETWORKS)[number];

export const BATCH = 64;
/** Tokens in a sequence. */
export const TIME = 64;
/** Word vectors: words that predict the one in their middle, and how many are known. */
export const CBOW = { batch: 256, context: 4, vocabulary: 5000, dimensions: 100 } as const;
