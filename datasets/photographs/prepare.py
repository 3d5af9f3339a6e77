#!/usr/bin/env python3
"""Makes china.png and flower.png again, a quarter as wide and as high as the originals: each pixel is the mean of the
16 that it covers (area averaging; at the lower edge of fewer).

Usage: prepare.py FOLDER_WITH_THE_JPEGS FOLDER_TO_WRITE_TO

The originals lie in Debian's package python3-sklearn, in /usr/lib/python3/dist-packages/sklearn/datasets/images. Needs
python3-opencv, for reading JPEG and writing PNG.
"""

import hashlib
import pathlib
import sys

import cv2

ORIGINALS = {
    "china.jpg": "8378025ad2519d649d02e32bd98990db4ab572357d9f09841c2fbfbb4fefad29",
    "flower.jpg": "a77f6ec41e353afdf8bdff2ea981b2955535d8d83294f8cfa49cf4e423dd5638",
}
WIDTH, HEIGHT = 160, 107


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, target = map(pathlib.Path, sys.argv[1:])
    for name, expected in ORIGINALS.items():
        content = (source / name).read_bytes()
        found = hashlib.sha256(content).hexdigest()
        if found != expected:
            sys.exit(f"{source / name}: expected the picture with sha256 {expected}, got {found}")
        picture = cv2.imread(str(source / name), cv2.IMREAD_COLOR)
        small = cv2.resize(picture, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
        if not cv2.imwrite(str(target / (pathlib.Path(name).stem + ".png")), small, [cv2.IMWRITE_PNG_COMPRESSION, 9]):
            sys.exit(f"cannot write into {target}")


main()
