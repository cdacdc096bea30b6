"""What the runner asks for: limits, arguments and options of the execute frame."""

import math

from supervisor.environment import check_environment
from supervisor.frames import ProtocolError
from supervisor.languages import NAMES, PYTHON
from supervisor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Limits(Record):
    wall_time_seconds: float
    output_bytes: int
    output_kill_bytes: int
    file_bytes: int
    files: int
    total_file_bytes: int
    skipped_files: int
    cpu_seconds: float | None = None

    @staticmethod
    def parse(value: Any) -> "Limits":
        if not isinstance(value, dict):
            raise ProtocolError("execute has no limits")
        required = {name: _number(value, name, kind is float) for name, kind in Limits.__annotations__.items() if name != "cpu_seconds"}
        cpu_seconds = None if value.get("cpu_seconds") is None else _number(value, "cpu_seconds", fraction=True)
        limits = Limits(**required, cpu_seconds=cpu_seconds)
        if limits.wall_time_seconds <= 0 or cpu_seconds == 0:
            raise ProtocolError("a limit of time is not above zero")
        return limits


class Execute(Record):
    args: list[str]
    limits: Limits
    environment: dict[str, str]
    echo: bool
    interactive: bool
    merge_output: bool
    language: str = PYTHON

    @staticmethod
    def parse(value: dict[str, Any]) -> "Execute":
        args = value.get("args")
        if not isinstance(args, list) or not all(isinstance(arg, str) for arg in args):
            raise ProtocolError("execute has no list of args")
        return Execute(
            args, Limits.parse(value.get("limits")), check_environment(value.get("environment")), _flag(value, "echo"),
            _flag(value, "interactive"), _flag(value, "merge_output"), _language(value))


def _number(values: dict[str, Any], name: str, fraction: bool) -> Any:
    value = values.get(name)
    allowed = (int, float) if fraction else (int,)
    if not isinstance(value, allowed) or isinstance(value, bool) or not math.isfinite(value) or value < 0:
        raise ProtocolError(f"limit {name} is missing or not a number from zero")
    return value


def _language(values: dict[str, Any]) -> str:
    value = values.get("language")
    if value is None:
        return PYTHON
    if not isinstance(value, str) or value not in NAMES:
        raise ProtocolError(f"language is none of {', '.join(NAMES)}")
    return value


def _flag(values: dict[str, Any], name: str) -> bool:
    value = values.get(name)
    if value is not None and not isinstance(value, bool):
        raise ProtocolError(f"{name} is neither true nor false")
    return value is True
