/** Abbreviations that are one word with their dot, which ends no sentence. */
export const ABBREVIATIONS: readonly string[] = ["mr", "mrs", "dr", "st", "rev", "esq"];
