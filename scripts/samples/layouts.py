"""How each sample report is printed. Lengths are points (1/72 inch)."""

from dataclasses import dataclass

SOFT_HYPHEN = "\N{SOFT HYPHEN}"


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to print a report.

    ``header`` and ``footer`` may name {title}, {series}, {section}, {publisher} and {label}.
    ``hyphen`` is what stands at the end of a line inside a word; empty: words stay whole.
    A ``bullet`` in a standard font is code 127, which some readers do not know.
    """

    name: str
    font: str = "Times"
    size: float = 10.5
    columns: int = 1
    margin: float = 72
    accent: str = "#1f3a5f"
    cover: bool = False
    contents: bool = False
    outline: bool = False
    sections_apart: bool = False
    justified: bool = False
    typographic: bool = False
    header: str = ""
    footer: str = "{label}"
    hyphen: str = ""
    bullet: str = "\N{EN DASH}"
    notes_room: float = 0
    embedded_title: str = "{title}"
    embedded_author: str = "{authors}"
    user_password: str = ""
    owner_password: str = ""


LAYOUTS = (
    Layout(
        "covered",
        font="Helvetica",
        cover=True,
        contents=True,
        outline=True,
        sections_apart=True,
        header="{title}|{section}",
        accent="#5b2a86",
    ),
    Layout("columns", size=9.5, columns=2, margin=54, justified=True, footer="{publisher}|{label}"),
    Layout(
        "tabled",
        font="Helvetica",
        size=10,
        accent="#8c2f39",
        header="{publisher}",
        footer="{label}",
        embedded_title="",
        embedded_author="",
    ),
    Layout("footnoted", size=11, margin=80, notes_room=76, outline=True, footer="{label}"),
    Layout(
        "numbered",
        font="Helvetica",
        margin=76,
        accent="#0b6e4f",
        sections_apart=True,
        header="{series}|{section}",
        footer="{title}|{series} - page {label}",
    ),
    Layout(
        "hyphenated",
        size=12,
        margin=142,
        justified=True,
        hyphen="-",
        header="{title}",
        embedded_title="",
    ),
    Layout("locked", user_password="sample", owner_password="sample-owner"),  # noqa: S106
    Layout(
        "restricted",
        font="Helvetica",
        size=10,
        owner_password="sample-owner",  # noqa: S106
        footer="{series}|{label}",
    ),
    Layout(
        "misnamed",
        size=11.5,
        cover=True,
        footer="Page {label}",
        embedded_title="Microsoft Word - draft v7.doc",
        embedded_author="admin",
    ),
    Layout("sections", font="Helvetica", size=9.5, margin=90, accent="#222222", justified=True),
    Layout("annexed", font="Helvetica", size=10, header="{title}", accent="#7a4f01"),
    Layout(
        "typographic",
        font="Vera",
        size=9,
        margin=128,
        justified=True,
        typographic=True,
        hyphen=SOFT_HYPHEN,
        bullet="\N{BULLET}",
        footer="- {label} -",
    ),
    Layout("interim", size=11, header="{series}", footer="{publisher}|{label}", accent="#0f4c81"),
    Layout("final", size=11, header="{series}", footer="{publisher}|{label}", accent="#0f4c81"),
    Layout(
        "leaflet",
        font="Helvetica",
        size=10,
        margin=60,
        accent="#c2410c",
        footer="{publisher}",
        bullet="\N{BULLET}",
    ),
)


def find_layout(name: str) -> Layout:
    """Return the layout called ``name``.

    Raises:
        KeyError: no layout has that name.
    """
    return {layout.name: layout for layout in LAYOUTS}[name]
