#!/usr/bin/python3
"""LeNet of lesson 10 in PyTorch, measured as benchmarks/lenet_bench measures ours.

    torch_lenet.py [--threads N]

Prints one line "FIGURE VALUE" a figure: images a second in training (batch 64, momentum 0.9, PyTorch's defaults) and in
inference. With one thread the clock is the time that thread was on a processor, with more it is the wall's.
"""
import argparse
import statistics
import time

import torch
import torch.nn.functional as F

from torch_lenet_model import LeNet, load_digits


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

    images, labels = (part[:8000] for part in load_digits())
    network = LeNet()
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9)
    print("train_b64", rate(lambda: train_steps(network, optimizer, images, labels, 20), 20 * 64, clock))
    network.eval()
    with torch.no_grad():
        for batch in (1, 256):
            some = images[:batch].contiguous()
            print(f"inference_b{batch}", rate(lambda: network(some), batch, clock))


main()
