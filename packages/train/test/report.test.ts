import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Experiment, Summary } from "../src/index.ts";
import { writeReport } from "../src/report.ts";
import { lineExperiment } from "./fixtures/line-experiment.ts";
import { makePicturedRun, writeRunFiles } from "./fixtures/pictured-run.ts";

const experiment = lineExperiment as unknown as Experiment;
const config = { ...experiment.config.parse({ epochs: 6 }), learningRate: 0.02, hidden: [3, 1], shout: true };
let made: Awaited<ReturnType<typeof makePicturedRun>>;
beforeAll(async () => {
  made = await makePicturedRun();
});
afterAll(() => made.remove());

async function reportOf(changes: Partial<Summary> = {}): Promise<string> {
  await writeReport(made.folder, { experiment, summary: writeRunFiles(made.folder, changes), config });
  return readFileSync(join(made.folder, "report.html"), "utf8");
}

const titles = (html: string) => [...html.matchAll(/<title>([^<]*)<\/title>/g)].map(([, title]) => title);

test("every section, in order, and every figure", async () => {
  const html = await reportOf();
  expect([...html.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title)).toEqual([
    ...["Result", "Diagnosis", "Curves", "Last samples", "Figures", "Model", "Data", "Cost", "Settings"],
    ...["Environment", "Reproduce"],
  ]);
  expect(titles(html)).toEqual([
    "line · a-run",
    "test/loss: this run and what it is measured against",
    "loss by epoch",
    "training loss by step",
    "learning rate by step",
    "Epoch 2",
    "The end",
  ]);
});

test("texts of the run are escaped, and the result stands beside baseline and reference", async () => {
  const html = await reportOf();
  expect(html).toContain('<th scope="row">baseline: always &lt;b&gt;zero&lt;/b&gt;</th><td>2</td>');
  expect(html).toContain("<td>0 (algebra)</td>");
  expect(html).not.toContain("<b>");
  expect(html).toContain("<h3>the same example (epoch 2)</h3><p>3 of 40.</p><p>a copy.</p>");
  expect(html).toContain('<td>dense</td><td>1</td><td class="number">4</td><td class="number">3</td>');
});

test("the commands make the run again: commit, preset, and what differs from it", async () => {
  const html = await reportOf();
  expect(html).toContain(
    "<pre>git checkout c0ffee\npnpm --filter line run train --preset full --seed 3 --backend cpu --patience 4 --learningRate 0.02 --hidden 3,1 --shout</pre>",
  );
  expect(html).toContain("made with uncommitted changes, which these commands lack");
  const trial = { name: "overfit", passed: false, verdict: "it is stuck" } as const;
  const checked = await reportOf({ trial });
  expect(checked).toContain("--patience 4 --overfit --learningRate");
  expect(checked).toContain('<p class="note">--overfit: it is stuck</p>');
});

test("what --force changed, and early stopping", async () => {
  const html = await reportOf({ forced: ["epochs 3 → 5", "data <x>"], stoppedEarly: 4 });
  expect(html).toContain("Changed on the way with --resume --force: epochs 3 → 5; data &lt;x&gt;.");
  expect(html).toContain("these are the last ones");
  expect(html).toContain('<th scope="row">stopped early (--patience)</th><td>after epoch 4</td>');
  expect(await reportOf()).not.toMatch(/--force|stopped early/);
});

test("it opens offline: no script, and no address but fragments and data", async () => {
  const html = await reportOf();
  expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
  expect(html).not.toMatch(/<script|<link|<iframe|<object|@import/);
  const addresses = [...html.matchAll(/(?:src|href|action|poster|srcset)="([^"]*)"|url\(([^)]*)\)/g)];
  for (const [, attribute, url] of addresses) expect(attribute ?? url).toMatch(/^(#|data:)/);
  const withoutNames = html.replaceAll('xmlns="http://www.w3.org/2000/svg"', "").replaceAll(/xmlns:\w+="[^"]*"/g, "");
  expect(withoutNames).not.toMatch(/https?:\/\//);
});

test("without layers, samples and diagnosis there are no empty sections", async () => {
  const { rmSync } = await import("node:fs");
  for (const name of ["layers.json", "samples"]) rmSync(join(made.folder, name), { recursive: true });
  expect(existsSync(join(made.folder, "figures", "final.svg"))).toBe(true);
  const html = await reportOf({ diagnosis: [] });
  expect(html).toContain("The training doctor found nothing.");
  expect(html).not.toMatch(/<h2>(Model|Last samples)/);
});
