"""What the quick commands cost, beside an interpreter that does nothing."""

from benchmarks.machine import PYTHON, Machine, program
from benchmarks.table import Row, at_most, compared

TITLE = "Quick commands, from start to end"
SLOW = ("textual", "rich", "exchangelib", "alembic")
COUNT = (
    "import sys\nfrom oncetui.cli.outcome import outcome_of\n"
    "code = outcome_of(sys.argv[1:])\nprint(len(sys.modules), *sorted(set(SLOW) & set(sys.modules)))"
)


def measure(machine: Machine, connected: str) -> list[Row]:
    """Measure `--version`, `--help` and `status` of a connected home."""
    python = machine.seconds_of([PYTHON, "-c", "pass"])
    home = f"--home={machine.folder / connected}"
    version = machine.seconds_of([*program(), "--version"])
    told = machine.seconds_of([*program(), "--help"])
    status = machine.seconds_of([*program(), home, "status"])
    return [
        compared("python -c pass", python, "s", decimals=3),
        at_most(f"oncetui --version ({version / python:.1f} × python)", version, 0.1, "s", decimals=3),
        compared(f"oncetui --help ({told / python:.1f} × python)", told, "s", decimals=3),
        at_most(f"oncetui status, connected ({status / python:.1f} × python)", status, 0.35, "s", decimals=3),
        *(
            _imports(machine, name, arguments)
            for name, arguments in (
                ("--version", ["--version"]),
                ("--help", ["--help"]),
                ("status", [home, "status"]),
            )
        ),
    ]


def _imports(machine: Machine, name: str, arguments: list[str]) -> Row:
    script = COUNT.replace("SLOW", repr(SLOW))
    count, *slow = machine.run([PYTHON, "-c", script, *arguments]).stdout.splitlines()[-1].split()
    what = f"modules in {name}; of them Textual, exchangelib, Alembic"
    return Row(what, f"{count}; {len(slow)}", "0", bool(slow))
