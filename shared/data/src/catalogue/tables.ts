import type { Entry } from "./entry.ts";
import { admissions } from "./tables/admissions.ts";
import { ames } from "./tables/ames.ts";
import { credit } from "./tables/credit.ts";
import { gas } from "./tables/gas.ts";
import { penguins } from "./tables/penguins.ts";

export const tableEntries: readonly Entry[] = [ames, credit, penguins, gas, admissions];
