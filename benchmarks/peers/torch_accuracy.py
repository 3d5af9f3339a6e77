"""The plain recipe of lesson 10 in PyTorch, from the same initial weights and the same batches.

    build/default/bin/lenet_accuracy dump --out out/plain
    python3 benchmarks/peers/torch_accuracy.py --start out/plain --out out/torch.json

Reads what `lenet_accuracy dump` wrote, trains ten epochs for each seed and prints the test accuracies.
"""
import argparse
import json
import pathlib
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

from torch_lenet_model import MNIST, LeNet, load_digits

EPOCHS, BATCH_SIZE, LEARNING_RATE, MOMENTUM = 10, 64, 0.01, 0.9
TRAINING_IMAGES = 8000


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
    parser.add_argument("--digits", type=pathlib.Path, default=MNIST)
    parser.add_argument("--start", type=pathlib.Path, required=True, help="folder that `lenet_accuracy dump` wrote")
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=20)
    arguments = parser.parse_args()
    torch.set_num_threads(1)

    all_images, all_labels = load_digits(arguments.digits)
    images, test_images = all_images[:TRAINING_IMAGES], all_images[TRAINING_IMAGES:]
    labels, test_labels = all_labels[:TRAINING_IMAGES], all_labels[TRAINING_IMAGES:]
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
