import { homedir } from "node:os";
import { join } from "node:path";

/** `$COURSE_CACHE`, else `deep-learning-courses` in the XDG cache folder (`$XDG_CACHE_HOME` or `~/.cache`). */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.COURSE_CACHE) return environment.COURSE_CACHE;
  return join(environment.XDG_CACHE_HOME || join(homedir(), ".cache"), "deep-learning-courses");
}
