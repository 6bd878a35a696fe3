#include "nn/model_file.h"

#include <algorithm>
#include <cstring>

#include "base/byte_order.h"
#include "base/checksum.h"
#include "base/half.h"
#include "base/json_reader.h"

namespace digitlab {

namespace {

constexpr char magic[4] = {'D', 'G', 'L', 'B'};
constexpr std::uint32_t first_version = 1, half_precision_version = 2;
constexpr std::size_t header_size = 12;
constexpr std::size_t checksum_size = 4;

void append(Bytes& bytes, const void* data, std::size_t size) {
    const auto* from = static_cast<const std::uint8_t*>(data);
    bytes.insert(bytes.end(), from, from + size);
}

std::size_t padded(std::size_t size) { return (size + 7) / 8 * 8; }

tl::unexpected<Error> bad(const char* message) { return fail("bad-model", message); }

bool is_half(const Model::Tensor& tensor, Precision precision) {
    return precision == Precision::half && tensor.shape.size() > 1;
}

Json description_of(const Model& model, Precision precision) {
    Json tensors = Json::array();
    for (const Model::Tensor& tensor : model.tensors) {
        const char* type = is_half(tensor, precision) ? "float16" : "float32";
        tensors.push_back({{"name", tensor.name}, {"shape", tensor.shape}, {"type", type}});
    }
    return {{"architecture", to_json(model.architecture)}, {"tensors", tensors}, {"notes", model.notes}};
}

/// Checks everything outside the JSON and returns the text of the JSON.
Result<std::string_view> check_frame(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < sizeof magic || std::memcmp(bytes.data(), magic, sizeof magic) != 0) {
        return bad("This is not a Digit Lab model file.");
    }
    if (bytes.size() < header_size + checksum_size) return bad("The model file is cut short. Get a fresh copy of it.");
    if (read_u32(bytes, 4) > half_precision_version)
        return bad("The model file was made by a newer Digit Lab. Reload the page or update.");
    const std::size_t body = bytes.size() - checksum_size;
    if (crc32(bytes.first(body)) != read_u32(bytes, body)) {
        return bad("The model file is cut short or damaged: its checksum does not match. Get a fresh copy of it.");
    }
    const std::size_t length = read_u32(bytes, 8);
    if (length > body - header_size) return bad("The model file is damaged: its description is longer than the file.");
    return std::string_view(reinterpret_cast<const char*>(bytes.data()) + header_size, length);
}

Result<std::size_t> element_count(const std::vector<int>& shape, std::size_t most) {
    std::size_t count = 1;
    for (const int side : shape) {
        if (side < 1 || count > most / static_cast<std::size_t>(side))
            return bad("The model file is damaged: a tensor is larger than the file.");
        count *= static_cast<std::size_t>(side);
    }
    return count;
}

void append_values(Bytes& bytes, const Model::Tensor& tensor, Precision precision) {
    if (!is_half(tensor, precision)) return append(bytes, tensor.values.data(), tensor.values.size() * sizeof(float));
    for (const float value : tensor.values) {
        const std::uint16_t half = half_from_float(value);
        append(bytes, &half, sizeof half);
    }
}

Result<Model::Tensor> read_tensor(const Json& json, std::span<const std::uint8_t>& data) {
    Model::Tensor tensor;
    std::string type;
    JsonReader reader(json, {"bad-model", "The model file is damaged: of a tensor, "});
    reader.required("name", tensor.name);
    reader.required("shape", tensor.shape);
    reader.required("type", type);
    reader.check(type == "float32" || type == "float16", "the type is unknown.");
    if (!reader.ok()) return reader.finish(std::move(tensor));
    const bool half = type == "float16";
    const std::size_t value_size = half ? sizeof(std::uint16_t) : sizeof(float);
    const auto count = element_count(tensor.shape, data.size() / value_size);
    if (!count) return tl::unexpected(count.error());
    tensor.values.resize(*count);
    if (half) {
        for (std::size_t i = 0; i < *count; ++i) {
            std::uint16_t bits = 0;
            std::memcpy(&bits, data.data() + i * value_size, value_size);
            tensor.values[i] = float_from_half(bits);
        }
    } else {
        std::memcpy(tensor.values.data(), data.data(), *count * value_size);
    }
    data = data.subspan(*count * value_size);
    return tensor;
}

}  // namespace

