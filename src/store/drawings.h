#pragma once

#include <cstddef>
#include <string>

#include "predict/drawing.h"
#include "store/records.h"

namespace digitlab {

/// How many drawings a log holds at most. A new drawing beyond that makes the oldest one without a label go; labelled ones
/// never go by themselves.
inline constexpr std::size_t most_drawings = 2000;

/// The log of drawings: drawings/<id>.<revision>.json, one small file each; see Records.
class DrawingLog : public Records {
   public:
    /// Reads every drawing. `files` must outlive the log.
    explicit DrawingLog(Files& files, std::size_t limit = most_drawings);

    const DrawingList& drawings() const { return drawings_; }  ///< in the order of their numbers
    const Drawing* find(const std::string& id) const;

    /// A new id that no drawing has, and the number in it.
    std::string next_id() const;
    int next_number() const;

    /// Adds the drawing or replaces the one of the same id. An error has changed nothing: those of Records::save, and
    /// "log-full" when nothing but labelled drawings is left.
    Status save(const Drawing& drawing);
    /// Code "unknown-drawing", or why a file cannot be removed; the drawing is then still there and can be removed again.
    Status remove(const std::string& id);
    /// Removes every drawing that is listed. After an error, those that are left can be removed again.
    Status clear();

   private:
    Status take(const std::string& id, const Json& json) override;
    void drop(const std::string& id) override;
    /// The id of the drawing that has to go for a new one; "" when there is room. Code "log-full".
    Result<std::string> one_too_many() const;
    void put(std::shared_ptr<const Drawing> drawing);

    std::size_t limit_;
    DrawingList drawings_;
};

}  // namespace digitlab
