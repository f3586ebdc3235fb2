import type { DataFile, Entry } from "../entry.ts";

const GAS_UK: DataFile = {
  name: "gas-uk.csv",
  size: 1413,
  sha256: "0816055fd10e26a8735ac95755518f487657d4e6f15699487f0a4ec8d1836a6e",
};
const GAS_AUSTRALIA: DataFile = {
  name: "gas-australia.csv",
  size: 6131,
  sha256: "eeea81736cdcf38e6c740c036c63b1334774327a612d3c0527eec44761f164fc",
};

export const gas: Entry = {
  name: "gas",
  title: "Gas: consumption in the UK, production in Australia",
  counts: "108 quarters (1960–1986) and 476 months (1956–1995)",
  licence: "facts; the packages that hold them are GPL (R; forecast)",
  homepage: "https://pkg.robjhyndman.com/forecast/reference/gas.html",
  citation:
    "Durbin & Koopman (2001). Time Series Analysis by State Space Methods (UKgas, R 4.2.2); Australian Bureau of Statistics (gas, forecast 8.20).",
  card: {
    about: "Two seasonal time series whose growth and swing change over time.",
    collected: "Official statistics of the two countries.",
    defects: "No unit is stated for Australia; the UK's is millions of therms.",
    use: "Forecasting against the seasonal naive forecast; split by time, never at random.",
  },
  files: [GAS_UK, GAS_AUSTRALIA],
  sources: [
    {
      kind: "asset",
      members: { [GAS_UK.name]: "tables/gas-uk.csv", [GAS_AUSTRALIA.name]: "tables/gas-australia.csv" },
    },
  ],
};
