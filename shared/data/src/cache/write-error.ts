import { UserError } from "@course/core";

const ADVICE: Readonly<Record<string, string>> = {
  EACCES: "no permission to write there",
  EPERM: "no permission to write there",
  EROFS: "this file system is read-only",
  ENOSPC: "the disk is full: free some space",
  EDQUOT: "the disk quota is used up: free some space",
  ENOENT: "it was removed while this command ran: run the command again",
  ENOTDIR: "a part of this path is a file, not a folder",
  EEXIST: "a part of this path is a file, not a folder",
};

/** A UserError for a file-system error with a known cause; any other error comes back as it is. */
export function explainWriteError(folder: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const advice = ADVICE[code];
  if (advice === undefined) return error;
  return new UserError(`cache folder ${folder}: ${advice} (${code}); or set COURSE_CACHE to another folder`, {
    cause: error,
  });
}
