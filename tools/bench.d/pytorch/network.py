"""Builds a Digit Lab architecture, given as the JSON of a model file, in PyTorch."""

import torch
from torch import nn

ACTIVATIONS = {"none": nn.Identity, "relu": nn.ReLU, "leaky-relu": nn.LeakyReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}

# PyTorch's names for the tensors of a model file.
TENSOR_NAMES = {"weight": "weight", "bias": "bias", "scale": "weight", "shift": "bias",
                "mean": "running_mean", "variance": "running_var"}


def make_operation(spec, shape, bias):
    """Returns the layer without its activation. `shape` is that of its input, including the batch."""
    kind = spec["type"]
    if kind == "conv":
        return nn.Conv2d(shape[1], spec["filters"], spec["kernel"], padding=spec["padding"], bias=bias)
    if kind == "dense":
        linear = nn.Linear(shape[1:].numel(), spec["units"], bias=bias)
        return nn.Sequential(nn.Flatten(), linear) if len(shape) > 2 else linear
    if kind == "batch-norm":
        return nn.BatchNorm2d(shape[1]) if len(shape) > 2 else nn.BatchNorm1d(shape[1])
    if kind == "max-pool":
        return nn.MaxPool2d(spec["size"])
    if kind == "average-pool":
        return nn.AvgPool2d(spec["size"])
    if kind == "dropout":
        return nn.Dropout(spec["rate"])
    if kind == "add":
        return nn.Identity()
    raise ValueError(f"no PyTorch layer is defined for type {kind}")


class Network(nn.Module):
    """Maps (N, 1, 28, 28) images in [0, 1] to (N, classes) logits. `tensor_names` tells which layers have a bias."""

    def __init__(self, layers, tensor_names):
        super().__init__()
        self.specs = layers
        self.operations, self.activations = nn.ModuleList(), nn.ModuleList()
        outputs = [torch.zeros(2, 1, 28, 28)]
        for number, spec in enumerate(layers, start=1):
            has_bias = f"{number}.{spec['type']}.bias" in tensor_names
            self.operations.append(make_operation(spec, outputs[-1].shape, has_bias))
            self.activations.append(ACTIVATIONS[spec.get("activation", "none")]())
            with torch.no_grad():
                outputs.append(self.layer(number, outputs))

    def layer(self, number, outputs):
        spec = self.specs[number - 1]
        x = outputs[-1] + outputs[spec["from"]] if spec["type"] == "add" else outputs[-1]
        return self.activations[number - 1](self.operations[number - 1](x))

    def forward(self, images):
        outputs = [images]
        for number in range(1, len(self.specs) + 1):
            outputs.append(self.layer(number, outputs))
        return outputs[-1]

    def load(self, tensors):
        """Loads the weights of a model file; every tensor must belong to a layer."""
        for name, values in tensors.items():
            number, _, what = name.split(".")
            operation = self.operations[int(number) - 1]
            operation = operation[-1] if isinstance(operation, nn.Sequential) else operation
            getattr(operation, TENSOR_NAMES[what]).data.copy_(values)
