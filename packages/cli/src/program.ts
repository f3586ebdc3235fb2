import { exitOnUserError, USER_ERROR_EXIT_CODE } from "@course/core";
import { Command, CommanderError } from "commander";
import { addDataCommand } from "./data.ts";
import { addDoctorCommand } from "./doctor.ts";
import { addListCommand } from "./list.ts";
import { addNativeCommand } from "./native.ts";
import { addProveCommand } from "./prove.ts";
import { addReleaseCommand } from "./release.ts";
import { addResultsCommand } from "./results.ts";
import { addRunsCommand } from "./runs.ts";
import { addTrainCommand } from "./train.ts";

const program = new Command("course")
  .description("Deep-learning course projects: list them, train them, compare their runs.")
  .showSuggestionAfterError()
  .exitOverride();

addListCommand(program);
addTrainCommand(program);
addRunsCommand(program);
addResultsCommand(program);
addDataCommand(program);
addReleaseCommand(program);
addProveCommand(program);
addDoctorCommand(program);
addNativeCommand(program);

await exitOnUserError(async () => {
  try {
    await program.parseAsync();
  } catch (error) {
    // commander has printed its line; --help ends here too, with code 0
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : USER_ERROR_EXIT_CODE;
  }
});
