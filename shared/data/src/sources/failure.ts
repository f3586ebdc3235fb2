/** Why one source gave no usable file, in one line. The next source is tried; the reason is kept and reported. */
export class SourceFailure extends Error {
  override name = "SourceFailure";
}
