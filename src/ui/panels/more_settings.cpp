#include <array>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "app/train_form.h"
#include "ui/fields.h"
#include "ui/format.h"
#include "ui/panels/train_form.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

struct MoreSettings {
    bool open = false;
};

struct Title {
    std::string_view name, title;
};
constexpr std::array<Title, 6> optimizer_titles = {{{"sgd", "SGD"},
                                                    {"momentum", "SGD with momentum"},
                                                    {"nesterov", "SGD, Nesterov"},
                                                    {"rmsprop", "RMSprop"},
                                                    {"adam", "Adam"},
                                                    {"adamw", "AdamW"}}};
constexpr std::array<Title, 5> schedule_titles = {{{"linear", "Linear, to zero"},
                                                   {"constant", "Constant"},
                                                   {"step", "Steps down"},
                                                   {"cosine", "Cosine, to zero"},
                                                   {"one-cycle", "One cycle"}}};

template <std::size_t count>
std::string title_of(const std::array<Title, count>& titles, const std::string& name) {
    for (const Title& one : titles) {
        if (one.name == name) return std::string(one.title);
    }
    return name;
}

template <std::size_t count>
std::vector<Choice> choices_of(const std::array<Title, count>& titles, const std::vector<std::string>& names) {
    std::vector<Choice> choices;
    for (const std::string& name : names) choices.push_back({name, title_of(titles, name)});
    return choices;
}

/// Nothing when the text is no number.
std::optional<float> share_from(const std::string& text) {
    char* end = nullptr;
    const float share = std::strtof(text.c_str(), &end);
    return end != text.c_str() && *end == 0 ? std::optional(share) : std::nullopt;
}

/// Fields side by side, two on a line.
class Pairs {
   public:
    explicit Pairs(Ui& ui) : width_((ui.width - ImGui::GetStyle().ItemSpacing.x) / 2) {}

    /// For the next field.
    FieldOptions next(const char* help) {
        if (placed_++ % 2 == 1) ImGui::SameLine();
        FieldOptions options;
        options.width = width_;
        options.help = help;
        return options;
    }
    bool both_filled() const { return placed_ % 2 == 0; }

   private:
    float width_;
    int placed_ = 0;
};

bool draw_optimizer(TrainForm& form, Ui& ui) {
    Pairs pairs(ui);
    OptimizerSpec& optimizer = form.spec.optimizer;
    bool changed = false;
    const std::string kind = to_string(optimizer.kind);
    const auto options = pairs.next("The rule by which weights are corrected. Adam suits most networks.");
    if (const auto chosen = combobox(ui, "Optimizer", choices_of(optimizer_titles, optimizer_names()), kind, options)) {
        if (const auto read = optimizer_from_json(*chosen)) {
            optimizer.kind = read->kind;
            changed = true;
        }
    }
    const auto number = [&](const char* name, float& value, const char* help) {
        changed |= decimal_field(ui, name, value, pairs.next(help));
    };
    number("Weight decay", optimizer.weight_decay, "Pulls weights towards zero, against learning by heart. 0 is off.");
    switch (optimizer.kind) {
        case OptimizerKind::sgd: break;
        case OptimizerKind::momentum:
        case OptimizerKind::nesterov:
            number("Momentum", optimizer.momentum, "How much of a correction carries over to the next, 0 to below 1.");
            break;
        case OptimizerKind::rmsprop:
            number("Alpha", optimizer.alpha, "How long it remembers how large gradients were, 0 to below 1.");
            number("Epsilon", optimizer.epsilon, "A small number that keeps it from dividing by zero.");
            break;
        case OptimizerKind::adam:
        case OptimizerKind::adamw:
            number("Beta 1", optimizer.beta1, "How long it remembers where gradients pointed, 0 to below 1.");
            number("Beta 2", optimizer.beta2, "How long it remembers how large gradients were, 0 to below 1.");
            number("Epsilon", optimizer.epsilon, "A small number that keeps it from dividing by zero.");
            break;
    }
    number("Longest gradient", optimizer.clip_norm, "Longer gradients are shortened to this, against jumps. 0 is off.");
    return changed;
}

bool draw_schedule(TrainForm& form, Ui& ui) {
    Pairs pairs(ui);
    Schedule& schedule = form.spec.schedule;
    bool changed = false;
    const auto options = pairs.next("How the learning rate changes from the beginning of a training to its end.");
    const std::string kind = to_string(schedule.kind);
    if (const auto chosen = combobox(ui, "Schedule", choices_of(schedule_titles, schedule_names()), kind, options)) {
        if (const auto read = schedule_from_json(*chosen)) {
            schedule.kind = read->kind;
            changed = true;
        }
    }
    changed |= decimal_field(ui, "Warm-up", schedule.warmup,
                             pairs.next("Share of the training, 0 to 0.5, in which the rate first rises from nothing."));
    if (schedule.kind == ScheduleKind::step) {
        changed |=
            integer_field(ui, "Step epochs", schedule.step_epochs, pairs.next("Epochs from one fall of the rate to the next."));
        changed |= decimal_field(ui, "Step factor", schedule.factor, pairs.next("What is left of the rate after a fall."));
    }
    return changed;
}

