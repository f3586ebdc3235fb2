import type { DataFile, Entry } from "../entry.ts";

const ADMISSIONS: DataFile = {
  name: "admissions.csv",
  size: 527,
  sha256: "3d55e3b447aa92e53effddd49a05e5d06b68b20c841beab4d217aa49d9ae7ff6",
};

export const admissions: Entry = {
  name: "admissions",
  title: "Berkeley admissions",
  counts: "4,526 applicants (as 24 counts), 3 columns; 1,755 admitted, 2,771 rejected",
  licence: "facts; the package that holds them (R) is GPL",
  homepage: "https://stat.ethz.ch/R-manual/R-devel/library/datasets/html/UCBAdmissions.html",
  citation:
    "Bickel, Hammel & O'Connell (1975). Sex Bias in Graduate Admissions: Data from Berkeley. Science 187, 398–403.",
  card: {
    about: "Applicants to the six largest graduate departments of the University of California, Berkeley, in 1973.",
    collected: "From the university's records, counted by department, gender and outcome.",
    defects:
      "Three attributes only, so that equal applicants have different outcomes. The rates by gender turn around when departments are told apart (Simpson's paradox).",
    use: "Classification with categories, and what leaving out a variable does.",
  },
  files: [ADMISSIONS],
  sources: [{ kind: "asset", members: { [ADMISSIONS.name]: "tables/admissions.csv" } }],
};
