"""The same as the screens, line by line: prompts, text and JSON on stdin and stdout."""
