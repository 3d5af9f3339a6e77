#!/usr/bin/python3
"""LeNet of lesson 10 in PyTorch, measured as benchmarks/lenet_bench measures ours.

    torch_lenet.py [--threads N]

Prints one line "FIGURE VALUE" a figure: images a second in training (batch 64, momentum 0.9, PyTorch's defaults) and in
inference. With one thread the clock is the time that thread was on a processor, with more it is the wall's.
"""
import argparse
import gzip
import pathlib
import statistics
import time

import numpy
import torch
import torch.nn.functional as F
from torch import nn

MNIST = pathlib.Path(__file__).parents[2] / "datasets" / "mnist"


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 5, padding=2)
        self.conv2 = nn.Conv2d(8, 16, 5)
        self.dense1 = nn.Linear(400, 120)
        self.dense2 = nn.Linear(120, 84)
        self.dense3 = nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = F.relu(self.dense1(x.flatten(1)))
        return self.dense3(F.relu(self.dense2(x)))


def load(count):
    """The first `count` digits: [count, 1, 28, 28] in 0 ... 1, and their labels."""
    with gzip.open(MNIST / "images-idx3-ubyte.gz") as file:
        images = numpy.frombuffer(file.read(), numpy.uint8, offset=16)[: count * 784]
    with gzip.open(MNIST / "labels-idx1-ubyte.gz") as file:
        labels = numpy.frombuffer(file.read(), numpy.uint8, offset=8)[:count]
    return (torch.from_numpy(images.reshape(-1, 1, 28, 28).astype(numpy.float32) / 255),
            torch.from_numpy(labels.astype(numpy.int64)))


def train_steps(network, optimizer, images, labels, steps):
    order = torch.randperm(len(images))
    for step in range(steps):
        batch = order[step * 64:(step + 1) * 64]
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(network(images[batch]), labels[batch]).backward()
        optimizer.step()


def rate(work, items, clock, seconds=0.5, repetitions=3):
    """Items a second: the median of a few repetitions of at least `seconds`, after a warm-up."""
    work()
    rates = []
    for _ in range(repetitions):
        calls, start = 0, clock()
        while clock() - start < seconds:
            work()
            calls += 1
        rates.append(items * calls / (clock() - start))
    return statistics.median(rates)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=1)
    threads = parser.parse_args().threads
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    clock = time.process_time if threads == 1 else time.perf_counter

    images, labels = load(8000)
    network = LeNet()
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9)
    print("train_b64", rate(lambda: train_steps(network, optimizer, images, labels, 20), 20 * 64, clock))
    network.eval()
    with torch.no_grad():
        for batch in (1, 256):
            some = images[:batch].contiguous()
            print(f"inference_b{batch}", rate(lambda: network(some), batch, clock))


main()
