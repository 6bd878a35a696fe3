#!/usr/bin/python3
"""Makes tests/nn/golden/*.json: PyTorch's results, which Digit Lab must reproduce.

Needs Debian's python3-torch. Run it by hand when a case is added; the results are committed, so that the tests need no PyTorch.
Inputs and weights come from a formula (`spread`) which the tests repeat, so only results are stored.
"""

import json
import pathlib

import torch

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "tests" / "nn" / "golden"


def spread(count, salt, scale):
    """Returns numbers in [-scale, scale) that look random: Knuth's multiplicative hash of (index + 1) * salt."""
    values = [(((i + 1) * salt * 2654435761) % 2**32) / 2**32 - 0.5 for i in range(count)]
    return torch.tensor([2 * scale * value for value in values], dtype=torch.float32)


def rounded(tensor):
    return [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]


OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.01),
    "sgd-decay": lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.1),
    "adam-decay": lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.1),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1),
    "adam-clip": lambda p: torch.optim.Adam(p, lr=0.01),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "adam-other-betas": lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.7, 0.9), eps=1e-6),
}
OPTIMIZER_STEPS = 5
OPTIMIZER_WEIGHTS = 37  # not a multiple of any vector width


def optimizer_cases():
    cases = []
    for name, make in OPTIMIZERS.items():
        weight = torch.nn.Parameter(spread(OPTIMIZER_WEIGHTS, 7, 1.0))
        optimizer = make([weight])
        after = []
        for step in range(OPTIMIZER_STEPS):
            weight.grad = spread(OPTIMIZER_WEIGHTS, 11 + step, 0.5)
            if name == "adam-clip":
                torch.nn.utils.clip_grad_norm_([weight], 0.5)
            optimizer.step()
            after.append(rounded(weight))
        cases.append({"name": name, "weightsAfterStep": after})
    return cases


def tanh_network():
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 2, 5, padding=2), torch.nn.Tanh(), torch.nn.AvgPool2d(2),
        torch.nn.Conv2d(2, 3, 5), torch.nn.Tanh(), torch.nn.AvgPool2d(2),
        torch.nn.Flatten(), torch.nn.Linear(75, 10))


def relu_network():
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 3, 3), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(3, 2, 3), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Flatten(), torch.nn.Linear(50, 8), torch.nn.ReLU(), torch.nn.Linear(8, 10))


class ResidualNetwork(torch.nn.Module):
    """Two paths from the pooled image's features to their sum."""

    def __init__(self):
        super().__init__()
        self.conv1, self.norm1 = torch.nn.Conv2d(1, 3, 3, padding=1), torch.nn.BatchNorm2d(3)
        self.conv2, self.norm2 = torch.nn.Conv2d(3, 3, 3, padding=1), torch.nn.BatchNorm2d(3)
        self.dense1, self.norm3 = torch.nn.Linear(75, 6), torch.nn.BatchNorm1d(6)
        self.dense2 = torch.nn.Linear(6, 10)

    def forward(self, images):
        pooled = torch.nn.functional.max_pool2d(images, 5)
        first = torch.relu(self.norm1(self.conv1(pooled)))
        both = torch.relu(self.norm2(self.conv2(first)) + first)
        return self.dense2(torch.tanh(self.norm3(self.dense1(both.flatten(1)))))


def tensors(network):
    """Yields parameters in Digit Lab's order: by layer, with running statistics after a normalisation's weight and bias."""
    for module in network.modules():
        yield from module.parameters(recurse=False)
        if isinstance(module, (torch.nn.BatchNorm1d, torch.nn.BatchNorm2d)):
            yield module.running_mean
            yield module.running_var


def conv(filters, kernel, padding, activation):
    return {"type": "conv", "filters": filters, "kernel": kernel, "padding": padding, "activation": activation}


NETWORKS = [
    ("tanh", tanh_network, [conv(2, 5, 2, "tanh"), {"type": "average-pool", "size": 2}, conv(3, 5, 0, "tanh"),
                            {"type": "average-pool", "size": 2}, {"type": "dense", "units": 10}]),
    ("relu", relu_network, [conv(3, 3, 0, "relu"), {"type": "max-pool", "size": 2}, conv(2, 3, 0, "relu"),
                            {"type": "max-pool", "size": 2}, {"type": "dense", "units": 8, "activation": "relu"},
                            {"type": "dense", "units": 10}]),
    ("residual", ResidualNetwork, [
        {"type": "max-pool", "size": 5}, conv(3, 3, 1, "none"), {"type": "batch-norm", "activation": "relu"},
        conv(3, 3, 1, "none"), {"type": "batch-norm"}, {"type": "add", "from": 3, "activation": "relu"},
        {"type": "dense", "units": 6}, {"type": "batch-norm", "activation": "tanh"}, {"type": "dense", "units": 10}]),
]
SMOOTHING = {"residual": 0.1}
BATCH = 3


def network_cases():
    cases = []
    for name, make, layers in NETWORKS:
        network = make()
        parameters = list(tensors(network))
        for index, parameter in enumerate(parameters):
            if not parameter.requires_grad:
                continue  # running statistics start at 0 and 1
            parameter.data = spread(parameter.numel(), 3 + index, 0.4).reshape(parameter.shape)
        images = (spread(BATCH * 784, 5, 0.5) + 0.5).reshape(BATCH, 1, 28, 28)
        labels = torch.tensor([3, 0, 9])
        logits = network(images)
        loss = torch.nn.functional.cross_entropy(logits, labels, label_smoothing=SMOOTHING.get(name, 0.0))
        loss.backward()
        cases.append({
            "name": name, "layers": layers, "labels": labels.tolist(), "logits": rounded(logits), "loss": float(loss),
            "labelSmoothing": SMOOTHING.get(name, 0.0),
            "gradients": [{"shape": list(p.shape), "values": rounded(p.grad if p.requires_grad else p)}
                          for p in parameters]})
    return cases


SCHEDULES = {
    "step": (lambda o: torch.optim.lr_scheduler.StepLR(o, step_size=10, gamma=0.5), {"type": "step", "stepEpochs": 1}),
    "cosine": (lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, T_max=40), "cosine"),
    "one-cycle": (lambda o: torch.optim.lr_scheduler.OneCycleLR(o, max_lr=1.0, total_steps=40, cycle_momentum=False),
                  "one-cycle"),
}


def schedule_cases():
    """40 steps, ten per epoch."""
    cases = []
    for name, (make, spec) in SCHEDULES.items():
        optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
        scheduler = make(optimizer)
        factors = []
        for _ in range(40):
            factors.append(float(f"{scheduler.get_last_lr()[0]:.9g}"))
            optimizer.step()
            scheduler.step()
        cases.append({"name": name, "schedule": spec, "factors": factors})
    return cases


def write(name, cases):
    content = {"pytorch": torch.__version__, "cases": cases}
    (FOLDER / name).write_text(json.dumps(content, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    write("optimizers.json", optimizer_cases())
    write("networks.json", network_cases())
    write("schedules.json", schedule_cases())
