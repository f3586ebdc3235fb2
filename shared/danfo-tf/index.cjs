// danfojs-node asks for tfjs-node; the override in pnpm-workspace.yaml sends it here.
module.exports = require("@tensorflow/tfjs");
