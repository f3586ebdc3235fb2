import { listDatasets, prepareDataset, verifyDataset } from "@course/data";
import { createDownloadBar, resolveUserPath } from "@course/train";
import type { Command } from "commander";
import { formatBytes, textTable } from "./table.ts";

export function addDataCommand(program: Command): void {
  const data = program.command("data").description("the data sets: what there is, fetch one, check one");
  data.command("list").description("every data set, and whether it is ready").action(list);
  data
    .command("prepare <name>")
    .description("fetch a data set into the cache, verified")
    .option("--offline", "use no network")
    .option("--data <folder>", "check your own copy of the files instead")
    .action(prepare);
  data.command("verify <name>").description("hash every file and compare with the catalogue").action(verify);
}

async function list(): Promise<void> {
  const rows = (await listDatasets()).map(({ name, counts, bytes, state, licence }) => [
    name,
    state,
    formatBytes(bytes),
    counts,
    licence,
  ]);
  process.stdout.write(`${textTable(["name", "state", "bytes", "what", "licence"], rows)}\n`);
}

async function prepare(name: string, { offline = false, data }: { offline?: boolean; data?: string }): Promise<void> {
  const bar = createDownloadBar();
  const dataFolder = data === undefined ? undefined : resolveUserPath(data);
  const prepared = await prepareDataset(name, { offline, dataFolder, onProgress: bar.onProgress }).finally(bar.close);
  for (const reason of prepared.skipped) process.stdout.write(`skipped  ${reason}\n`);
  process.stdout.write(`${name} from ${prepared.source}${prepared.isSubset ? " (not the full data)" : ""}\n`);
  if (prepared.folder !== undefined) process.stdout.write(`in ${prepared.folder}\n`);
  for (const { name: file, size, sha256 } of prepared.files)
    process.stdout.write(`  ${file}  ${formatBytes(size)}  ${sha256}\n`);
}

async function verify(name: string): Promise<void> {
  const { isOk, files, folder } = await verifyDataset(name);
  for (const { name: file, state, reason } of files)
    process.stdout.write(`${state.padEnd(8)}${file}${reason ? `: ${reason}` : ""}\n`);
  if (isOk) return;
  process.stdout.write(`${folder}: not complete. Mend it with: course data prepare ${name}\n`);
  process.exitCode = 1;
}
