import type { DataFile, Entry } from "../entry.ts";

const AMES: DataFile = {
  name: "ames.csv",
  size: 1_270_800,
  sha256: "f9622c57098528c379b80f2d64e71919ed986dc58faa4f0dee0c1782f3746832",
};

export const ames: Entry = {
  name: "ames",
  title: "Ames housing",
  counts: "2,930 rows, 74 columns (40 categories), none missing",
  licence: "MIT (the R package modeldata)",
  homepage: "https://modeldata.tidymodels.org/reference/ames.html",
  citation:
    "De Cock (2011). Ames, Iowa: Alternative to the Boston Housing Data. Journal of Statistics Education 19(3). As in Kuhn (2023), modeldata 1.1.0.",
  card: {
    about: "Houses sold in Ames, Iowa, 2006–2010, with their sale price in dollars.",
    collected: "From the city assessor's records; cleaned by Max Kuhn for the R package.",
    defects:
      "BsmtFin_SF_1 holds a code from 0 to 7, not square feet. Categories that mean none (No_Pool, None) stand where the original had no value. Five very large houses are outliers.",
    use: "Regression with many categories; encode and standardise on the training split.",
  },
  files: [AMES],
  sources: [{ kind: "asset", members: { [AMES.name]: "tables/ames.csv.gz" } }],
};
