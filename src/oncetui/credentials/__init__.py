"""Where the password is kept: the system keyring, or an encrypted file."""
