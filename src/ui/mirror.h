#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/json.h"

namespace digitlab {

/// Roles as in WAI-ARIA, and "field" for an <input> of a number or text, "textarea" for one of several lines.
enum class Role {
    button,
    tab,
    checkbox,
    slider,
    field,
    text_area,
    combobox,
    region,
    table,
    status,
    heading,
    text,
    progressbar
};

/// One thing on the screen, as a screen reader or a test sees it.
struct MirrorNode {
    bool operator==(const MirrorNode&) const = default;

    std::uint32_t id = 0;  ///< the Dear ImGui id; stable from frame to frame
    Role role = Role::text;
    std::string name;                           ///< the accessible name
    std::string value;                          ///< field, slider, combobox, progressbar, status and text
    float x = 0, y = 0, width = 0, height = 0;  ///< on the page, in CSS pixels
    bool clipped = false;                       ///< scrolled out of view: cannot be clicked where it is
    bool enabled = true;
    bool takes_keys = false;                     ///< region: its keys are the program's; see Window::key
    bool expandable = false, expanded = false;   ///< button that shows and hides what follows
    bool toggles = false;                        ///< button that stays pressed: `checked`
    bool checked = false;                        ///< checkbox; selected, for a tab or table row
    double minimum = 0, maximum = 0, step = 0;   ///< slider, field and progressbar; field: 0,0 means text
    std::vector<std::string> options;            ///< combobox
    std::vector<std::vector<std::string>> rows;  ///< table: header row first
    std::string description;                     ///< tooltip, for aria-description
};

/// The accessible twin of the window. While a frame is drawn the widgets report themselves; afterwards the page copies
/// them into real DOM elements, laid over the canvas. What a person does to such an element (activate, set a value) is
/// queued here, and each frame offers the first in the queue to its widget: the next one meets a window in which the one
/// before has been carried out, however slow the frames are.
class Mirror {
   public:
    void begin_frame();
    /// A second node of the same id in one frame gets the next free one.
    void add(MirrorNode node);
    /// Changes only when a frame's nodes differ from those of the frame before.
    std::uint64_t revision() const { return revision_; }
    /// What was offered and no widget has taken belongs to something that is no longer there: it is dropped.
    void end_frame();
    /// Of the frame being drawn, and after end_frame of the last one.
    const std::vector<MirrorNode>& nodes() const { return nodes_; }
    bool contains(std::uint32_t id) const { return ids_.contains(id); }
    /// [{id, role, name, value, rect: [x, y, w, h], …}], absent keys meaning their defaults.
    Json to_json() const;

    // From the page.
    void activate(std::uint32_t id) { requests_.push_back({id, std::nullopt}); }
    /// Typing faster than frames are drawn: of values set one after another, the last.
    void set_value(std::uint32_t id, std::string value);
    void focus(std::uint32_t id) {  ///< 0: none
        focus_moved_ = focus_moved_ || id != focused_;
        focused_ = id;
    }

    // For widgets: each is true or present once.
    bool take_activation(std::uint32_t id);
    std::optional<std::string> take_value(std::uint32_t id);
    bool focused(std::uint32_t id) const { return focused_ != 0 && focused_ == id; }
    /// Something from the page waits for a widget: another frame is wanted.
    bool pending() const { return !requests_.empty() || focus_moved_; }

   private:
    struct Request {
        std::uint32_t id = 0;
        std::optional<std::string> value;  ///< none: to be activated
    };

    std::vector<MirrorNode> nodes_, previous_;
    std::unordered_set<std::uint32_t> ids_;  ///< of nodes_
    std::uint64_t revision_ = 0;
    std::deque<Request> requests_;
    std::optional<Request> offered_;  ///< in the frame being drawn
    std::uint32_t focused_ = 0;
    bool focus_moved_ = false;  ///< what has the focus now may have to be scrolled to
};

}  // namespace digitlab
