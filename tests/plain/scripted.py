"""A console that is fed by a test and keeps the transcript."""

from oncetui.model.cancellation import CancelledByUserError
from oncetui.model.secret import Secret


class ScriptedConsole:
    """Answers the questions one by one, and leaves when the answers are used up."""

    def __init__(self, *answers: str) -> None:
        self.lines: list[str] = []
        self._answers = list(answers)

    @property
    def transcript(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines) + "\n"

    def show(self, line: str = "") -> None:
        self.lines.append(line)

    def ask(self, prompt: str) -> str:
        answer = self._next()
        self.lines.append(f"{prompt}{answer}")
        return answer

    def ask_secret(self, prompt: str) -> Secret:
        answer = self._next()
        self.lines.append(f"{prompt}{'*' * bool(answer)}")
        return Secret(answer)

    def _next(self) -> str:
        if not self._answers:
            raise CancelledByUserError
        return self._answers.pop(0)
