#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/ui.h"

namespace digitlab {

struct TableColumn {
    const char* title = "";
    float weight = 1;    ///< share of the width
    bool right = false;  ///< aligned right: numbers
};

/// The rows of a table. Cells are made only for the rows in sight and a few around them.
struct TableRows {
    std::size_t count = 0;
    std::function<std::vector<std::string>(std::size_t row)> cells;  ///< as many as there are columns
    std::function<std::string(std::size_t row)> button = {};         ///< if not empty, each row is a button with this name
    std::optional<std::size_t> selected = {};
};

/// Draws the rows in sight and mirrors those it has made as one table. The arrow keys, Page Up, Page Down, Home and End reach
/// all rows of a long table. Returns the row that was pressed.
std::optional<std::size_t> table(Ui& ui, const char* name, const std::vector<TableColumn>& columns, const TableRows& rows);

/// Whether this key goes to another row of a long table.
bool moves_in_tables(std::string_view key);

/// Draws a table whose cells already exist.
void table(Ui& ui, const char* name, const std::vector<TableColumn>& columns,
           const std::vector<std::vector<std::string>>& rows);

}  // namespace digitlab
