#include "data_option.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "data/dataset_files.h"
#include "data/idx.h"
#include "store/datasets.h"
#include "store/memory_files.h"

namespace digitlab::cli {

namespace {

/// Splits `text` at its commas, unless it is the path of an existing file.
std::vector<std::string> paths_in(const std::string& text) {
    std::error_code unknown;
    if (std::filesystem::exists(text, unknown)) return {text};
    std::vector<std::string> paths;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(',', start), text.size());
        if (end > start) paths.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return paths;
}

Result<NamedFile> read_file(const std::string& path) {
    std::error_code problem;
    const std::uintmax_t size = std::filesystem::file_size(path, problem);
    std::ifstream file(path, std::ios::binary);
    if (problem || !file) {
        return fail("no-file", "Cannot open " + path + ". --dataset takes mnist, fashion-mnist, or files (CSV, ZIP, IDX).");
    }
    if (size > most_file_bytes) {
        return fail("too-large", path + " has more than " + std::to_string(most_file_bytes >> 20U) + " MB.");
    }
    NamedFile named{std::filesystem::path(path).filename().string(), Bytes(static_cast<std::size_t>(size))};
    file.read(reinterpret_cast<char*>(named.bytes.data()), static_cast<std::streamsize>(size));
    if (!file) return fail("no-file", "Cannot read " + path + ": reading stopped before its end.");
    return named;
}

Result<NamedData> read_own(const std::vector<std::string>& paths) {
    std::vector<NamedFile> files;
    for (const std::string& path : paths) {
        auto file = read_file(path);
        if (!file) return tl::unexpected(file.error());
        files.push_back(std::move(*file));
    }
    const std::string name = files.front().name.substr(0, files.front().name.find('.', 1));
    auto pair = read_dataset_files(name, std::move(files));
    if (!pair) return tl::unexpected(pair.error());
    MemoryFiles nowhere;
    return NamedData{DatasetStore(nowhere).free_id(name), std::move(*pair)};
}

Result<NamedData> named(const char* id, Result<DataPair> pair) {
    if (!pair) return tl::unexpected(pair.error());
    return NamedData{id, std::move(*pair)};
}

}  // namespace

Result<NamedData> read_data(const Options& options) {
    if (options.dataset.empty() || options.dataset == mnist_id) return named(mnist_id, read_mnist_folder(options.data_folder));
    if (options.dataset == fashion_id) {
        // The trailing slash is added first, so that it makes no difference whether the user typed one.
        const auto beside = (std::filesystem::path(options.data_folder) / "").parent_path().parent_path() / fashion_id;
        return named(fashion_id, read_fashion_folder(beside.string()));
    }
    const std::vector<std::string> paths = paths_in(options.dataset);
    if (paths.empty()) return fail("no-file", "--dataset takes mnist, fashion-mnist, or files (CSV, ZIP, IDX).");
    return read_own(paths);
}

}  // namespace digitlab::cli
