#include "arrivals.h"

#include <algorithm>
#include <memory>
#include <new>
#include <utility>

#include "data/idx.h"

namespace digitlab::web {

Status Arrivals::take_half(const std::string& id, bool train, std::span<const std::uint8_t> packed) {
    const DatasetEntry* known = app_.state().datasets.find(id);
    if (!known) return fail("unknown-dataset", "There is no data set \"" + id + "\".");
    auto dataset = read_packed_idx(known->name, packed);
    if (!dataset) return tl::unexpected(dataset.error());
    dataset->kind = known->kind;
    dataset->class_names = known->class_names;
    if (id_ != id) halves_ = {};
    id_ = id;
    (train ? halves_.train : halves_.test) = std::make_shared<const Dataset>(std::move(*dataset));
    if (!halves_.train || !halves_.test) return {};
    return app_.apply(ReportDataReady{std::exchange(halves_, {}), id});
}

std::uint8_t* Arrivals::add_file(const char* name, std::size_t bytes) {
    try {
        files_.push_back({name, Bytes(std::max<std::size_t>(bytes, 1))});
        files_.back().bytes.resize(bytes);
        return files_.back().bytes.data();
    } catch (const std::bad_alloc&) {
        files_.clear();
        return nullptr;
    }
}

Status Arrivals::add_dataset(const std::string& name) { return app_.apply(AddDataset{name, std::exchange(files_, {})}); }

}  // namespace digitlab::web
