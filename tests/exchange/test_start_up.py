"""What importing the adapter costs: exchangelib comes with the opener and with nothing else."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("module", "loads"),
    [
        ("oncetui.exchange", False),
        ("oncetui.exchange.redaction", False),
        ("oncetui.exchange.discovery.discovering", False),
        ("oncetui.exchange.faults.telling", False),
        ("oncetui.exchange.opening", True),
    ],
)
def test_exchangelib_is_loaded_by_the_opener_alone(module: str, loads: bool) -> None:
    script = f"import sys, {module}; print('exchangelib' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.strip() == str(loads)
