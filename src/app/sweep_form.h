#pragma once

#include <array>
#include <string>
#include <vector>

#include "app/train_form.h"
#include "train/spec_fields.h"
#include "train/sweep.h"

namespace digitlab {

/// The user's choices for the next sweep; all other settings come from the form for a single run.
struct SweepForm {
    struct Row {
        std::string key;     ///< key of one of `sweep_fields`; "" for none
        std::string values;  ///< "0.001, 0.01" or "0.0001 to 0.1"
    };
    std::string name = "sweep";
    std::array<Row, 3> rows = {{{"learningRate", "0.001, 0.004, 0.016"}, {}, {}}};
    bool random = false;
    int runs = 10;  ///< of a random search
    bool median_stopping = true;

    std::string problem;    ///< computed: why it cannot be started, "" when it can
    std::size_t count = 0;  ///< computed: the number of runs
};

/// Returns the fields that the page offers to vary.
std::vector<const SpecField*> sweep_fields();
/// Returns the title of the field with this key; the key itself when there is none.
std::string sweep_title(const std::string& key);

/// The sweep that both forms describe. Fails with "bad-sweep" or the errors of `spec_from_form`.
Result<Sweep> sweep_from_forms(const SweepForm& form, const TrainForm& training);

}  // namespace digitlab
