"""Writes assets/tables/ from four Debian packages, unpacked into one folder:

    apt-get download r-cran-modeldata r-cran-forecast r-cran-palmerpenguins r-base-core
    for package in *.deb; do dpkg -x "$package" unpacked; done
    python -m pip install rdata==1.1.0 pandas==3.0.6
    python scripts/make-tables.py unpacked

Ran with modeldata 1.1.0, forecast 8.20, palmerpenguins 0.1.1, R 4.2.2 (Debian 12).
Cells are as R holds them; a missing one is NA, a whole number has no ".0".
"""

import csv
import io
import sys
from pathlib import Path

import pandas

from r_lazy_data import read_r_object
from save_asset import save_asset


def main(unpacked: Path) -> None:
    library = unpacked / "usr/lib/R/site-library"
    save_frame("ames.csv", read_r_object(library / "modeldata", "ames"))
    save_frame("credit.csv", read_r_object(library / "modeldata", "credit_data"))
    penguins = (library / "palmerpenguins/extdata/penguins.csv").read_text().replace("\r\n", "\n")
    save_asset("tables/penguins.csv", penguins)
    save_gas(library / "forecast", unpacked / "usr/lib/R/library/datasets")
    save_admissions(unpacked / "usr/lib/R/library/datasets")


def save_gas(forecast: Path, datasets: Path) -> None:
    uk = read_r_object(datasets, "UKgas")
    rows = [(1960 + i // 4, i % 4 + 1, plain(value)) for i, value in enumerate(uk)]
    save_rows("gas-uk.csv", ["year", "quarter", "consumption"], rows)
    australia = read_r_object(forecast, "gas")
    rows = [(1956 + i // 12, i % 12 + 1, plain(value)) for i, value in enumerate(australia)]
    save_rows("gas-australia.csv", ["year", "month", "production"], rows)


def save_admissions(datasets: Path) -> None:
    counts = read_r_object(datasets, "UCBAdmissions")
    rows = [
        (str(department), str(gender), str(outcome), plain(counts.loc[outcome, gender, department].item()))
        for department in counts.Dept.values
        for gender in counts.Gender.values
        for outcome in counts.Admit.values
    ]
    save_rows("admissions.csv", ["department", "gender", "outcome", "count"], rows)


def save_frame(name: str, frame: pandas.DataFrame) -> None:
    columns = [[plain(value) for value in frame[column]] for column in frame.columns]
    save_rows(name, list(frame.columns), zip(*columns, strict=True))


def save_rows(name: str, header: list[str], rows) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    save_asset(f"tables/{name}", text.getvalue())


def plain(value) -> str:
    if pandas.isna(value):
        return "NA"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(float(value))
    return str(value)


main(Path(sys.argv[1]))
