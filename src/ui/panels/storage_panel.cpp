#include "ui/format.h"
#include "ui/layout.h"
#include "ui/panels/panels.h"
#include "ui/table.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

/// What the browser's answer means for the user; "" before it has answered.
const char* describe(Persistence persistence) {
    switch (persistence) {
        case Persistence::unknown: return "";
        case Persistence::granted: return "The browser has promised to keep this data.";
        case Persistence::denied: return "The browser may delete this data when the disk runs full; export what matters.";
        case Persistence::unsupported: return "This browser does not say how long it keeps this data; export what matters.";
    }
    return "";
}

std::vector<std::string> row(const char* kind, const StoredAmount& amount) {
    return {kind, count(static_cast<double>(amount.count)), bytes(static_cast<double>(amount.bytes))};
}

}  // namespace

void draw_storage(const StorageState& storage, Ui& ui) {
    const Card card(ui);
    heading(ui, "Storage");
    table(ui, "Storage", {{"Kept", 1.5F}, {"Number", 1, true}, {"Size", 1, true}},
          {row("Runs", storage.runs), row("Models", storage.models), row("Drawings", storage.drawings),
           row("Own data sets", storage.datasets)});
    if (const char* promise = describe(storage.persistence); *promise) status(ui, promise, TextStyle::body, "persistence");
    text(ui, "Clearing the browser's data for this site deletes all of it.", TextStyle::muted);
}

}  // namespace digitlab
