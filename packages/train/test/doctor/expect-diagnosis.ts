import { expect } from "vitest";
import type { Diagnosis } from "./tiny-training.ts";

/** The doctor names this check and no other, in its findings and once in the console; returns the finding. */
export function expectOnly({ findings, warnings }: Diagnosis, check: string) {
  expect(findings.map((finding) => finding.check)).toEqual([check]);
  expect(warnings.map((line) => line.slice(0, findings[0].sign.length))).toEqual([findings[0].sign]);
  return findings[0];
}

export function expectSilence({ findings, warnings }: Diagnosis) {
  expect(findings).toEqual([]);
  expect(warnings).toEqual([]);
}
