"""Places for a password that live in memory."""

from oncetui.model.connection import KeptIn, SecretOf
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.problems.local import SECRET_UNREADABLE
from oncetui.model.secret import Secret
from oncetui.model.status import Protection


class InMemorySecretStore:
    """Keeps one secret; `fails_with` is the problem that every call raises while it is set."""

    def __init__(self, kept_in: KeptIn = KeptIn.FILE, *, unattended: bool = True) -> None:
        self.secret: Secret | None = None
        self.fails_with: Problem | None = None
        self.saves = 0
        self._kept_in = kept_in
        self._unattended = unattended

    @property
    def kept_in(self) -> KeptIn:
        return self._kept_in

    @property
    def protection(self) -> Protection:
        return Protection(str(self._kept_in), self._unattended, "In the memory of this test.")

    def load(self) -> Secret:
        self._fail_where_told()
        if self.secret is None:
            raise ProblemError(SECRET_UNREADABLE.problem(kept_in=self._kept_in, reason="There is none."))
        return self.secret

    def save(self, secret: Secret) -> None:
        self._fail_where_told()
        self.secret = secret
        self.saves += 1

    def erase(self) -> None:
        self._fail_where_told()
        self.secret = None

    def _fail_where_told(self) -> None:
        if self.fails_with is not None:
            raise ProblemError(self.fails_with)


class InMemorySecretPlaces:
    """The given places, best first; one that fails is known by name but isn't usable."""

    def __init__(self, *places: InMemorySecretStore) -> None:
        self.places = places or (InMemorySecretStore(),)
        self.passphrase: Secret | None = None
        self.of_proxy = {place.kept_in: InMemorySecretStore(place.kept_in) for place in self.places}

    def usable(self) -> tuple[InMemorySecretStore, ...]:
        return tuple(place for place in self.places if place.fails_with is None)

    def place(self, kept_in: KeptIn, secret_of: SecretOf = SecretOf.MAILBOX) -> InMemorySecretStore:
        if secret_of is SecretOf.PROXY and kept_in in self.of_proxy:
            return self.of_proxy[kept_in]
        for place in self.places:
            if place.kept_in is kept_in:
                return place
        raise ProblemError(SECRET_UNREADABLE.problem(kept_in=kept_in, reason="There is no such place."))

    def choose_passphrase(self, passphrase: Secret) -> None:
        self.passphrase = passphrase