constexpr std::array<Title, 3> order_titles = {
    {{"shuffled", "Shuffled"}, {"as-stored", "As stored"}, {"by-class", "One class after the other"}}};
constexpr std::array<Title, 2> metric_titles = {{{"accuracy", "Validation accuracy"}, {"loss", "Validation loss"}}};

/// When a training ends, and with which weights.
bool draw_end_settings(TrainForm& form, Ui& ui) {
    Pairs pairs(ui);
    EarlyStopping& stopping = form.spec.early_stopping;
    bool changed = integer_field(ui, "Patience", stopping.patience,
                                 pairs.next("Early stopping: ends after so many epochs in a row without a better one, with the "
                                            "weights of the best. 0 is off."));
    const auto metric = combobox(ui, "Best epoch by", choices_of(metric_titles, {"accuracy", "loss"}),
                                 to_string(stopping.metric), pairs.next("What makes one epoch better than another."));
    if (metric) {
        stopping.metric = *metric == "loss" ? EarlyStopping::Metric::loss : EarlyStopping::Metric::accuracy;
        changed = true;
    }
    const auto kept = combobox(ui, "Weights kept", {{"last", "Of the last epoch"}, {"best", "Of the best epoch"}},
                               form.spec.keep_best || stopping.patience > 0 ? "best" : "last",
                               pairs.next("Which weights the model has in the end. Early stopping keeps the best."));
    if (kept) {
        form.spec.keep_best = *kept == "best";
        changed = true;
    }
    changed |= integer_field(ui, "Threads", form.spec.threads,
                             pairs.next("At most so many. 0 means all there are. Changes the time, never the result."));
    return changed;
}

bool draw_data_settings(TrainForm& form, Ui& ui) {
    Pairs pairs(ui);
    bool changed = integer_field(ui, "Validation count", form.spec.validation_count,
                                 pairs.next("How many training digits are kept aside to measure each epoch with; of a data "
                                            "set other than MNIST at most a sixth."));
    changed |= integer_field(ui, "Subset", form.spec.subset,
                             pairs.next("Trains on this many digits only, which is faster. 0 means all."));
    changed |= decimal_field(ui, "Label smoothing", form.spec.label_smoothing,
                             pairs.next("Share of each label, 0 to 0.5, given to all digits alike, against overconfidence."));
    changed |=
        decimal_field(ui, "Label noise", form.spec.label_noise,
                      pairs.next("Share of the training labels, 0 to 1, replaced by wrong ones, to see what that does."));
    const auto order =
        combobox(ui, "Order", choices_of(order_titles, {"shuffled", "as-stored", "by-class"}), to_string(form.spec.order),
                 pairs.next("In which order an epoch takes the digits. Only shuffled learns well."));
    if (order) {
        form.spec.order = *order == "by-class"    ? RowOrder::by_class
                          : *order == "as-stored" ? RowOrder::as_stored
                                                  : RowOrder::shuffled;
        changed = true;
    }
    const auto dropout = field(ui, "Dropout", form.spec.dropout ? general(static_cast<double>(*form.spec.dropout)) : "as built",
                               pairs.next("Share of signals, 0 to 0.9, that are switched off at random while training, against "
                                          "learning by heart. Empty: as the network is built."));
    if (dropout) {
        form.spec.dropout = share_from(*dropout);
        changed = true;
    }
    return changed;
}

std::string summary(const TrainForm& form) {
    std::string words = title_of(optimizer_titles, to_string(form.spec.optimizer.kind)) +
                        "; learning rate: " + title_of(schedule_titles, to_string(form.spec.schedule.kind));
    if (form.spec.augmentation.any()) words += "; varied pictures";
    return words;
}

}  // namespace

bool draw_more_settings(const State& state, TrainForm& form, Ui& ui) {
    bool& open = ui.states.of<MoreSettings>().open;
    if (expander(ui, "More settings", open, summary(state.form))) open = !open;
    if (!open) return false;
    bool changed = draw_optimizer(form, ui);
    changed |= draw_schedule(form, ui);
    changed |= draw_data_settings(form, ui);
    changed |= draw_end_settings(form, ui);
    SliderOptions options;
    options.help =
        "Turns, shifts and bends each training picture a little, so that the network sees none twice. 0 is off, 1 is usual.";
    float strength = augmentation_strength(form.spec.augmentation);
    if (slider(ui, "Augmentation", strength, 0, 2, 0.1F, options)) {
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
