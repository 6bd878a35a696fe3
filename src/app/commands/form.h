#pragma once

#include <cstddef>
#include <string>

#include "app/one_of.h"
#include "app/state.h"

namespace digitlab {

// Commands about the settings of the next training: FormControl carries them out.

/// See `edited_form`.
struct EditForm {
    TrainForm form;
};
/// Fills in the form. Fails with "unknown-preset".
struct ChoosePreset {
    std::string id;
};
/// Fills in the form from a spec in JSON. Fails with "bad-json" or "bad-spec" and then leaves the form as it was.
struct OpenSpec {
    std::string json;
};
/// Asks the platform to put the form's settings on the clipboard. Fails like `spec_from_form`.
struct CopySpec {
    CopyFormat format;
};
struct EditSweep {
    SweepForm form;
};

// The custom network. Layers are counted from 0.

/// Makes an editable copy of the chosen network, which replaces an earlier copy, and chooses it.
struct CopyArchitecture {};
struct SetLayer {
    std::size_t layer;
    LayerSpec spec;  ///< if its kind is new, the layer keeps its old numbers
};
/// Inserts a new layer before `layer`, or after the last one when `layer` is the number of layers.
struct InsertLayer {
    std::size_t layer;
};
struct RemoveLayer {
    std::size_t layer;
};
/// Swaps `layer` with the next one.
struct SwapWithNext {
    std::size_t layer;
};
/// Makes an architecture in JSON the custom network; text that cannot be read stays in the form with the reason.
struct ReadArchitecture {
    std::string json;
};

using FormCommand = OneOf<EditForm, ChoosePreset, OpenSpec, CopySpec, EditSweep, CopyArchitecture, SetLayer, InsertLayer,
                          RemoveLayer, SwapWithNext, ReadArchitecture>;

}  // namespace digitlab
