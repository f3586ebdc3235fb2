export * from "./gradient.ts";
