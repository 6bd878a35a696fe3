#include "train/fine_tune.h"

#include <algorithm>

#include "data/split.h"

#include "train/training_rows.h"

namespace digitlab {

namespace {

/// A few drawings must be seen often enough to be learned; augmentation varies every copy.
constexpr std::size_t most_copies = 300;

void append_row(Dataset& to, const Dataset& from, std::size_t row) {
    const auto picture = from.image(row);
    to.pixels.insert(to.pixels.end(), picture.begin(), picture.end());
    to.labels.push_back(from.labels[row]);
}

Dataset empty_like(const Dataset& known, const char* name) {
    Dataset data;
    data.name = name;
    data.height = known.height;
    data.width = known.width;
    data.classes = known.classes;
    data.class_names = known.class_names;
    return data;
}

}  // namespace

Result<TrainingInput> mix_in(const Dataset& added, const DataPair& known, const ExperimentSpec& spec) {
    if (!known.train || !known.test) return fail("no-data", "There is no data set to train on.");
    if (added.rows() == 0)
        return fail("bad-data", "There is nothing to add to the training digits: label some drawings first.");
    if (added.height != known.train->height || added.width != known.train->width) {
        return fail("bad-data", "The pictures to add have another size than those of the data set.");
    }
    const bool known_labels =
        std::ranges::all_of(added.labels, [&](std::uint8_t label) { return label < known.train->classes; });
    if (!known_labels) return fail("bad-data", "A label to add is none of the data set's classes.");
    if (Status checked = check_spec(spec, known.train->rows()); !checked) return tl::unexpected(checked.error());
    // Ignore the subset here, so that its rows are drawn from all rows and not from the first ones.
    ExperimentSpec all = spec;
    all.subset = 0;
    Split split = choose_training_rows(all, known.train->rows());
    if (spec.subset > 0) {
        shuffle_rows(split.train, RandomStream(spec.seed, RandomPurpose::sampling));
        split.train.resize(static_cast<std::size_t>(spec.subset - spec.validation_count));
    }

    auto train = std::make_shared<Dataset>(empty_like(*known.train, "mixed"));
    auto validation = std::make_shared<Dataset>(empty_like(*known.train, "validation"));
    const std::size_t copies = std::clamp<std::size_t>(split.train.size() / 2 / added.rows(), 1, most_copies);
    train->pixels.reserve((split.train.size() + copies * added.rows()) * train->image_size());
    for (const std::uint32_t row : split.train) append_row(*train, *known.train, row);
    for (std::size_t copy = 0; copy < copies; ++copy) {
        for (std::size_t row = 0; row < added.rows(); ++row) append_row(*train, added, row);
    }
    for (const std::uint32_t row : split.validation) append_row(*validation, *known.train, row);

    TrainingInput input(DataPair{train, known.test});
    input.validation = std::move(validation);
    return input;
}

}  // namespace digitlab
