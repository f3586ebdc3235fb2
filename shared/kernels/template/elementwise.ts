/**
 * Operations that treat each element of flat arrays alike, eight at a time: two vectors side by
 * side, which V8 joins where it has 256 bits. What is left over goes through scratch memory and
 * the same instructions, so an element's result does not depend on where in the array it stands.
 */
export interface Elementwise {
  readonly name: string;
  readonly reads: readonly string[];
  /** f32 arguments; expressions see each as a vector of equal numbers. */
  readonly scalars?: readonly string[];
  /**
   * Written array → AssemblyScript expression on v128: the read arrays' elements by name, and
   * `new_x` for a result that stands before; `table` are the constants of exp, tanh and sigmoid.
   * An array that is also read is updated in place.
   */
  readonly writes: Readonly<Record<string, string>>;
}

const LANES = 8;

const pointersOf = ({ reads, writes }: Elementwise): readonly string[] => [
  ...new Set([...reads, ...Object.keys(writes)]),
];

const usesTable = ({ writes }: Elementwise): boolean => Object.values(writes).some((text) => text.includes("table"));

/** The loop over `count` times eight elements. */
function coreFunction(operation: Elementwise): string {
  const { name, reads, writes, scalars = [] } = operation;
  const pointers = pointersOf(operation);
  const results = Object.entries(writes);
  const elements = new Set([...reads, ...results.map(([array]) => `new_${array}`)]);
  const half = (expression: string, suffix: string) =>
    expression.replace(/\w+/g, (word) => (elements.has(word) ? word + suffix : word));
  const both = (write: (suffix: string, offset: number) => string) => `    ${write("_0", 0)} ${write("_1", 16)}`;
  return `
function ${name}Core(count: i32, ${pointers.map((each) => `${each}: usize`).join(", ")}${scalars.map((each) => `, ${each}_: f32`).join("")}${usesTable(operation) ? ", table: usize" : ""}): void {
  ${scalars.map((each) => `const ${each} = f32x4.splat(${each}_);`).join(" ")}
  for (; count > 0; count--) {
${reads.map((each) => both((suffix, offset) => `const ${each}${suffix} = v128.load(${each}, ${offset});`)).join("\n")}
${results.map(([array, expression]) => both((suffix) => `const new_${array}${suffix} = ${half(expression, suffix)};`)).join("\n")}
${results.map(([array]) => both((suffix, offset) => `v128.store(${array}, new_${array}${suffix}, ${offset});`)).join("\n")}
    ${pointers.map((each) => `${each} += 32;`).join(" ")}
  }
}`;
}

/** The operation over elements [begin, end). */
export function elementwiseSource(operation: Elementwise): string {
  const { name, reads, writes, scalars = [] } = operation;
  const pointers = pointersOf(operation);
  const tail = (each: string) => `${each} + <usize>whole * 4`;
  const copy = (each: string) => `scratch + ${32 * pointers.indexOf(each)}`;
  const values = [...scalars, ...(usesTable(operation) ? ["table"] : [])].map((each) => `, ${each}`).join("");
  return `${coreFunction(operation)}
export function ${name}(${pointers.map((each) => `${each}: usize`).join(", ")}${scalars.map((each) => `, ${each}: f32`).join("")}, begin: i32, end: i32, scratch: usize): void {
  const count = end - begin, whole = begin + (count & ~${LANES - 1}), rest = <usize>(end - whole) * 4;
  ${usesTable(operation) ? "const table = scratch + 512; writeTable(table);" : ""}
  ${name}Core(count / ${LANES}, ${pointers.map((each) => `${each} + <usize>begin * 4`).join(", ")}${values});
  if (rest == 0) return;
  ${reads.map((each) => `memory.copy(${copy(each)}, ${tail(each)}, rest);`).join(" ")}
  ${name}Core(1, ${pointers.map(copy).join(", ")}${values});
  ${Object.keys(writes)
    .map((each) => `memory.copy(${tail(each)}, ${copy(each)}, rest);`)
    .join(" ")}
}`;
}
