import { UserError } from "@course/core";
import { formatProof, proveProject } from "@course/grader";
import type { Command } from "commander";
import { currentProject, findProject } from "./projects.ts";

export function addProveCommand(program: Command): void {
  program
    .command("prove [project]")
    .description("that the reference scores 100, the starter 0, and every item of the rubric is tested")
    .action(async (name?: string) => {
      const project = name === undefined ? currentProject() : findProject(name);
      if (!project) throw new UserError("prove: expected a project's name, or a project's folder to stand in");
      const proof = await proveProject(project.folder);
      process.stdout.write(`${formatProof(proof)}\n`);
      if (proof.problems.length > 0) process.exitCode = 1;
    });
}
