#include "app/train_form.h"
#include "ui/fields.h"
#include "ui/panels/spec_rows.h"
#include "ui/panels/train_form.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

struct MoreSettings {
    bool open = false;
};

std::string summary(const TrainForm& form) {
    std::string words = chosen_title(spec_field("optimizer"), form.spec) +
                        "; learning rate: " + chosen_title(spec_field("schedule"), form.spec);
    if (form.spec.augmentation.any()) words += "; varied pictures";
    return words;
}

}  // namespace

bool draw_more_settings(const State& state, TrainForm& form, Ui& ui) {
    bool& open = ui.states.of<MoreSettings>().open;
    if (expander(ui, "More settings", open, summary(state.form))) open = !open;
    if (!open) return false;
    bool changed = false;
    for (const FormPart part : {FormPart::optimizer, FormPart::schedule, FormPart::data, FormPart::end}) {
        changed |= draw_form_part(part, form.spec, ui);
    }
    const SpecField& augmentation = spec_field("augmentation");
    SliderOptions options;
    options.help = augmentation.help;
    float strength = augmentation_strength(form.spec.augmentation);
    if (slider(ui, augmentation.title, strength, 0, 2, 0.1F, options)) {
        form.spec.augmentation = standard_augmentation(strength);
        changed = true;
    }
    if (form.spec.augmentation.any() && strength == 0) {
        text(ui, "The pictures are varied in a way of their own, as the settings that were opened say.", TextStyle::small);
    }
    draw_augmentation_preview(state, ui);
    return changed;
}

}  // namespace digitlab
