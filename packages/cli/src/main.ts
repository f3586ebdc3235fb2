#!/usr/bin/env node
import { enableCompileCache } from "node:module";

enableCompileCache(); // for the imports below: stripping types again takes longer than most commands
await import("./program.ts");
