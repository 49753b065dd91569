"""`python -m showroom`, the same as the `showroom` command."""

import sys

from showroom.cli import main

if __name__ == "__main__":
    sys.exit(main())
