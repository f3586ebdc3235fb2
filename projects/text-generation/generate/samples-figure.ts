import { svgPage, svgText } from "./svg.ts";

const [WIDTH, LINE, CHARACTERS] = [860, 18, 112];

export interface Sample {
  readonly name: string;
  readonly prompt: string;
  readonly text: string;
}

/** Texts under their names, the prompt in bold before each. */
export function drawSamples(title: string, samples: readonly Sample[]): string {
  let y = 34;
  const parts: string[] = [];
  for (const { name, prompt, text } of samples) {
    y += LINE * 1.6;
    parts.push(svgText(`${name}  ·  ${prompt} …`, { x: 16, y, bold: true }));
    for (const line of wrapText(text, CHARACTERS)) {
      y += LINE;
      parts.push(svgText(line, { x: 28, y }));
    }
  }
  return svgPage({ title, width: WIDTH, height: y + 24, body: parts.join("\n") });
}

/** Lines of at most so many characters, broken at spaces where there are any. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text.replace(/\s+/g, " ").trim();
  while (rest.length > width) {
    const space = rest.lastIndexOf(" ", width);
    const end = space > 0 ? space : width;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return rest === "" ? lines : [...lines, rest];
}
