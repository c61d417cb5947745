"""Where the password is kept or comes from: the system keyring, an encrypted file, a command, systemd."""
