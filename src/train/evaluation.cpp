#include "train/evaluation.h"

#include <span>
#include <string>
#include <vector>

#include "nn/known_classes.h"
#include "train/batch.h"
#include "train/training_rows.h"

namespace digitlab {

namespace {

/// Fails unless the model's classes are those of the data set; the model may have additional outputs.
Status check_classes(const Model& model, const Dataset& data) {
    const int outputs = model.architecture.layers.empty() ? 0 : model.architecture.layers.back().units;
    const auto known = known_classes(model.notes, outputs);
    if (!known) return tl::unexpected(known.error());
    if (outputs < data.classes) {
        return fail("bad-data", "The model tells " + std::to_string(outputs) + " classes apart, but the data set has " +
                                    std::to_string(data.classes) + ".");
    }
    for (int index = 0; index < data.classes; ++index) {
        const std::string own = known->name(index), wanted = class_name(data.class_names, index);
        if (own != wanted) {
            return fail("bad-data", "The model was trained on other classes: its number " + std::to_string(index) + " is \"" +
                                        own + "\", that of the data set is \"" + wanted + "\".");
        }
    }
    return {};
}

}  // namespace

Result<TestResult> evaluate_model(const Model& model, const Dataset& data, ThreadPool& pool) {
    auto network = network_from_model(model, least_evaluation_batch, pool);
    if (!network) return tl::unexpected(network.error());
    if (Status known = check_classes(model, data); !known) return tl::unexpected(known.error());
    const auto classes = static_cast<std::size_t>(network->classes());
    const std::vector<std::uint32_t> rows = all_rows(data.rows());
    std::vector<int> confusion(classes * classes);
    Totals totals;
    for (int batch = 0; batch < batches_for(rows.size(), least_evaluation_batch); ++batch) {
        const auto some = slice(rows, batch, least_evaluation_batch);
        const auto labels = std::span(data.labels).subspan(some.front(), some.size());
        gather_images(data, some, network->input(), pool);
        network->forward(static_cast<int>(some.size()));
        totals.add(network->evaluate(labels));
        count_answers(*network, labels, static_cast<int>(some.size()), confusion);
    }
    return TestResult{totals.accuracy(), totals.mean_loss(), network->classes(), confusion};
}

}  // namespace digitlab
