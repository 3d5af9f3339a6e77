"""The plain recipe of lesson 10 in PyTorch, from the same initial weights and the same batches.

    build/default/bin/lenet_accuracy dump --out out/plain
    python3 benchmarks/peers/torch_accuracy.py --start out/plain --out out/torch.json

Reads what `lenet_accuracy dump` wrote, trains ten epochs for each seed and prints the test accuracies.
"""
import argparse
import gzip
import json
import pathlib
import sys
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

EPOCHS, BATCH_SIZE, LEARNING_RATE, MOMENTUM = 10, 64, 0.01, 0.9
TRAINING_IMAGES = 8000


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


def load_digits(folder):
    images = torch.from_numpy(read_idx(folder / "images-idx3-ubyte.gz").astype(np.float32) / 255).unsqueeze(1)
    labels = torch.from_numpy(read_idx(folder / "labels-idx1-ubyte.gz").astype(np.int64))
    cut = TRAINING_IMAGES
    return images[:cut], labels[:cut], images[cut:], labels[cut:]


def set_weights(network, weights):
    position = 0
    with torch.no_grad():
        for parameter in network.parameters():
            count = parameter.numel()
            parameter.copy_(torch.from_numpy(weights[position:position + count].reshape(parameter.shape)))
            position += count
    assert position == len(weights), f"expected {position} weights, got {len(weights)}"


def accuracy(network, images, labels):
    with torch.no_grad():
        return 100 * (network(images).argmax(1) == labels).float().mean().item()


def train(network, images, labels, order):
    optimizer = torch.optim.SGD(network.parameters(), lr=LEARNING_RATE, momentum=MOMENTUM)
    for epoch in order.reshape(EPOCHS, TRAINING_IMAGES):
        for begin in range(0, TRAINING_IMAGES, BATCH_SIZE):
            chosen = torch.from_numpy(epoch[begin:begin + BATCH_SIZE].astype(np.int64))
            optimizer.zero_grad(set_to_none=True)
            F.cross_entropy(network(images[chosen]), labels[chosen]).backward()
            optimizer.step()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--digits", type=pathlib.Path, default="datasets/mnist")
    parser.add_argument("--start", type=pathlib.Path, required=True, help="folder that `lenet_accuracy dump` wrote")
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=20)
    arguments = parser.parse_args()
    torch.set_num_threads(1)

    images, labels, test_images, test_labels = load_digits(arguments.digits)
    accuracies = []
    for seed in range(arguments.first_seed, arguments.first_seed + arguments.seeds):
        started = time.perf_counter()
        network = LeNet()
        set_weights(network, np.fromfile(arguments.start / f"weights_{seed}.f32", "<f4"))
        train(network, images, labels, np.fromfile(arguments.start / f"order_{seed}.i32", "<i4"))
        accuracies.append(accuracy(network, test_images, test_labels))
        print(f"seed {seed:2}: test {accuracies[-1]:.2f} %, {time.perf_counter() - started:.1f} s", file=sys.stderr)
    mean, error = np.mean(accuracies), np.std(accuracies, ddof=1) / np.sqrt(len(accuracies)) if len(accuracies) > 1 else 0
    result = {"torch": torch.__version__, "mean": mean, "standard_error": error, "median": float(np.median(accuracies)),
              "first_seed": arguments.first_seed, "test_accuracy_by_seed": accuracies}
    print(json.dumps(result, indent=2))
    if arguments.out:
        arguments.out.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
