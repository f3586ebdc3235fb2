import { join } from "node:path";
import { exitOnUserError } from "@course/core";
import { useBackend } from "@course/tf";
import { resolveUserPath, workspaceRoot } from "@course/train";
import { flagHelp, readFlags } from "./flags.ts";
import { formatText } from "./format-text.ts";
import { readPrompt } from "./prompt.ts";
import { findRun } from "./runs.ts";
import { loadNetwork } from "./saved-network.ts";
import { writeText } from "./write-text.ts";

// What a saved network writes after a prompt.
await exitOnUserError(async () => {
  if (process.argv.includes("--help")) return console.log(flagHelp());
  const { run, out, prompt, ...settings } = readFlags(process.argv.slice(2));
  const folder = findRun(out === undefined ? join(workspaceRoot(), "runs") : resolveUserPath(out), run);
  await useBackend();
  const { network, vocabulary, level } = loadNetwork(folder);
  const ids = readPrompt(prompt, vocabulary, level);
  for (const { text, score } of writeText({ network, vocabulary, level }, ids, settings))
    console.log(
      `${score === undefined ? "" : `${score.toFixed(3)}  `}${formatText([...ids, ...text], vocabulary, level)}\n`,
    );
});
