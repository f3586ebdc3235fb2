// What a package of your own can call; each function is described where it stands.
export { findLayer } from "../network/find-layer.ts";
export { deletionAndInsertion } from "./curves.ts";
export { gradCam } from "./grad-cam.ts";
export { gradientMap, occlusionMap } from "./other-maps.ts";
export { overlay } from "./overlay.ts";
export { rankCorrelation } from "./sanity.ts";
