// A vitest setup file: property tests draw the same cases in every run, so that CI is deterministic.
// A case that fails prints its own seed; other cases: change this number.
import fc from "fast-check";

fc.configureGlobal({ seed: 20261121 });
