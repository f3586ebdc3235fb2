import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeTags } from "../src/box-tags.ts";

describe("labels of boxes", () => {
  test("stand above a true and below a predicted box", () => {
    const rectangle = [40, 40, 80, 60] as const;
    const [above, below] = placeTags(
      [
        { rectangle, label: "7", isBelow: false },
        { rectangle, label: "7 0.98", isBelow: true },
      ],
      { width: 120, height: 100 },
    );
    expect(above!.rectangle[3]).toBeLessThan(40);
    expect(below!.rectangle[1]).toBeGreaterThan(60);
  });

  test("stay inside and apart, or are left out", () => {
    const corner = fc.nat(100);
    const box = fc.record({
      rectangle: fc.tuple(corner, corner, corner, corner).map(([a, b, c, d]) => [a, b, a + c, b + d] as const),
      label: fc.constantFrom("", "7", "dog 0.51", "a label that is wider than the picture"),
      isBelow: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(box, { maxLength: 15 }), (boxes) => {
        const tags = placeTags(boxes, { width: 100, height: 80 });
        tags.forEach((tag, i) => {
          if (boxes[i]!.label === "") expect(tag).toBeNull();
          if (tag === null) return;
          const [left, top, right, bottom] = tag.rectangle;
          expect(left >= 0 && top >= 0 && right <= 100 && bottom <= 80).toBe(true);
          for (const other of tags.slice(i + 1)) {
            if (other === null) continue;
            const [l, t, r, b] = other.rectangle;
            expect(left < r && l < right && top < b && t < bottom).toBe(false);
          }
        });
      }),
    );
  });
});
