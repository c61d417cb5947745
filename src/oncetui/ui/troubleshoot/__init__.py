"""What is wrong, why, and what to do: the same screen for wizard and console."""
