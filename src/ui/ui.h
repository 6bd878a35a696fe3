#pragma once

#include <imgui.h>

#include <array>
#include <map>
#include <string>
#include <vector>

#include "app/command.h"
#include "app/state.h"
#include "ui/fonts.h"
#include "ui/mirror.h"
#include "ui/stage_sheet.h"
#include "ui/texture_host.h"
#include "ui/theme.h"

namespace digitlab {

/// Where the paper of the drawing area is on the page, in CSS pixels; set by the Draw panel in each frame that shows it.
struct DrawingSurface {
    bool shown = false;
    ImGuiID id = 0;             ///< of the drawing area in the mirror
    bool takes_strokes = true;  ///< false while a picture lies on the paper
    bool erasing = false;
    float pen_diameter = 0;  ///< in canvas pixels
    ImVec2 origin;           ///< top left corner of the whole paper, which may be scrolled out of view
    float side = 0;
    ImVec2 visible_min, visible_max;
};

/// Some training digits as augmentation varies them, and what they were made of.
struct AugmentedSheet {
    const Dataset* dataset = nullptr;  ///< never followed
    float strength = 0;
    std::uint64_t seed = 0;
    GreyImage pictures;
    std::uint64_t revision = 0;
};

/// A page of the log of drawings as one picture.
struct LogSheet {
    DrawingList drawings;
    int columns = 0;
    GreyImage image;
    std::uint64_t revision = 0;
};

/// How the curves of a training are looked at.
struct ChartView {
    float smoothing = 0;       ///< share of the past in each point, 0 to below 1
    bool logarithmic = false;  ///< the loss
};

/// How the log of drawings is looked at.
struct DrawingLogView {
    std::string filter = "all";
    std::size_t page = 0;  ///< from 0
    std::string selected;  ///< id of the drawing shown in detail
    std::string model;     ///< to test or train
    bool clear_asked = false;
    LogSheet sheet;
};

/// What is purely visual: nothing of it matters to the program.
struct VisualState {
    std::map<ImGuiID, std::string> field_problems;  ///< of texts that did not parse
    std::string delete_asked;                       ///< id of the run whose deletion waits to be confirmed
    std::string inspected;                          ///< architecture shown in Inspect
    const Dataset* counted = nullptr;               ///< whose labels `class_counts` are of; never followed
    std::vector<int> class_counts;
    GreyImage samples;  ///< sheet of pictures of `counted`
    std::uint64_t samples_revision = 0;
    std::string remove_asked;      ///< id of the data set whose removal waits to be confirmed
    bool more_settings = false;    ///< shown
    bool replacing_asked = false;  ///< whether the custom network may be replaced by another copy
    AugmentedSheet augmented;
    DrawingLogView drawing_log;
    ChartView charts;
    bool sweep_open = false;  ///< shown
    std::string sweep_shown;  ///< name
    ImGuiID focus_shown = 0;  ///< what was last scrolled to for having the focus
    DrawingSurface surface;
    StageSheet stage_sheet;
    bool samples_shown = false;                   ///< digits to try
    std::array<ImDrawListSplitter, 4> splitters;  ///< one per depth of cards
};

class KeyboardPen;

/// What every panel and widget draws with. Lives for one frame.
struct Ui {
    Mirror& mirror;
    const Palette& colours;
    const Fonts& fonts;
    TextureHost* textures;  ///< null: none
    Commands& commands;
    VisualState& visual;
    const KeyboardPen& keyboard_pen;
    bool dark = false;
    bool narrow = false;  ///< one column, for phones
    float width = 0;      ///< of the column or card being filled
    int cards = 0;        ///< open ones
};

inline constexpr float card_padding = 18, narrow_card_padding = 14, column_gap = 18;

}  // namespace digitlab
