"""The adapter for Exchange Web Services; only `opening` loads exchangelib."""
