#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "nn/architecture.h"

namespace digitlab {

// Editing a network layer by layer. Layers are counted from 0 here; `LayerSpec::from` counts from 1 and keeps referring to the
// same layer when others are inserted, removed or moved.

/// The id of the user's own network.
inline constexpr const char* custom_id = "custom";

/// A copy with `custom_id` and the title "Custom, from <title>".
Architecture editable_copy(const Architecture& architecture);

/// Inserts a new layer, of a kind that fits there, before layer `index` or at the end.
void insert_layer(Architecture& architecture, std::size_t index);
void remove_layer(Architecture& architecture, std::size_t index);
/// Swaps layer `index` with the next one.
void swap_with_next(Architecture& architecture, std::size_t index);
/// Changes the kind of layer `index`; numbers it lacks get default values.
void change_kind(Architecture& architecture, std::size_t index, LayerKind kind);

/// How far the layers of a network fit together.
struct LayerCheck {
    std::vector<LayerShape> shapes;    ///< of the layers before the first that does not fit; of all if all fit
    std::optional<std::size_t> unfit;  ///< that layer
    std::string problem;               ///< the reason, as in `infer_shapes`
};
LayerCheck check_layers(const Architecture& architecture);

/// The architecture as JSON with one line per layer.
std::string architecture_text(const Architecture& architecture);
/// Parses such JSON as a custom network. Fails with "bad-json" or "bad-architecture".
Result<Architecture> architecture_from_text(const std::string& text);

}  // namespace digitlab
