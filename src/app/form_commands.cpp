#include "app/form_commands.h"

#include <utility>

#include "app/presets.h"

namespace digitlab {

namespace {

/// Chooses `custom` and leaves the settings as they are.
void take_custom(TrainForm& form, Architecture custom) {
    form.layers = check_layers(custom);
    form.custom = std::move(custom);
    form.architecture = custom_id;
    form.json_draft.clear();
    form.json_problem.clear();
}

/// Lets `edit` change the custom network, which must have a layer `last_needed`.
template <class Edit>
Status edit_layers(TrainForm& form, std::size_t last_needed, Edit&& edit) {
    if (!form.custom) return fail("no-custom-network", "There is no network of your own yet. Edit a copy of one.");
    if (last_needed >= form.custom->layers.size()) {
        return fail("unknown-layer", "The network has no layer " + std::to_string(last_needed + 1) + ".");
    }
    Architecture custom = *form.custom;
    edit(custom);
    take_custom(form, std::move(custom));
    return {};
}

}  // namespace

Status change_form(TrainForm& form, const EditForm& command) {
    form = edited_form(form, command.form);
    return {};
}

Status change_form(TrainForm& form, const ChoosePreset& command) {
    const auto spec = preset_spec(command.id);
    if (!spec) return tl::unexpected(spec.error());
    form = form_of(form, *spec);
    form.preset = command.id;
    return {};
}

Status change_form(TrainForm& form, const OpenSpec& command) {
    const auto json = parse_json(command.json);
    if (!json) return tl::unexpected(json.error());
    const auto spec = spec_from_json(*json);
    if (!spec) return tl::unexpected(spec.error());
    form = form_of(form, *spec);
    return {};
}

Status change_form(TrainForm& form, const CopyArchitecture&) {
    const Architecture* chosen = chosen_architecture(form);
    if (!chosen) return tl::unexpected(find_architecture(form.architecture).error());
    // Copying the copy would only lengthen its title.
    if (form.architecture == custom_id) return {};
    form.custom_origin = form.architecture;
    take_custom(form, editable_copy(*chosen));
    return {};
}

Status change_form(TrainForm& form, const SetLayer& command) {
    return edit_layers(form, command.layer, [&](Architecture& custom) {
        LayerSpec& layer = custom.layers[command.layer];
        if (layer.kind != command.spec.kind) {
            change_kind(custom, command.layer, command.spec.kind);
        } else {
            layer = command.spec;
        }
    });
}

Status change_form(TrainForm& form, const InsertLayer& command) {
    // A layer can also be inserted after the last one.
    const std::size_t needed = command.layer > 0 ? command.layer - 1 : 0;
    return edit_layers(form, needed, [&](Architecture& custom) { insert_layer(custom, command.layer); });
}

Status change_form(TrainForm& form, const RemoveLayer& command) {
    if (form.custom && form.custom->layers.size() == 1) {
        return fail("last-layer", "A network needs at least one layer.");
    }
    return edit_layers(form, command.layer, [&](Architecture& custom) { remove_layer(custom, command.layer); });
}

Status change_form(TrainForm& form, const SwapWithNext& command) {
    return edit_layers(form, command.layer + 1, [&](Architecture& custom) { swap_with_next(custom, command.layer); });
}

Status change_form(TrainForm& form, const ReadArchitecture& command) {
    auto read = architecture_from_text(command.json);
    if (read) {
        take_custom(form, std::move(*read));
    } else {
        form.json_draft = command.json;
        form.json_problem = read.error().message;
    }
    return {};
}

}  // namespace digitlab
