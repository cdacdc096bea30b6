from dataclasses import dataclass
from enum import Enum
@dataclass(frozen=True)
class P: x: int; y: int = 2
class C(Enum): RED = 1
print(P(1), C.RED, C(1))
