"""The API's own description: which problems an operation may answer with, and the page that shows it all.

The page is made here, because the usual ones load their scripts from elsewhere.
"""

from fastapi import FastAPI

from showroom import __version__
from showroom.shop.problems import KNOWN, MEDIA_TYPE

_PROBLEM = {"$ref": "#/components/schemas/ProblemTold"}
_EVERYWHERE = ("nothing-here", "body-too-large", "busy")
_METHODS = ("get", "put", "post", "delete", "patch")


def refusals(*codes: str) -> dict:
    """`responses` of an operation that may refuse with these codes."""
    by_status: dict[int, list[str]] = {}
    for code in (*codes, *_EVERYWHERE):
        by_status.setdefault(KNOWN[code][0], []).append(code)
    return {status: {"description": " · ".join(found), "content": {MEDIA_TYPE: {"schema": _PROBLEM}}}
            for status, found in by_status.items()}


def links_of_order() -> dict:
    """Which operations take the order_id that ordering answers with."""
    of_order = {"order_id": "$response.body#/order_id"}
    return {name: {"operationId": name, "parameters": of_order} for name in (
        "showroom_order", "showroom_cancel", "showroom_still", "merchant_ship", "merchant_refund")}


def describe(app: FastAPI, problem_schema: dict) -> None:
    """Puts the problem's schema among the components, and drops the framework's own form of a refusal."""
    made = app.openapi

    def openapi() -> dict:
        if app.openapi_schema is None:
            schema = made()
            schemas = schema.setdefault("components", {}).setdefault("schemas", {})
            schemas["ProblemTold"] = problem_schema
            for name in ("HTTPValidationError", "ValidationError"):
                schemas.pop(name, None)
            for path in schema["paths"].values():
                for operation in path.values():
                    _own_refusal(operation)
        return app.openapi_schema

    app.openapi = openapi


def _own_refusal(operation: dict) -> None:
    found = operation.get("responses", {}).get("422", {})
    if "application/json" in found.get("content", {}):
        operation["responses"]["422"] = {"description": "body-refused",
                                         "content": {MEDIA_TYPE: {"schema": _PROBLEM}}}


def page_of(schema: dict) -> dict:
    """What the template of the page shows."""
    operations = [{"method": method.upper(), "path": path, **operation}
                  for path, methods in schema["paths"].items()
                  for method, operation in methods.items() if method in _METHODS]
    return {"version": __version__, "operations": operations, "schemas": schema["components"]["schemas"],
            "problems": [{"code": code, "status": status, "title": title}
                         for code, (status, title) in KNOWN.items()]}
