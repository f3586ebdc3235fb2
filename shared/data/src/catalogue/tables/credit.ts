import type { DataFile, Entry } from "../entry.ts";

const CREDIT: DataFile = {
  name: "credit.csv",
  size: 266_558,
  sha256: "e493b0e04d72aaa0301fd665772d1fb99e122601fdf9d3ac8d65357bc4dc0eab",
};

export const credit: Entry = {
  name: "credit",
  title: "Credit data",
  counts: "4,454 rows, 14 columns; 3,200 good, 1,254 bad; 455 values missing",
  licence: "MIT (the R package modeldata)",
  homepage: "https://modeldata.tidymodels.org/reference/credit_data.html",
  citation: "Kuhn (2023). modeldata 1.1.0, credit_data (from Lluís A. Belanche Muñoz and Gaston Sanchez).",
  card: {
    about: "Applicants for a loan and whether the loan turned out good or bad.",
    collected:
      "From a website of Lluís Belanche by way of Gaston Sanchez, says the package; no lender, year or sampling is stated.",
    defects:
      "Values are missing in 415 rows, most of them Income. Age and marital status are attributes that a lender may not use in many countries.",
    use: "Classification of two unequal classes with missing values; thresholds by cost.",
  },
  files: [CREDIT],
  sources: [{ kind: "asset", members: { [CREDIT.name]: "tables/credit.csv.gz" } }],
};
