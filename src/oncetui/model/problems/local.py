"""On this computer: keyring, disk, settings, store, clock."""

from oncetui.model.problem import Cause, Who

KEYRING_LOCKED = Cause(
    code="keyring-locked",
    title="The keyring is locked",
    who=Who.USER,
    what="The system keyring is locked.",
    why="It opens with your login on the desktop; over SSH it stays shut.",
    next="Unlock it, or keep the password in the encrypted file: --keep-password file",
    fields=("keep_password",),
    diagnosis=("88",),
    signal="the keyring says that it is locked; nobody is asked to unlock it",
)
KEYRING_ABSENT = Cause(
    code="keyring-absent",
    title="No keyring answers",
    who=Who.USER,
    what="This computer has no system keyring that answers.",
    why="{reason}",
    next="Keep the password in the encrypted file: --keep-password file",
    fields=("keep_password",),
    diagnosis=("88",),
    signal="no keyring runs, it has no default collection, it fails, or gives no answer in time",
)
SECRET_UNREADABLE = Cause(
    code="secret-unreadable",
    title="The kept password can't be read",
    who=Who.USER,
    what="The password kept in the {kept_in} can't be read.",
    why="{reason}",
    next="Reconnect and enter it once more: oncetui reconnect",
    fields=("password",),
    diagnosis=("89",),
    signal="the kept password or its key is gone, changed, or unreadable; no sign-in is tried",
)
PASSPHRASE_MISSING = Cause(
    code="passphrase-missing",
    title="The passphrase is needed",
    who=Who.RETRY,
    what="The password is sealed with a passphrase, and nobody told it to this process.",
    why="Only your passphrase opens the encrypted file; nothing keeps it here.",
    next="Start oncetui or oncetui run at a terminal and type it, or name a file: --passphrase-file FILE",
    fields=("passphrase",),
    diagnosis=("89",),
    signal="the password is kept by passphrase, and neither a person, a file nor systemd told it",
)
PASSPHRASE_WRONG = Cause(
    code="passphrase-wrong",
    title="The passphrase is wrong",
    who=Who.USER,
    what="This isn't the passphrase that the password is sealed with.",
    why="It was mistyped, or another one was chosen since. No sign-in was tried.",
    next="Start anew with the right one; if it is lost, choose another: oncetui setup",
    fields=("passphrase",),
    diagnosis=("89",),
    signal="the passphrase doesn't open the encrypted file; no sign-in is tried",
)
SECRET_COMMAND_FAILED = Cause(
    code="secret-command-failed",
    title="The command tells no password",
    who=Who.USER,
    what="The command that tells the password failed.",
    why="{reason}",
    next="Run it yourself to see why, then: oncetui reconnect",
    fields=("keep_password",),
    diagnosis=("89",),
    signal="the command of --password-command fails, prints nothing or takes over 30 s; no sign-in is tried",
)
SECRET_OF_THE_SERVICE = Cause(
    code="secret-of-the-service",
    title="Only the service has the password",
    who=Who.RETRY,
    what="systemd hands the password to the service alone, and this isn't the service.",
    why="There is no $CREDENTIALS_DIRECTORY here.",
    next="Let the service do it, after a change with the new one in the credential's file: {command}",
    fields=("keep_password",),
    diagnosis=("89",),
    signal="the password is kept by systemd and this process wasn't started by it",
)
SECRET_FILLED_ELSEWHERE = Cause(
    code="secret-filled-elsewhere",
    title="This password has to be changed elsewhere",
    who=Who.USER,
    what="Another password than this one comes from the {kept_in}.",
    why="oncetui only reads it there.",
    next="Change it there, then run: {command}",
    fields=("password",),
    diagnosis=("89",),
    signal="a password was typed that the command or the systemd credential doesn't tell",
)
CHANGE_COMMAND_FAILED = Cause(
    code="on-change-failed",
    title="The command for changes failed",
    who=Who.USER,
    what="The command that tells of changes failed: {reason}",
    why="Nobody was told that booking pages closed or opened.",
    next="Run it yourself to see why, or give another one: oncetui settings on-change COMMAND",
    diagnosis=("90",),
    signal="the command of settings on-change can't be started, fails, or takes over 30 s",
    works=True,
)
DISK_FULL = Cause(
    code="folder-not-writable",
    title="A file can't be written",
    who=Who.USER,
    what="{path} can't be written: {reason}",
    why="The disk is full, or the folder belongs to somebody else. Nothing was lost.",
    next="Make room or put the folder's rights right, then try again.",
    diagnosis=("90",),
    signal="ENOSPC, EACCES, EROFS and their like while something is written",
)
SETTINGS_UNREADABLE = Cause(
    code="settings-unreadable",
    title="The settings can't be read",
    who=Who.USER,
    what="{path} can't be read: {reason}",
    why="It was edited by hand, or by another version.",
    next='Correct that line, as in: mailbox = "anna@contoso.example"',
    diagnosis=("91",),
    signal="the settings file is no TOML, or a value in it can't stand; line and column are named",
)
STORE_BUSY = Cause(
    code="store-busy",
    title="The store is locked",
    who=Who.RETRY,
    what="Another process keeps {path} locked.",
    why="A backup, or a program that looks into it, holds it for more than five seconds. Nothing was lost.",
    next="Try again in a moment.",
    diagnosis=("90",),
    signal="another process holds the store for more than 5 s",
)
STORE_UNUSABLE = Cause(
    code="store-unusable",
    title="The store can't be used",
    who=Who.USER,
    what="{path} can't be used: {reason}.",
    why="It was damaged, or something else was put in its place.",
    next="Put a copy from a backup there; or move the file away and run: oncetui setup",
    diagnosis=("90",),
    signal="the store is damaged, or is no store",
)
STORE_NEWER = Cause(
    code="store-newer",
    title="The store belongs to a newer version",
    who=Who.USER,
    what="{path} was written by a newer oncetui; it is left untouched.",
    why="This version doesn't know its form ({revision}).",
    next="Update oncetui.",
    diagnosis=("92",),
    signal="the store's form is one that this version doesn't know",
)
HOME_REFUSED = Cause(
    code="home-refused",
    title="The folder is not safe to use",
    who=Who.USER,
    what="{path} is not used: {reason}",
    why="Others could read or change what is kept there.",
    next="{command}",
    diagnosis=("93",),
    signal="another owner, writable by others, a symbolic link, a network file system",
)
CONNECTOR_RUNS_ELSEWHERE = Cause(
    code="connector-running",
    title="Another connector holds this profile",
    who=Who.RETRY,
    what="Another connector runs for this profile (process {pid}, since {since}).",
    why="Two would read and book twice.",
    next="Watch that one with oncetui status --watch, or stop it.",
    diagnosis=("94",),
    signal="the profile's lock is held by another process",
)
CONNECTOR_HANGS = Cause(
    code="connector-hangs",
    title="The connector hangs",
    who=Who.USER,
    what="The connector of this profile (process {pid}) has shown no sign of life since {seen}.",
    why="It was stopped, or waits for a disk. While it lives nobody else can check or book, and booking "
    "pages close 15 minutes after the last reading.",
    next="Let it go on, or end it by kill -9 {pid}; the next command, console or connector takes over.",
    diagnosis=("94",),
    signal="the connector's process lives, and its last heartbeat is over 10 s old",
    works=True,
)
CLOCK_WRONG = Cause(
    code="clock-wrong",
    title="The clock is wrong",
    who=Who.USER,
    what="This computer's clock is {minutes} minutes off the server's.",
    why="Busy times and sign-in depend on it.",
    next="Set the clock, or switch its synchronisation on.",
    diagnosis=("95",),
    signal="the Date of an answer is over 5 minutes away from this computer's time",
    works=True,
)
