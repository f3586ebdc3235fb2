// Imports point one way only: projects → packages → shared, and inside shared as ALLOWED_IN_SHARED says.
import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

const LAYERS = ["shared", "packages", "projects"];
const ALLOWED_IN_SHARED: Readonly<Record<string, readonly string[]>> = {
  "@course/core": [],
  "@course/danfo-tf": [],
  "@course/data": ["@course/core"],
  "@course/metrics": ["@course/core"],
  "@course/kernels": ["@course/core"],
  "@course/tf": ["@course/core", "@course/kernels"],
};

interface Member {
  readonly folder: string;
  readonly layer: number;
  readonly name: string;
  readonly dependencies: readonly string[];
}

const members = globSync(LAYERS.map((layer) => `${layer}/*/package.json`)).map(readMember);
const byName = new Map(members.map((member) => [member.name, member]));
const problems = members.flatMap((member) => [...checkDependencies(member), ...checkImports(member)]);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(`${members.length} packages: every import points from projects to packages to shared`);

function readMember(path: string): Member {
  const { name, dependencies = {} } = JSON.parse(readFileSync(path, "utf8"));
  const folder = dirname(path);
  return { folder, layer: LAYERS.indexOf(folder.split("/")[0]!), name, dependencies: Object.keys(dependencies) };
}

function checkDependencies({ folder, layer, name, dependencies }: Member): string[] {
  return dependencies.flatMap((dependency) => {
    const target = byName.get(dependency);
    if (!target) return [];
    const isAllowed = layer === 0 ? ALLOWED_IN_SHARED[name]?.includes(dependency) : target.layer <= layer;
    const isProject = target.layer === LAYERS.indexOf("projects");
    return isAllowed && !isProject ? [] : [`${folder}: ${name} must not depend on ${dependency} (${target.folder})`];
  });
}

/** An import that climbs out of its package goes around package.json. */
function checkImports({ folder }: Member): string[] {
  return globSync(`${folder}/{src,test}/**/*.ts`, { exclude: ["**/fixtures/**"] }).flatMap((file) => {
    const depth = file.split("/").length - folder.split("/").length - 1;
    const climbs = readFileSync(file, "utf8").matchAll(/(?:from|import\()\s*"((?:\.\.\/)+)/g);
    return [...climbs]
      .filter(([, dots]) => dots!.length / 3 > depth)
      .map(([text]) => `${file}: ${text}… leaves the package: depend on it by name`);
  });
}