Model model_from_network(const Network& network) {
    Model model;
    model.architecture = network.architecture();
    for (const Parameter& parameter : network.parameters()) {
        model.tensors.push_back({parameter.name, parameter.shape, standard_order(parameter, parameter.value)});
    }
    return model;
}

Result<Network> network_from_model(const Model& model, int batch_capacity, ThreadPool& pool) {
    auto network = Network::create(model.architecture, batch_capacity, NetworkUse::inference, pool);
    if (!network) return network;
    if (Status set = set_weights(*network, model); !set) return tl::unexpected(set.error());
    return network;
}

namespace {

Status set_parameters(std::span<Parameter> parameters, std::span<const Model::Tensor> tensors) {
    const auto fits = [](const Parameter& parameter, const Model::Tensor& tensor) {
        return tensor.name == parameter.name && tensor.shape == parameter.shape &&
               tensor.values.size() == parameter.value.size();
    };
    if (!std::ranges::equal(parameters, tensors, fits)) {
        return bad("The model's weights do not belong to its architecture.");
    }
    for (std::size_t i = 0; i < parameters.size(); ++i) set_from_standard_order(parameters[i], tensors[i].values);
    return {};
}

}  // namespace

Status set_weights(Network& network, const Model& model) { return set_parameters(network.parameters(), model.tensors); }

Status set_weights_below_last_layer(Network& network, const Model& model) {
    const auto parameters = network.parameters();
    const std::span<const Model::Tensor> tensors = model.tensors;
    if (tensors.size() != parameters.size()) return bad("The model's weights do not belong to its architecture.");
    const std::size_t last = network.architecture().layers.size() - 1;
    const auto below = static_cast<std::size_t>(
        std::ranges::count_if(parameters, [last](const Parameter& parameter) { return parameter.layer < last; }));
    return set_parameters(parameters.first(below), tensors.first(below));
}

Model half_precision(Model model) {
    for (Model::Tensor& tensor : model.tensors) {
        if (!is_half(tensor, Precision::half)) continue;
        for (float& value : tensor.values) value = float_from_half(half_from_float(value));
    }
    return model;
}

std::string weights_hash(const Model& model) {
    Bytes bytes;
    for (const Model::Tensor& tensor : model.tensors) append(bytes, tensor.values.data(), tensor.values.size() * sizeof(float));
    return sha256_hex(bytes).substr(0, 16);
}

Bytes encode_model(const Model& model, Precision precision) {
    const std::string description = dump_json(description_of(model, precision));
    std::size_t values = 0;
    for (const Model::Tensor& tensor : model.tensors) values += tensor.values.size();
    Bytes bytes;
    bytes.reserve(padded(header_size + description.size()) + values * sizeof(float) + checksum_size);
    append(bytes, magic, sizeof magic);
    append_u32(bytes, precision == Precision::half ? half_precision_version : first_version);
    append_u32(bytes, static_cast<std::uint32_t>(description.size()));
    append(bytes, description.data(), description.size());
    bytes.resize(padded(bytes.size()));
    for (const Model::Tensor& tensor : model.tensors) append_values(bytes, tensor, precision);
    append_u32(bytes, crc32(bytes));
    return bytes;
}

Result<Model> decode_model(std::span<const std::uint8_t> bytes) {
    const auto text = check_frame(bytes);
    if (!text) return tl::unexpected(text.error());
    const auto json = parse_json(*text);
    if (!json || !json->is_object() || !json->contains("architecture") || !json->contains("tensors") ||
        !(*json)["tensors"].is_array()) {
        return bad("The model file is damaged: its description cannot be read.");
    }
    Model model;
    auto architecture = architecture_from_json((*json)["architecture"]);
    if (!architecture) return fail("bad-model", "The model's architecture cannot be built: " + architecture.error().message);
    model.architecture = std::move(*architecture);
    JsonReader reader(*json, {"bad-model", "The model file is damaged: "});
    reader.object("notes", model.notes);
    if (!reader.ok()) return reader.finish(std::move(model));

    const std::size_t start = std::min(padded(header_size + text->size()), bytes.size() - checksum_size);
    std::span<const std::uint8_t> data = bytes.subspan(start, bytes.size() - checksum_size - start);
    for (const Json& entry : (*json)["tensors"]) {
        auto tensor = read_tensor(entry, data);
        if (!tensor) return tl::unexpected(tensor.error());
        model.tensors.push_back(std::move(*tensor));
    }
    if (!data.empty()) return bad("The model file is damaged: it holds more than it describes.");
    return model;
}

}  // namespace digitlab
