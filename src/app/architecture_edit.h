#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "nn/architecture.h"

namespace digitlab {

// Changing a network layer by layer. Layers are counted from 0 here; `LayerSpec::from` counts from 1, and goes on meaning the
// same layer when others come, go or move.

/// The id of the user's own network.
inline constexpr const char* custom_id = "custom";

/// With `custom_id` and the title "Custom, from <title>".
Architecture editable_copy(const Architecture& architecture);

/// Puts a new layer of a kind that fits where it stands before layer `index`, or at the end.
void insert_layer(Architecture& architecture, std::size_t index);
void remove_layer(Architecture& architecture, std::size_t index);
/// Exchanges layer `index` with the next.
void swap_with_next(Architecture& architecture, std::size_t index);
/// Makes layer `index` one of another kind; numbers it lacks get usual values.
void change_kind(Architecture& architecture, std::size_t index, LayerKind kind);

/// The layers of a network as far as they fit.
struct LayerCheck {
    std::vector<LayerShape> shapes;    ///< up to the first layer that cannot fit; of all when there is none
    std::optional<std::size_t> unfit;  ///< that layer
    std::string problem;               ///< why; as in `infer_shapes`
};
LayerCheck check_layers(const Architecture& architecture);

/// JSON with a line for each layer.
std::string architecture_text(const Architecture& architecture);
/// The way back, as a custom network. Code "bad-json" or "bad-architecture".
Result<Architecture> architecture_from_text(const std::string& text);

}  // namespace digitlab
