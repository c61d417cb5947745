"""The whole table of failures that are produced for real."""

from tests.causes.exchange_rows import AUTODISCOVER_ROWS, EXCHANGE_ROWS
from tests.causes.http_rows import HTTP_ROWS
from tests.causes.local_rows import LOCAL_ROWS
from tests.causes.network_rows import NETWORK_ROWS
from tests.causes.row import Row
from tests.causes.sign_in_rows import SIGN_IN_ROWS
from tests.causes.tls_rows import TLS_ROWS

ROWS: tuple[Row, ...] = (
    *NETWORK_ROWS,
    *TLS_ROWS,
    *HTTP_ROWS,
    *SIGN_IN_ROWS,
    *AUTODISCOVER_ROWS,
    *EXCHANGE_ROWS,
    *LOCAL_ROWS,
)
