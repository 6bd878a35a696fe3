"""Reads Digit Lab's model files; the format is described in src/nn/model_file.h."""

import json
import pathlib
import struct
import zlib

import numpy
import torch

TYPES = {"float32": numpy.dtype("<f4"), "float16": numpy.dtype("<f2")}
HEADER = struct.Struct("<4sII")  # magic, version, length of the JSON
CHECKSUM_BYTES = 4


def read_model(path):
    """Returns the description ({architecture, tensors, notes}) and the tensors by name, as float32."""
    content = pathlib.Path(path).read_bytes()
    body = content[:-CHECKSUM_BYTES]
    magic, version, length = HEADER.unpack_from(body)
    assert magic == b"DGLB" and version in (1, 2), f"{path}: not a model file this script knows"
    assert zlib.crc32(body) == int.from_bytes(content[-CHECKSUM_BYTES:], "little"), f"{path}: the checksum does not match"
    description = json.loads(body[HEADER.size:HEADER.size + length])
    offset = -(-(HEADER.size + length) // 8) * 8
    tensors = {}
    for entry in description["tensors"]:
        stored = TYPES[entry["type"]]
        count = int(numpy.prod(entry["shape"]))
        values = numpy.frombuffer(body, stored, count, offset).astype(numpy.float32)
        tensors[entry["name"]] = torch.from_numpy(values.reshape(entry["shape"]))
        offset += count * stored.itemsize
    assert offset == len(body), f"{path}: {len(body) - offset} bytes are left over"
    return description, tensors
