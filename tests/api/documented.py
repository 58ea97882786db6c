"""Requests made of what the OpenAPI document gives as examples, and its schemas for answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from jsonschema import Draft202012Validator

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One operation of the document."""

    path: str
    method: str
    data: Json
    document: Json

    @property
    def name(self) -> str:
        """Return its id."""
        return str(self.data["operationId"])

    @property
    def parameters(self) -> list[Json]:
        """Return its parameters, looked up."""
        return [self.found(one) for one in self.data.get("parameters", [])]

    @property
    def responses(self) -> dict[str, Json]:
        """Return its answers by status, looked up."""
        return {status: self.found(one) for status, one in self.data["responses"].items()}

    def schema_of(self, status: int) -> Json:
        """Return the schema of a JSON answer; one that nothing follows where none is declared."""
        content = self.responses.get(str(status), {}).get("content", {})
        declared = content.get("application/json", {"schema": {"not": {}}})["schema"]
        return dict(declared)

    def found(self, one: Json) -> Json:
        """Return what a reference refers to."""
        while "$ref" in one:
            _, _, kind, name = one["$ref"].split("/")
            one = self.document["components"][kind][name]
        return one

    def faults(self, schema: Json, value: object) -> list[str]:
        """Return where a value does not follow a schema."""
        whole = {"allOf": [schema], "components": self.document["components"]}
        return [
            f"{self.method} {self.path}{one.json_path[1:]}: {one.message[:200]}"
            for one in Draft202012Validator(whole).iter_errors(value)
        ]


def operations(app: FastAPI) -> Iterator[Operation]:
    """Yield every operation of an application, in the order of its document."""
    document = app.openapi()
    for path, several in document["paths"].items():
        for method, data in several.items():
            yield Operation(path=path, method=method.upper(), data=data, document=document)


def examples_of(content: Json) -> list[Any]:
    """Return the examples of a body or parameter."""
    if "example" in content:
        return [content["example"]]
    several = content.get("examples") or content.get("schema", {}).get("examples") or {}
    if isinstance(several, dict):
        return [one["value"] for one in several.values()]
    return list(several)


@dataclass(kw_only=True)
class Requests:
    """Makes requests of examples, with the ids of what was made by earlier ones.

    Attributes:
        made: By the path of a collection, the id of something in it.
    """

    made: dict[str, str] = field(default_factory=dict)

    def of(self, operation: Operation) -> Json:
        """Return what ``TestClient.request`` takes."""
        asked: Json = {"method": operation.method, "params": {}}
        url = operation.path
        for one in operation.parameters:
            example = (examples_of(one) or [one["schema"].get("default", "")])[0]
            if one["in"] == "path":
                collection = operation.path.partition("{" + one["name"])[0].rstrip("/")
                url = url.replace("{" + one["name"] + "}", self.made.get(collection, str(example)))
            elif one["in"] == "query" and one.get("required"):
                asked["params"][one["name"]] = example
        body = operation.data.get("requestBody", {}).get("content", {}).get("application/json")
        if body:
            asked["json"] = examples_of(body)[0]
        return {**asked, "url": url}

    def note(self, operation: Operation, answer: object) -> None:
        """Remember what an answer says was made."""
        if isinstance(answer, dict) and "{" not in operation.path:
            whole = answer.get("candidate", answer)
            if isinstance(whole.get("id"), str):
                self.made[operation.path] = whole["id"]
