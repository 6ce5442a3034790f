"""What keeps pixels the same on every processor: pinned before numpy is imported, in every process.

Measured: with AVX-512 against AVX2, numpy's transcendental functions, OpenCV through Intel IPP and
x264's own assembler give other last bits. See docs/design-notes.md, "The same bytes everywhere".
"""

from __future__ import annotations

import os
import sys

_ENVIRONMENT = {
    "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR",
    "OPENBLAS_CORETYPE": "Haswell",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # page faults on fresh big arrays cost as much as the arithmetic: let malloc keep them
    "MALLOC_MMAP_THRESHOLD_": str(1 << 30),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 33),
    "MALLOC_TOP_PAD_": str(1 << 28),
}


def pin_environment() -> None:
    """Set what numpy and its libraries read at import; call before numpy is imported."""
    os.environ.update(_ENVIRONMENT)


def pin_libraries() -> None:
    """One thread, and no code paths of another maker, in the libraries that touch pixels."""
    import cv2  # planning never gets here: cv2 takes 0.15 s to import

    cv2.setNumThreads(1)
    cv2.ipp.setUseIPP(False)
    cv2.ocl.setUseOpenCL(False)


def processor() -> str:
    """A word for the processors whose bytes agree: empty for x86-64 with AVX2, else the machine's name."""
    machine = os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITECTURE", "")
    if machine.lower() in ("x86_64", "amd64"):
        return ""
    return f"{machine} {sys.byteorder}"
