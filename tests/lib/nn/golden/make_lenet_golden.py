#!/usr/bin/python3
"""Writes lenet.golden: LeNet's outputs, loss and gradients as PyTorch computes them in float64.

    tests/lib/nn/golden/make_lenet_golden.py        (Debian: apt-get install python3-torch)

Parameters and images follow from a formula that golden_test.cpp repeats, so the file holds results only: for each
tensor a line "NAME COUNT" and then its values in memory order, little-endian float64.
"""
import pathlib

import numpy
import torch
import torch.nn.functional as F

BATCH = 3
LABELS = [7, 0, 4]


def formula(shape, phase, scale):
    """scale * a pseudo-random number in [-0.5, 0.5) for each position, exact in any IEEE arithmetic."""
    i = numpy.arange(numpy.prod(shape), dtype=numpy.uint64)
    hashed = ((i + numpy.uint64(1)) * numpy.uint64(2654435761) + numpy.uint64(phase) * numpy.uint64(40503)) % 2**32
    hashed = (hashed ^ (hashed >> numpy.uint64(15))) * numpy.uint64(2246822519) % 2**32
    return torch.from_numpy(scale * (hashed.astype(numpy.float64) / 2**32 - 0.5)).reshape(shape)


def main():
    shapes = [(8, 1, 5, 5), (8,), (16, 8, 5, 5), (16,), (120, 400), (120,), (84, 120), (84,), (10, 84), (10,)]
    scales = [0.5, 0.5, 0.25, 0.5, 0.15, 0.5, 0.25, 0.5, 0.5, 0.5]
    parameters = [formula(s, phase, scale).requires_grad_() for phase, (s, scale) in enumerate(zip(shapes, scales))]
    conv1, bias1, conv2, bias2, dense1, bias3, dense2, bias4, dense3, bias5 = parameters
    images = (formula((BATCH, 1, 28, 28), 100, 1.0) + 0.5).requires_grad_()

    x = F.max_pool2d(F.relu(F.conv2d(images, conv1, bias1, padding=2)), 2)
    x = F.max_pool2d(F.relu(F.conv2d(x, conv2, bias2)), 2)
    x = F.relu(F.linear(x.flatten(1), dense1, bias3))
    logits = F.linear(F.relu(F.linear(x, dense2, bias4)), dense3, bias5)
    loss = F.cross_entropy(logits, torch.tensor(LABELS))
    loss.backward()

    results = [("logits", logits.detach()), ("loss", loss.detach().reshape(1))]
    results += [(f"gradient {p}", parameter.grad) for p, parameter in enumerate(parameters)]
    results += [("gradient images", images.grad)]
    with open(pathlib.Path(__file__).with_name("lenet.golden"), "wb") as file:
        for name, tensor in results:
            file.write(f"{name} {tensor.numel()}\n".encode())
            file.write(tensor.contiguous().numpy().astype("<f8").tobytes())
    print(f"loss {loss.item():.17g} with PyTorch {torch.__version__}")


main()
