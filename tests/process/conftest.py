"""The stand-ins must be importable by name: spawned workers import them again."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
