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
/// Fills in the form. Code "unknown-preset".
struct ChoosePreset {
    std::string id;
};
/// Fills in the form from a spec in JSON. Codes "bad-json" and "bad-spec"; the form is then as it was.
struct OpenSpec {
    std::string json;
};
/// Asks the platform for the form's settings on the clipboard. The codes of `spec_from_form`.
struct CopySpec {
    CopyFormat format;
};
struct EditSweep {
    SweepForm form;
};

// The custom network. Layers are counted from 0.

/// Chooses an editable copy of the chosen network, which replaces an earlier copy.
struct CopyArchitecture {};
struct SetLayer {
    std::size_t layer;
    LayerSpec spec;  ///< of another kind: its numbers are those of the layer as it was
};
/// Inserts a new layer before `layer`, or behind the last when `layer` is the number of layers.
struct InsertLayer {
    std::size_t layer;
};
struct RemoveLayer {
    std::size_t layer;
};
/// Exchanges `layer` with the next.
struct SwapWithNext {
    std::size_t layer;
};
/// Takes over an architecture in JSON as the custom network; what cannot be read stays in the form with the reason.
struct ReadArchitecture {
    std::string json;
};

using FormCommand = OneOf<EditForm, ChoosePreset, OpenSpec, CopySpec, EditSweep, CopyArchitecture, SetLayer, InsertLayer,
                          RemoveLayer, SwapWithNext, ReadArchitecture>;

}  // namespace digitlab
