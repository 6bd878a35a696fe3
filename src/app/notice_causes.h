#pragma once

#include <string>

#include "base/result.h"

/// What the notice of an error is about, where the program notices when that works again; see `Notice::cause`. The page uses
/// the same words for what it reports.
namespace digitlab::notice_causes {

inline const std::string storing = "storing";
inline const std::string picture = "picture";
inline const std::string archive = "archive";
inline const std::string dataset_files = "dataset-files";
inline const std::string link = "link";

inline std::string download(const std::string& dataset) { return "download " + dataset; }
inline std::string model(const std::string& id) { return "model " + id; }
inline std::string request(const std::string& kind) { return "request " + kind; }

/// The cause of an error that is known by its code; "" for all others.
inline std::string of(const Error& error) {
    for (const char* code : {"no-space", "read-only", "flush-failed"}) {
        if (error.code == code) return storing;
    }
    return {};
}

}  // namespace digitlab::notice_causes
