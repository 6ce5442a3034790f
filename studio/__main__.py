"""`python -m studio` is `studio`."""

import os
import sys

if __name__ == "__main__":
    # `python -m` puts the folder that it is called in first: what stands in a project is data, however it is called
    if not sys.flags.safe_path and sys.path[0] != os.path.dirname(os.path.dirname(os.path.abspath(__file__))):
        del sys.path[0]
    from studio.start import main

    main()
