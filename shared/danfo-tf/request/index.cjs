// danfojs-node reads addresses with the dead package request; the override in pnpm-workspace.yaml sends it here.
const { format } = require("node:util");

exports.get = (address) => {
  throw new Error(format("danfojs: expected a file path, received %s (download it first)", address));
};
