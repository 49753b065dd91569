"""The door: no body too large is read, every answer carries its safety headers, what went wrong is a problem.

Plain ASGI, so that a body is refused while it comes, not after it was kept in memory.
"""

import logging
import re
from collections.abc import Callable

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError, TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from showroom.shop.gateway import Unanswered
from showroom.shop.problems import MEDIA_TYPE, Problem, Refused

log = logging.getLogger(__name__)

MOST_BODY_BYTES = 64 << 10
MOST_PICTURE_BYTES = 4 << 20
_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"x-robots-tag", b"noindex"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),  # pages bring their own
]


class Door:
    """ASGI middleware: bounds bodies and adds headers."""

    def __init__(self, app: Callable):
        self._app = app

    async def __call__(self, scope, receive, send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = MOST_PICTURE_BYTES if scope["path"].endswith(("/still", "/still.jpg")) else MOST_BODY_BYTES
        length = dict(scope["headers"]).get(b"content-length", b"0")
        sending = _with_headers(send)
        if not length.isdigit() or len(length) > 12 or int(length) > most:
            await problem_response(Problem("body-too-large", f"At most {most:,} bytes are accepted."))(
                scope, receive, sending)
            return
        await self._app(scope, _bounded(receive, most), sending)


def _bounded(receive: Callable, most: int) -> Callable:
    """`receive` that refuses a body (of unsaid length) once it has grown past `most`."""
    came = 0

    async def bounded() -> dict:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > most:
            # the framework lets this one through
            raise HTTPException(413, f"At most {most:,} bytes are accepted.")
        return message

    return bounded


def _with_headers(send: Callable) -> Callable:
    async def sending(message: dict) -> None:
        if message["type"] == "http.response.start":
            headers = list(message["headers"])
            given = {name for name, _ in headers}
            headers += [pair for pair in _HEADERS if pair[0] not in given]
            message = {**message, "headers": headers}
        await send(message)

    return sending


def problem_response(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """The answer that says it."""
    return Response(problem.to_json(), problem.status, headers, MEDIA_TYPE)


def answer_problems(app: FastAPI) -> None:
    """Every error becomes a problem of one kind."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(OperationalError, _busy)
    app.add_exception_handler(PoolTimeout, _busy)
    app.add_exception_handler(Unanswered, _gateway_silent)
    app.add_exception_handler(Exception, _failed)


async def _refused(_request: Request, refused: Refused) -> Response:
    headers = {"WWW-Authenticate": "Bearer"} if refused.problem.code == "key-refused" else None
    return problem_response(refused.problem, headers)


async def _malformed(_request: Request, error: RequestValidationError) -> Response:
    if any(one["loc"][0] == "path" for one in error.errors()):
        return problem_response(Problem("nothing-here", "There is nothing of that name."))
    told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:5])
    if any(one["loc"][:2] == ("header", "idempotency-key") for one in error.errors()):
        return problem_response(Problem(
            "idempotency-key-missing", "A header Idempotency-Key of 16 to 128 letters, digits, - or _ is "
            "needed; draw one at random for each order."))
    return problem_response(Problem("body-refused", told.encode("utf-8", "replace").decode()[:1000]))


async def _http(request: Request, error: HTTPException) -> Response:
    codes = {404: "nothing-here", 405: "not-allowed", 400: "body-refused", 413: "body-too-large"}
    code = codes.get(error.status_code, "failed")
    headers = {"Allow": _allowed(request)} if error.status_code == 405 else error.headers
    return problem_response(Problem(code, str(error.detail)), headers)


def _allowed(request: Request) -> str:
    """What this address can be asked: the framework names the methods of one of its operations alone."""
    found = {method.upper() for path, methods in request.app.openapi()["paths"].items() for method in methods
             if re.fullmatch(re.sub(r"\\\{[a-z_]+\\\}", "[^/]+", re.escape(path)), request.url.path)}
    return ", ".join(sorted(found or {"GET", "POST"}))


async def _busy(_request: Request, error: Exception) -> Response:
    why = str(getattr(error, "orig", error))[:200]
    log.warning("the database did not answer in time or has no room: %s", why)
    return problem_response(Problem("busy", "The shop is busy; the same again in a moment is welcome."),
                            {"Retry-After": "1"})


async def _gateway_silent(_request: Request, error: Unanswered) -> Response:
    log.warning("the payment service did not answer: %s", str(error)[:200])
    return problem_response(Problem("busy", "The payment service does not answer; nothing was changed."),
                            {"Retry-After": "5"})


async def _failed(_request: Request, _error: Exception) -> Response:
    headers = {name.decode(): value.decode() for name, value in _HEADERS}  # it is answered outside the door
    return problem_response(Problem("failed", "This is our fault and has been noted."), headers)
