/**
 * A mistake that the user can mend: a wrong flag, a damaged file, a full disk. Its message is one
 * line that says where, what was expected, what was received and the likely cause. A command
 * prints that line without a stack trace and ends with exit code 2.
 */
export class UserError extends Error {
  override name = "UserError";
}

/** Ends a command that was asked for `--help`: its message, the text to print, ends with a line break. */
export class HelpRequest extends Error {
  override name = "HelpRequest";
}

/** Exit code of a command that a UserError ended. */
export const USER_ERROR_EXIT_CODE = 2;

/**
 * Runs a command's body. A UserError, or a file-system error with a known cause (no permission,
 * full disk), becomes one line on stderr and exit code 2; a HelpRequest its text on stdout and exit
 * code 0; any other error is a defect of ours and keeps its stack trace.
 */
export async function exitOnUserError(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (error instanceof HelpRequest) {
      process.stdout.write(error.message);
      return;
    }
    const message = userMessage(error);
    if (message === undefined) throw error;
    process.stderr.write(`error: ${message}\n`);
    process.exitCode = USER_ERROR_EXIT_CODE;
  }
}

const FILE_ERRORS: Readonly<Record<string, string>> = {
  EACCES: "no permission to write here: choose another folder or change its owner",
  EPERM: "no permission to write here: choose another folder or change its owner",
  EROFS: "this file system is read-only: choose another folder",
  ENOSPC: "the disk is full: free some space or choose another folder",
  ENOTDIR: "a part of this path is a file, not a folder: choose another folder",
  EDQUOT: "the disk quota is used up: free some space or choose another folder",
};

function userMessage(error: unknown): string | undefined {
  if (error instanceof UserError) return error.message;
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const advice = FILE_ERRORS[String(error.code)];
  const path = "path" in error ? `${String(error.path)}: ` : "";
  return advice && `${path}${advice} (${String(error.code)})`;
}
