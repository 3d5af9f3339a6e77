"""What the run_* programs share: launches without pinned kernels, and medians with their spread."""
import os
import statistics
import subprocess

DEBIAN_PYTHON = "/usr/bin/python3"  # the one that apt-get install python3-sklearn serves


def environment(threads=1, **more):
    """As many threads for every runtime, and no pinned kernels that would hold a peer back."""
    clean = {name: value for name, value in os.environ.items() if name not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    for runtime in ("OMP", "OPENBLAS", "MKL"):
        clean[f"{runtime}_NUM_THREADS"] = str(threads)
    return clean | more


def output_of(command, threads=1, **more):
    result = subprocess.run(command, env=environment(threads, **more), check=True, stdout=subprocess.PIPE, text=True, timeout=550)
    return result.stdout


def has_modules(names):
    return subprocess.run([DEBIAN_PYTHON, "-c", f"import {names}"], env=environment(), capture_output=True).returncode == 0


def spread(values, digits):
    return f"{statistics.median(values):,.{digits}f} [{min(values):,.{digits}f} .. {max(values):,.{digits}f}]"
