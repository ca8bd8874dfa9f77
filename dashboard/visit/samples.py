"""The sample tables; data/README.md has their sources and units."""

from dataclasses import dataclass

from core.language import _
from dashboard import HOME


@dataclass(frozen=True)
class Sample:
    """A table in data/: its file, what it is called, what it shows, and the column one would predict."""

    file: str
    title: str
    about: str
    target: str

    def content(self) -> bytes:
        """Return the bytes of the file."""
        return (HOME / "data" / self.file).read_bytes()


def samples() -> dict[str, Sample]:
    """Return the samples by their short names, as in links. The first is shown on arrival."""
    return {
        "penguins": Sample(
            "penguins.csv",
            _("Palmer penguins"),
            _("344 penguins of three species in Antarctica: bills, flippers, weight. Numbers, categories and gaps."),
            "body_mass_g",
        ),
        "cars": Sample(
            "cars.csv",
            _("Cars of the 1970s"),
            _("406 cars: engine, weight, origin. How far does one get on a gallon? Numbers, categories and gaps."),
            "Miles_per_Gallon",
        ),
        "longley": Sample(
            "longley.csv",
            _("Longley's economy"),
            _("16 years of the US economy in columns so alike that they once broke every regression program."),
            "TOTEMP",
        ),
        "house_tiny": Sample(
            "house_tiny.csv",
            _("Four tiny houses"),
            _("The table of the notes: rooms, alley and price of four houses, mostly gaps."),
            "Price",
        ),
    }
