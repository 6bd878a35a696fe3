#pragma once

#include <cstddef>
#include <string>

#include "predict/drawing.h"
#include "store/records.h"

namespace digitlab {

/// How many drawings a log holds at most. A new drawing beyond that replaces the oldest one without a label; labelled ones are
/// never removed automatically.
inline constexpr std::size_t most_drawings = 2000;

/// The log of drawings: drawings/<id>.<revision>.json, one small file each; see Records.
class DrawingLog : public Records {
   public:
    /// Reads every drawing. `files` must outlive the log.
    explicit DrawingLog(Files& files, std::size_t limit = most_drawings);

    const DrawingList& drawings() const { return drawings_; }  ///< in the order of their numbers
    const Drawing* find(const std::string& id) const;

    /// An unused id for a new drawing, and the number in it.
    std::string next_id() const;
    int next_number() const;

    /// Adds the drawing or replaces the one with the same id. Fails with the errors of Records::save, or with "log-full" when
    /// the log is full of labelled drawings, and then changes nothing.
    Status save(const Drawing& drawing);
    /// Fails with "unknown-drawing", or with the error of a file that cannot be removed; the drawing is then still there and
    /// can be removed again.
    Status remove(const std::string& id);
    /// Removes every drawing in `drawings`. After an error, those that are left can be removed again.
    Status clear();

   private:
    Status take(const std::string& id, const Json& json) override;
    void drop(const std::string& id) override;
    /// The id of the drawing to remove for a new one; "" when there is room. Fails with "log-full".
    Result<std::string> id_to_evict() const;
    void put(std::shared_ptr<const Drawing> drawing);

    std::size_t limit_;
    DrawingList drawings_;
};

}  // namespace digitlab
