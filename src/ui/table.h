#pragma once

#include <string>
#include <vector>

#include "ui/ui.h"

namespace digitlab {

struct TableColumn {
    const char* title = "";
    float weight = 1;    ///< share of the width
    bool right = false;  ///< aligned right: numbers
};

struct TableOptions {
    /// When not empty each row is a button of this name, one per row; see `selected` and the result.
    std::vector<std::string> row_names = {};
    int selected = -1;
};

/// Draws `rows` (each as long as `columns`) and mirrors them as one table, with a button per row when rows have names.
/// The index of the row pressed, or -1.
int table(Ui& ui, const char* name, const std::vector<TableColumn>& columns, const std::vector<std::vector<std::string>>& rows,
          const TableOptions& options = {});

}  // namespace digitlab
