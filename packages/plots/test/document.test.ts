import { describe, expect, test } from "vitest";
import { svgDocument } from "../src/document.ts";
import { THEMES } from "../src/theme.ts";

const draw = (body: string) => svgDocument({ width: 3, height: 2, title: "<t>", description: "d & e", body });
const ids = (svg: string) => [...svg.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id!);

describe("svgDocument", () => {
  test("takes the page's text colour inside HTML and the theme's as a file of its own", () => {
    const [, style] = /<style>(.*)<\/style>/.exec(draw(""))!;
    expect(style).toBe(
      `svg:root{color:${THEMES.light.ink}}@media (prefers-color-scheme:dark){svg:root{color:${THEMES.dark.ink}}}`,
    );
  });

  test("has an escaped title and description", () =>
    expect(draw("")).toContain("<title>&lt;t&gt;</title><desc>d &amp; e</desc>"));

  test("ids depend on the drawing alone: not on how many were drawn before, and not shared by two drawings", () => {
    const body = (id: string, fill = "red") =>
      `<linearGradient id="${id}"><stop stop-color="${fill}"/></linearGradient><rect fill="url(#${id})"/>`;
    const first = draw(body("gradient_0"));
    expect(draw(body("gradient_7"))).toBe(first);
    expect(ids(draw(body("gradient_0", "blue")))).not.toEqual(ids(first));
    expect(first).toContain(`fill="url(#${ids(first)[0]})"`);
  });

  test("leaves text alone that looks like an id", () =>
    expect(draw(`<text>url(#clip1) id="clip1"</text>`)).toContain(`<text>url(#clip1) id="clip1"</text>`));
});
