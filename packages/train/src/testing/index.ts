export { endAfterAnEpoch } from "./end-after-an-epoch.ts";
