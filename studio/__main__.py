"""`python -m studio` is `studio`."""

from studio.start import main

if __name__ == "__main__":
    main()
