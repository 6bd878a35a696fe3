#include "app/dataset_library.h"

#include <algorithm>
#include <utility>

#include "base/within_memory.h"
#include "data/fashion.h"
#include "data/row_gatherer.h"

namespace digitlab {

namespace {

OtherDataset fashion() {
    OtherDataset dataset;
    dataset.id = fashion_id;
    dataset.name = fashion_name;
    dataset.class_names = fashion_class_names();
    dataset.train_rows = 60000;
    dataset.test_rows = 10000;
    return dataset;
}

OtherDataset own(const DatasetInfo& info) {
    OtherDataset dataset;
    dataset.id = info.id;
    dataset.name = info.name;
    dataset.classes = info.classes;
    dataset.class_names = info.class_names;
    dataset.train_rows = info.train_rows;
    dataset.test_rows = info.test_rows;
    dataset.own = true;
    return dataset;
}

tl::unexpected<Error> unknown(const std::string& id) {
    return fail("unknown-dataset", "There is no data set \"" + id + "\". It may have been removed.");
}

const std::string no_memory = "There is not enough memory for this data set. Close other tabs and try again.";

}  // namespace

int most_validation_rows(std::size_t train_rows) { return std::max(1, static_cast<int>(train_rows / 6)); }

DatasetLibrary::DatasetLibrary(State& state, Files& files, Clock clock, Reports reports)
    : state_(state), store_(files), clock_(std::move(clock)), reports_(std::move(reports)) {
    state_.datasets.others.push_back(fashion());
    for (const DatasetInfo& info : store_.all()) state_.datasets.others.push_back(own(info));
}

DataState* DatasetLibrary::find(const std::string& id) {
    if (id == mnist_id) return &state_.data;
    OtherDataset* other = find_other(id);
    return other ? &other->data : nullptr;
}

OtherDataset* DatasetLibrary::find_other(const std::string& id) {
    const auto place = std::ranges::find(state_.datasets.others, id, &OtherDataset::id);
    return place == state_.datasets.others.end() ? nullptr : &*place;
}

// --- data sets of one's own ------------------------------------------------------------------------------------------------

Status DatasetLibrary::add(const std::string& name, std::vector<NamedFile> files) {
    if (import_) return fail("busy", "A data set is being read already. Wait until it is there, or cancel it.");
    if (name.empty() || name.size() > longest_dataset_name || !is_plain_text(name)) {
        return fail("bad-name", "A data set needs a name of 1 to " + std::to_string(longest_dataset_name) + " letters.");
    }
    const auto own_ones = std::ranges::count(state_.datasets.others, true, &OtherDataset::own);
    if (static_cast<std::size_t>(own_ones) >= most_datasets) {
        return fail("too-many-datasets",
                    "There are " + std::to_string(most_datasets) + " data sets already. Remove one to add another.");
    }
    auto import = DatasetImport::open(name, std::move(files));
    ImportState next;
    next.number = state_.datasets.import.number + 1;
    next.name = name;
    next.active = import.has_value();
    if (!import) next.error = import.error();
    state_.datasets.import = std::move(next);
    if (!import) return tl::unexpected(import.error());
    import_ = std::move(*import);
    return {};
}

void DatasetLibrary::cancel() {
    if (!import_) return;
    import_.reset();
    state_.datasets.import.active = false;
    state_.datasets.import.error = Error{"cancelled", "Cancelled: nothing was added."};
}

bool DatasetLibrary::advance(double budget_secs) {
    if (!import_) return false;
    const double end = clock_() + budget_secs;
    do {
        if (const Status read = import_->step(); !read) {
            fail_import(read.error());
            return true;
        }
    } while (!import_->finished() && clock_() < end);
    state_.datasets.import.share_done = import_->share_done();
    state_.datasets.import.rows = import_->rows();
    if (import_->finished()) finish_import();
    return true;
}

void DatasetLibrary::fail_import(const Error& error) {
    import_.reset();
    state_.datasets.import.active = false;
    state_.datasets.import.error = error;
    reports_.failed(error.message);
}

void DatasetLibrary::finish_import() {
    auto pair = import_->take();
    if (!pair) return fail_import(pair.error());
    import_.reset();
    ImportState& import = state_.datasets.import;
    DatasetInfo info;
    info.name = import.name;
    info.id = store_.free_id(info.name);
    while (find(info.id)) info.id += "x";  // one that could not be stored
    info.classes = pair->train->classes;
    info.class_names = pair->train->class_names;
    info.train_rows = pair->train->rows();
    info.test_rows = pair->test->rows();
    const Status stored = within_memory(no_memory, [&] { return store_.save(info, *pair); });
    if (!stored) {
        unsaved_ids_.insert(info.id);
        why_unsaved_ = stored.error();
    }

    OtherDataset added = own(info);
    added.stored = stored.has_value();
    added.data.phase = DataPhase::ready;
    added.data.pair = std::move(*pair);
    state_.datasets.others.push_back(std::move(added));
    import.active = false;
    import.share_done = 1;
    import.id = info.id;
    (void)choose(info.id);
    reports_.stored(stored);
}

Status DatasetLibrary::remove(const std::string& id) {
    const OtherDataset* other = find_other(id);
    if (!other || !other->own) return unknown(id);
    if (is_trained_on(id)) {
        return fail("busy", "A network is training on this data set. Stop it before removing the data.");
    }
    if (store_.find(id)) {
        if (Status removed = store_.remove(id); !removed) return removed;
    }
    unsaved_ids_.erase(id);
    reports_.stored({});
    std::erase_if(state_.datasets.others, [&](const OtherDataset& one) { return one.id == id; });
    if (state_.form.spec.dataset == id) return choose(mnist_id);
    return {};
}

void DatasetLibrary::read_others() {
    (void)store_.begin_change();
    for (const DatasetInfo& info : store_.all()) {
        if (!find_other(info.id)) state_.datasets.others.push_back(own(info));
    }
}

void DatasetLibrary::store_unsaved() {
    for (const std::string& id : std::set(unsaved_ids_)) {
        OtherDataset& other = *find_other(id);
        DatasetInfo info;
        info.id = id;
        info.name = other.name;
        const Status stored = within_memory(no_memory, [&] { return store_.save(info, other.data.pair); });
        if (!stored) why_unsaved_ = stored.error();
        if (!stored) continue;
        other.stored = true;
        unsaved_ids_.erase(id);
        reports_.stored({});
    }
}

// --- all data sets ---------------------------------------------------------------------------------------------------------

Status DatasetLibrary::choose(const std::string& id) {
    const auto outline = find_dataset(state_, id);
    if (!outline) return unknown(id);
    if (state_.form.spec.dataset != id) state_.form = form_for_dataset(state_.form, id, outline->train_rows);
    (void)suit(state_.form.spec);
    unload_unused(id);
    const OtherDataset* other = find_other(id);
    return other && other->own ? request(id) : Status{};
}

bool DatasetLibrary::is_trained_on(const std::string& id) const {
    return std::ranges::any_of(state_.trainings,
                               [&](const TrainingState& one) { return !one.ended() && one.spec.dataset == id; });
}

void DatasetLibrary::unload_unused(const std::string& id) {
    for (OtherDataset& other : state_.datasets.others) {
        const bool used = is_trained_on(other.id);
        if (other.own && other.stored && other.id != id && !used) other.data = {};
    }
}

Status DatasetLibrary::request(const std::string& id) {
    DataState* data = find(id);
    if (!data) return unknown(id);
    if (data->phase != DataPhase::absent && data->phase != DataPhase::failed) return {};
    *data = {};
    const OtherDataset* other = find_other(id);
    if (!other || !other->own) {
        data->phase = DataPhase::requested;
        state_.requests.ask(DownloadDataset{id});
        return {};
    }
    auto pair = within_memory(no_memory, [&] { return store_.load(id); });
    if (!pair) {
        data->phase = DataPhase::failed;
        data->failure = pair.error().message;
        return tl::unexpected(pair.error());
    }
    data->phase = DataPhase::ready;
    data->pair = std::move(*pair);
    return {};
}

bool DatasetLibrary::ready(const std::string& id) const {
    const DataState* data = find_data(state_, id);
    return data && data->phase == DataPhase::ready;
}

void DatasetLibrary::report_progress(const std::string& id, double received_bytes, double total_bytes) {
    DataState* data = find(id);
    if (!data) return;
    data->phase = DataPhase::loading;
    data->received_bytes = received_bytes;
    data->total_bytes = total_bytes;
}

Status DatasetLibrary::accept(const std::string& id, const DataPair& pair) {
    if (!pair.train || !pair.test) return fail("no-data", "There is no data set to train on.");
    if (!find(id)) {
        OtherDataset brought;
        brought.id = id;
        brought.name = pair.train->name;
        brought.own = true;
        brought.stored = false;
        brought.classes = pair.train->classes;
        brought.class_names = pair.train->class_names;
        state_.datasets.others.push_back(std::move(brought));
    }
    DataState* data = find(id);
    data->phase = DataPhase::ready;
    data->pair = pair;
    data->failure.clear();
    if (OtherDataset* other = find_other(id)) {
        other->train_rows = pair.train->rows();
        other->test_rows = pair.test->rows();
    }
    return {};
}

void DatasetLibrary::report_failure(const std::string& id, const std::string& message) {
    if (DataState* data = find(id)) {
        data->phase = DataPhase::failed;
        data->failure = message;
    }
    reports_.failed(message);
}

Status DatasetLibrary::suit(ExperimentSpec& spec) const {
    const auto outline = find_dataset(state_, spec.dataset);
    if (!outline) return unknown(spec.dataset);
    if (spec.dataset == mnist_id) return {};
    if (spec.drawings) {
        return fail("bad-spec", "Labelled drawings are digits and can be trained on together with MNIST only.");
    }
    // What is usual with MNIST may be more than there is.
    if (static_cast<std::size_t>(std::max(spec.subset, 0)) > outline->train_rows) spec.subset = 0;
    spec.validation_count = std::min(spec.validation_count, most_validation_rows(outline->train_rows));
    return {};
}

}  // namespace digitlab
