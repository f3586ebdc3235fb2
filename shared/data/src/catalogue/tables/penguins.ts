import type { DataFile, Entry } from "../entry.ts";

const PENGUINS: DataFile = {
  name: "penguins.csv",
  size: 15_241,
  sha256: "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93",
};

export const penguins: Entry = {
  name: "penguins",
  title: "Palmer penguins",
  counts: "344 rows, 8 columns; 152 Adelie, 68 Chinstrap, 124 Gentoo; 19 values missing",
  licence: "CC0 1.0",
  homepage: "https://allisonhorst.github.io/palmerpenguins/",
  citation:
    "Gorman, Williams & Fraser (2014). PLoS ONE 9(3): e90081. As in Horst, Hill & Gorman (2020), palmerpenguins 0.1.1.",
  card: {
    about: "Body measures of three species of penguins on three islands near Palmer Station, Antarctica.",
    collected: "On nests, 2007–2009, by the Palmer Station Long Term Ecological Research programme.",
    defects: "Sex is missing for 11 birds, all measures for 2. Island nearly gives the species away.",
    use: "A first table with missing values and categories; small enough to check by hand.",
  },
  files: [PENGUINS],
  sources: [{ kind: "asset", members: { [PENGUINS.name]: "tables/penguins.csv" } }],
};
