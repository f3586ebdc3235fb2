/** Apart from the networks, so that the command's help need not load TensorFlow.js. */
export type StepNetworkName = "cnn" | "mlp" | "lstm" | "gru";

export const BATCH = 64;
/** Tokens in a sequence. */
export const TIME = 64;
