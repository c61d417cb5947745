import os
import signal
import subprocess
import sys

import pytest

from oncetui.cli.signs import Signs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
PATIENCE = 20.0


def test_a_signal_is_noted_once_and_tears_nothing_under_way() -> None:
    with Signs(reopens=False, ends_within=600) as signs:
        os.kill(os.getpid(), signal.SIGHUP)
        noted = signs.next(PATIENCE)
        assert signs.next(0) is None

    assert noted is signal.SIGHUP
    assert signs.asks_to_end(signal.SIGHUP)


def test_a_hang_up_asks_for_a_new_log_where_there_is_one_and_handlers_come_back() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)]
    with Signs(reopens=True, ends_within=600) as signs:
        os.kill(os.getpid(), signal.SIGHUP)
        assert signs.next(PATIENCE) is signal.SIGHUP
        assert not signs.asks_to_end(signal.SIGHUP)

    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)] == before


def test_what_was_ignored_by_nohup_stays_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Signs(reopens=False, ends_within=600) as signs:
            os.kill(os.getpid(), signal.SIGHUP)
            assert signs.next(0.05) is None
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_main_thread_that_hangs_is_ended_all_the_same(number: signal.Signals, code: int) -> None:
    hanging = (
        "import time; from oncetui.cli.signs import Signs\n"
        "with Signs(reopens=False, ends_within=0.1):\n"
        "    print('begun', flush=True); time.sleep(600)"
    )
    process = subprocess.Popen([sys.executable, "-c", hanging], stdout=subprocess.PIPE)
    assert process.stdout is not None
    with process.stdout as told:
        assert told.readline() == b"begun\n"
        process.send_signal(number)
        assert process.wait(PATIENCE) == code
