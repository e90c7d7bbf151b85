"""qzetl: from Chinese regional news to an open dataset in which every number carries its sentence.

The rooms, in the order in which an article walks through them: `qzetl.collect`, `qzetl.read`, `qzetl.extract`,
`qzetl.dataset`; `qzetl.pipeline` joins them, the command `qzetl` and the flows run it. This module is the public
face: settings, the error tree and the version. It imports nothing heavy.
"""

from __future__ import annotations

from qzetl.errors import QzetlError
from qzetl.settings import Settings

__all__ = ["QzetlError", "Settings", "__version__"]

__version__ = "0.1.0"
