"""PyTorch's part of tools/bench: reads one JSON request per line and answers each with one line of JSON.

    worker.py MNIST-FOLDER THREADS

Settings that favour PyTorch: everything in memory as one tensor, batches by index, no data loader, gradients set to none,
denormals flushed, and the fastest combination of memory layout and one or all threads. The program that starts this one chooses
the BLAS, the instruction set and the allocator.
"""

import ctypes
import json
import pathlib
import re
import sys
import time

import numpy
import torch
from torch.nn import functional

from model_file import read_model
from network import Network

LAYOUTS = {"contiguous": torch.contiguous_format, "channels-last": torch.channels_last}
WARM_UP_STEPS = 5
TRIAL_SHARE = 0.15  # of the time to measure, for each setting
EVALUATION_BATCH = 500


def read_mnist(folder, half):
    images = numpy.fromfile(folder / f"{half}-images-idx3-ubyte", numpy.uint8)[16:].reshape(-1, 1, 28, 28)
    labels = numpy.fromfile(folder / f"{half}-labels-idx1-ubyte", numpy.uint8)[8:]
    return torch.from_numpy(images).float() / 255, torch.from_numpy(labels).long()


def blas_in_use():
    """Returns what the loaded libraries report about themselves; PyTorch knows only that it called some BLAS."""
    torch.mm(torch.ones(64, 64), torch.ones(64, 64))
    libraries = set(re.findall(r"(/\S*(?:blas|mkl)\S*\.so\S*)", pathlib.Path("/proc/self/maps").read_text()))
    for path in sorted(libraries):
        try:
            config = ctypes.CDLL(path).openblas_get_config
        except AttributeError:
            continue
        config.restype = ctypes.c_char_p
        return f"{config().decode().strip()} ({pathlib.Path(path).parent.name})"
    return ", ".join(pathlib.Path(path).name for path in sorted(libraries)) or "unknown"


class Worker:
    def __init__(self, folder, threads):
        self.threads = threads
        torch.set_num_threads(threads)
        torch.set_flush_denormal(True)
        self.images, self.labels = read_mnist(folder, "train")
        self.test_images, self.test_labels = read_mnist(folder, "t10k")

    def describe(self, _):
        return {"version": torch.__version__, "blas": blas_in_use(), "oneDnn": torch.backends.mkldnn.is_available(),
                "cpuCapability": re.search(r"CPU capability usage: (\S+)", torch.__config__.show()).group(1),
                "threads": torch.get_num_threads()}

    def check(self, request):
        """Evaluates the weights of a model file on the test images."""
        description, tensors = read_model(request["model"])
        network = Network(description["architecture"]["layers"], tensors)
        network.load(tensors)
        accuracy, loss, logits = self.evaluate(network, len(self.test_labels))
        temperature = description["notes"].get("calibration", {}).get("temperature", 1)
        probabilities = torch.softmax(logits[:request["pictures"]] / temperature, 1)
        return {"architecture": description["architecture"], "tensors": list(tensors), "accuracy": accuracy, "loss": loss,
                "probabilities": probabilities.tolist()}

    def train(self, request):
        """Measures steady-state training speed; the losses and the accuracy show that it did train."""
        trials = []
        for layout in LAYOUTS if has_convolution(request) else ["contiguous"]:
            for threads in sorted({self.threads, 1}):
                torch.set_num_threads(threads)
                training = Training(request, self.images, self.labels, LAYOUTS[layout])
                training.run(WARM_UP_STEPS, 0)
                speed = training.run(WARM_UP_STEPS, TRIAL_SHARE * request["secs"])
                trials.append({"imagesPerSecond": speed, "layout": layout, "threads": threads, "training": training})
        best = max(trials, key=lambda trial: trial["imagesPerSecond"])
        training = best["training"]
        torch.set_num_threads(best["threads"])
        speed = training.run(WARM_UP_STEPS, request["secs"])
        torch.set_num_threads(self.threads)
        accuracy, _, _ = self.evaluate(training.network, request["testImages"])
        for trial in trials:
            del trial["training"]
        return {"imagesPerSecond": speed, "layout": best["layout"], "threads": best["threads"], "trials": trials,
                "losses": [float(loss) for loss in training.losses], "accuracy": accuracy}

    @torch.no_grad()
    def evaluate(self, network, count):
        network.eval()
        parts = [network(part) for part in self.test_images[:count].split(EVALUATION_BATCH)]
        logits, labels = torch.cat(parts), self.test_labels[:count]
        accuracy = float((logits.argmax(1) == labels).double().mean())
        return accuracy, float(functional.cross_entropy(logits, labels)), logits


def has_convolution(request):
    return any(layer["type"] == "conv" for layer in request["layers"])


class Training:
    def __init__(self, request, images, labels, memory_format):
        torch.manual_seed(1)
        self.images, self.labels, self.batch_size = images, labels, request["batchSize"]
        self.memory_format = memory_format
        self.network = Network(request["layers"], request["tensors"]).to(memory_format=memory_format)
        self.network.train()
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=request["learningRate"])
        self.order, self.position = torch.randperm(len(labels)), 0
        self.losses = []

    def next_rows(self):
        if self.position + self.batch_size > len(self.order):
            self.order, self.position = torch.randperm(len(self.order)), 0
        rows = self.order[self.position:self.position + self.batch_size]
        self.position += self.batch_size
        return rows

    def step(self):
        rows = self.next_rows()
        images = self.images[rows].contiguous(memory_format=self.memory_format)
        self.optimizer.zero_grad(set_to_none=True)
        loss = functional.cross_entropy(self.network(images), self.labels[rows])
        loss.backward()
        self.optimizer.step()
        self.losses.append(loss.detach())

    def run(self, least_steps, secs):
        """Trains for `secs` and at least `least_steps` steps; returns images per second."""
        start, steps, elapsed = time.perf_counter(), 0, 0
        while steps < least_steps or elapsed < secs:
            self.step()
            steps += 1
            elapsed = time.perf_counter() - start
        return steps * self.batch_size / elapsed


def main():
    worker = Worker(pathlib.Path(sys.argv[1]), int(sys.argv[2]))
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = getattr(worker, request["do"])(request)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
