"""What both PyTorch programs of this folder train: LeNet as lesson 10 has it, on the digits of datasets/mnist."""
import gzip
import pathlib

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

MNIST = pathlib.Path(__file__).parents[2] / "datasets" / "mnist"


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 5, padding=2)
        self.conv2 = nn.Conv2d(8, 16, 5)
        self.dense1 = nn.Linear(400, 120)
        self.dense2 = nn.Linear(120, 84)
        self.dense3 = nn.Linear(84, 10)

    def forward(self, images):
        x = F.max_pool2d(F.relu(self.conv1(images)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = F.relu(self.dense1(x.flatten(1)))
        return self.dense3(F.relu(self.dense2(x)))


def read_idx(path):
    """An array of bytes from a gzipped IDX file: 2 zero bytes, type 8, rank, big-endian extents, values."""
    content = gzip.decompress(path.read_bytes())
    rank = content[3]
    extents = np.frombuffer(content, ">u4", rank, 4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * rank).reshape(extents)


def load_digits(folder=MNIST):
    """All digits: [count, 1, 28, 28] in 0 ... 1, and their labels."""
    images = torch.from_numpy(read_idx(folder / "images-idx3-ubyte.gz").astype(np.float32) / 255).unsqueeze(1)
    return images, torch.from_numpy(read_idx(folder / "labels-idx1-ubyte.gz").astype(np.int64))
