"""Keeps a password in a real Secret Service, inside a private session bus, and tells each step."""

import subprocess
from collections.abc import Callable

import secretstorage

from oncetui.credentials.keyring_store import KeyringStore
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret


def told(work: Callable[[], object]) -> str:
    """Return the code of the problem that the work ends in, "fine" without one."""
    try:
        work()
    except ProblemError as error:
        return error.problem.code
    return "fine"


def start_keyring() -> None:
    """Start the Secret Service of GNOME with a keyring that is open."""
    subprocess.run(
        ["gnome-keyring-daemon", "--unlock", "--components=secrets"],
        input=b"login password",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
        timeout=10,
    )


def main() -> None:
    """Tell, a line a step, how the keyring answers."""
    store = KeyringStore("3f2a", "default", probing_seconds=10)
    start_keyring()
    print("open:", told(store.probe))
    print("nothing kept:", told(store.load))
    store.save(Secret("hunter1"))
    store.save(Secret("hunter2"))
    print("replaced:", store.load() == Secret("hunter2"))
    bus = secretstorage.dbus_init()
    labels = [item.get_label() for item in secretstorage.Collection(bus).get_all_items()]
    print("label:", *labels)
    secretstorage.Collection(bus).lock()
    bus.close()
    print("locked:", told(store.probe), told(store.load), told(lambda: store.save(Secret("hunter3"))))


if __name__ == "__main__":
    main()
