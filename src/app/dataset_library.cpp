#include "app/dataset_library.h"

#include <algorithm>
#include <utility>

#include "app/notice_causes.h"
#include "base/text.h"
#include "base/within_memory.h"
#include "data/digit_classes.h"

namespace digitlab {

namespace {

DatasetEntry own_dataset(const DatasetInfo& info) {
    DatasetEntry dataset;
    dataset.id = info.id;
    dataset.name = info.name;
    dataset.kind = info.kind;
    dataset.classes = info.classes;
    dataset.class_names = info.class_names;
    dataset.train_rows = info.train_rows;
    dataset.test_rows = info.test_rows;
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
    for (const DatasetInfo& info : store_.all()) state_.datasets.all.push_back(own_dataset(info));
}

// --- the user's own data sets -----------------------------------------------------------------------------------------------

Status DatasetLibrary::add(const std::string& name, std::vector<NamedFile> files) {
    if (import_) return fail("busy", "A data set is being read already. Wait until it is there, or cancel it.");
    if (Status checked = check_name("A data set", name, longest_dataset_name); !checked) return checked;
    const auto own = std::ranges::count_if(state_.datasets.all, &DatasetEntry::own);
    if (static_cast<std::size_t>(own) >= most_datasets) {
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
    reports_.failed(error.message, notice_causes::dataset_files);
}

void DatasetLibrary::finish_import() {
    auto pair = import_->take();
    if (!pair) return fail_import(pair.error());
    import_.reset();
    ImportState& import = state_.datasets.import;
    DatasetInfo info;
    info.name = import.name;
    info.id = unused_id(info.name);
    info.classes = pair->train->classes;
    info.class_names = pair->train->class_names;
    info.kind = pair->train->kind;
    info.train_rows = pair->train->rows();
    info.test_rows = pair->test->rows();
    const Status stored = within_memory(no_memory, [&] { return store_.save(info, *pair); });
    if (!stored) {
        unsaved_ids_.insert(info.id);
        why_unsaved_ = stored.error();
    }

    DatasetEntry added = own_dataset(info);
    added.stored = stored.has_value();
    added.data.phase = DataPhase::ready;
    added.data.pair = std::move(*pair);
    state_.datasets.all.push_back(std::move(added));
    import.active = false;
    import.share_done = 1;
    import.id = info.id;
    (void)choose(info.id);
    reports_.stored(stored);
    reports_.solved(notice_causes::dataset_files);
}

std::string DatasetLibrary::unused_id(const std::string& name) const {
    std::string id = store_.free_id(name);
    for (int number = 2; state_.datasets.find(id) || removed_ids_.contains(id); ++number) {
        id = store_.free_id(name + " " + std::to_string(number));
    }
    return id;
}

Status DatasetLibrary::remove(const std::string& id) {
    const DatasetEntry* dataset = state_.datasets.find(id);
    if (!dataset || !dataset->own()) return unknown(id);
    if (is_trained_on(state_, id)) {
        return fail("busy", "A network is training on this data set. Stop it before removing the data.");
    }
    if (store_.find(id)) {
        if (Status removed = store_.remove(id); !removed) return removed;
    }
    unsaved_ids_.erase(id);
    reports_.stored({});
    std::erase_if(state_.datasets.all, [&](const DatasetEntry& one) { return one.id == id; });
    removed_ids_.insert(id);
    if (state_.form.spec.dataset == id) return choose(mnist_id);
    return {};
}

Status DatasetLibrary::set_kind(const std::string& id, DataKind kind) {
    DatasetEntry* dataset = state_.datasets.find(id);
    if (!dataset || !dataset->own()) return unknown(id);
    if (!may_be_digits(dataset->classes, dataset->class_names)) {
        return fail("bad-argument", "Only ten classes that are numbered from 0 can be digits.");
    }
    if (is_trained_on(state_, id)) return fail("busy", "A network is training on this data set. Stop it first.");
    if (store_.find(id)) {
        if (Status stored = store_.set_kind(id, kind); !stored) return stored;
        reports_.stored({});
    }
    dataset->kind = kind;
    return within_memory(no_memory, [&]() -> Status {
        for (auto* part : {&dataset->data.pair.train, &dataset->data.pair.test}) {
            if (!*part) continue;
            auto changed = std::make_shared<Dataset>(**part);
            changed->kind = kind;
            *part = std::move(changed);
        }
        return {};
    });
}

void DatasetLibrary::read_others() {
    (void)store_.begin_change();
    for (const DatasetInfo& info : store_.all()) {
        if (!state_.datasets.find(info.id)) state_.datasets.all.push_back(own_dataset(info));
    }
}

void DatasetLibrary::store_unsaved() {
    for (const std::string& id : std::set(unsaved_ids_)) {
        DatasetEntry& dataset = *state_.datasets.find(id);
        DatasetInfo info;
        info.id = id;
        info.name = dataset.name;
        const Status stored = within_memory(no_memory, [&] { return store_.save(info, dataset.data.pair); });
        if (!stored) why_unsaved_ = stored.error();
        if (!stored) continue;
        dataset.stored = true;
        unsaved_ids_.erase(id);
        reports_.stored({});
    }
}

// --- all data sets ---------------------------------------------------------------------------------------------------------

Status DatasetLibrary::choose(const std::string& id) {
    const DatasetEntry* dataset = state_.datasets.find(id);
    if (!dataset) return unknown(id);
    if (state_.form.spec.dataset != id) state_.form = form_for_dataset(state_.form, id, dataset->train_rows);
    (void)suit(state_.form.spec);
    unload_unused(id);
    return dataset->own() ? request(id) : Status{};
}

void DatasetLibrary::unload_unused(const std::string& id) {
    for (DatasetEntry& one : state_.datasets.all) {
        if (one.own() && one.stored && one.id != id && !is_trained_on(state_, one.id)) one.data = {};
    }
}

Status DatasetLibrary::request(const std::string& id) {
    DatasetEntry* dataset = state_.datasets.find(id);
    if (!dataset) return unknown(id);
    DataState& data = dataset->data;
    if (data.phase != DataPhase::absent && data.phase != DataPhase::failed) return {};
    data = {};
    if (!dataset->own()) {
        data.phase = DataPhase::requested;
        state_.requests.ask(DownloadDataset{id});
        return {};
    }
    auto pair = within_memory(no_memory, [&] { return store_.load(id); });
    if (!pair) {
        data.phase = DataPhase::failed;
        data.failure = pair.error().message;
        return tl::unexpected(pair.error());
    }
    data.phase = DataPhase::ready;
    data.pair = std::move(*pair);
    return {};
}

bool DatasetLibrary::ready(const std::string& id) const {
    const DataState* data = state_.datasets.find_data(id);
    return data && data->phase == DataPhase::ready;
}

bool DatasetLibrary::is_downloading(const std::string& id) const {
    const DatasetEntry* dataset = state_.datasets.find(id);
    return dataset && (dataset->data.phase == DataPhase::requested || dataset->data.phase == DataPhase::loading);
}

Status DatasetLibrary::cancel_download(const std::string& id) {
    DatasetEntry* dataset = state_.datasets.find(id);
    if (!dataset) return unknown(id);
    if (!is_downloading(id)) return {};
    dataset->data = {};
    if (!state_.requests.withdraw(DownloadDataset{id})) state_.requests.ask(CancelDownload{id});
    return {};
}

void DatasetLibrary::report_progress(const std::string& id, double received_bytes, double total_bytes) {
    DatasetEntry* dataset = state_.datasets.find(id);
    if (!dataset) return;
    dataset->data.phase = DataPhase::loading;
    dataset->data.received_bytes = received_bytes;
    dataset->data.total_bytes = total_bytes;
}

Status DatasetLibrary::accept(const std::string& id, const DataPair& pair) {
    if (!pair.train || !pair.test) return fail("no-data", "There is no data set to train on.");
    if (!state_.datasets.find(id)) {
        DatasetEntry brought;
        brought.id = id;
        brought.name = pair.train->name;
        brought.kind = pair.train->kind;
        brought.stored = false;
        brought.classes = pair.train->classes;
        brought.class_names = pair.train->class_names;
        state_.datasets.all.push_back(std::move(brought));
    }
    DatasetEntry& dataset = *state_.datasets.find(id);
    dataset.data.phase = DataPhase::ready;
    dataset.data.pair = pair;
    dataset.data.failure.clear();
    dataset.train_rows = pair.train->rows();
    dataset.test_rows = pair.test->rows();
    reports_.solved(notice_causes::download(id));
    return {};
}

void DatasetLibrary::report_failure(const std::string& id, const std::string& message) {
    if (DatasetEntry* dataset = state_.datasets.find(id)) {
        dataset->data.phase = DataPhase::failed;
        dataset->data.failure = message;
    }
    reports_.failed(message, notice_causes::download(id));
}

Status DatasetLibrary::suit(ExperimentSpec& spec) const {
    const DatasetEntry* dataset = state_.datasets.find(spec.dataset);
    if (!dataset) return unknown(spec.dataset);
    if (spec.dataset == mnist_id) return {};
    if (spec.drawings) {
        return fail("bad-spec", "Labelled drawings are digits and can be trained on together with MNIST only.");
    }
    // The defaults for MNIST may be more than this data set has.
    if (static_cast<std::size_t>(std::max(spec.subset, 0)) > dataset->train_rows) spec.subset = 0;
    spec.validation_count = std::min(spec.validation_count, most_validation_rows(dataset->train_rows));
    return {};
}

}  // namespace digitlab
