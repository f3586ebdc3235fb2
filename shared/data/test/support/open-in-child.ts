/** Opens a data set as a command would: `node open-in-child.ts ENTRY-JSON CACHE-FOLDER`. Prints the source. */
import { exitOnUserError } from "@course/core";
import { openDataset } from "../../src/index.ts";

const [entry, cacheFolder] = process.argv.slice(2);

await exitOnUserError(async () => {
  const { source } = await openDataset(JSON.parse(entry!), { cacheFolder: cacheFolder! });
  process.stdout.write(source);
});
