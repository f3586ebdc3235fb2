import { relative } from "node:path";
import { writeStarter } from "@course/grader";
import { resolveUserPath, workspaceRoot } from "@course/train";
import type { Command } from "commander";
import { findProject } from "./projects.ts";

export function addReleaseCommand(program: Command): void {
  program
    .command("release <project>")
    .description("the starter that a student gets: the project without its solutions")
    .option("--out <folder>", "an empty or new folder (default: releases/<project>)")
    .option("--workspace", "a whole repository with this project alone, ready for npm install")
    .action(async (name: string, { out, workspace = false }: { out?: string; workspace?: boolean }) => {
      const project = findProject(name);
      const folder = out === undefined ? `${workspaceRoot()}/releases/${name}` : resolveUserPath(out);
      await writeStarter(project.folder, folder, { workspace });
      process.stdout.write(`${relative(process.cwd(), folder)}: the starter of ${name}\n`);
    });
}
