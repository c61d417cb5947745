"""An empty Textual app, the least that a first paint can cost."""

from textual.app import App, ComposeResult
from textual.widgets import Static

TEXT = "an empty app"


class EmptyApp(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        yield Static(TEXT)


if __name__ == "__main__":
    EmptyApp().run()
