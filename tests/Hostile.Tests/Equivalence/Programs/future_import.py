from __future__ import annotations
def f(x: Undefined) -> None: pass
print(f.__annotations__)
