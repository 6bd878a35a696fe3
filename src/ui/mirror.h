#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/json.h"

namespace digitlab {

/// Roles as in WAI-ARIA, and "field" for an <input> of a number or text, and "textarea" for a text of several lines.
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

/// An option of a combobox.
struct Choice {
    std::string id;     ///< what the program calls it
    std::string title;  ///< what the user reads
    bool operator==(const Choice&) const = default;
};

/// One element on the screen, as a screen reader or a test sees it.
struct MirrorNode {
    bool operator==(const MirrorNode&) const = default;
    /// Whether this place on the page, in CSS pixels, is on the element.
    bool is_at(float px, float py) const { return !clipped && px >= x && px < x + width && py >= y && py < y + height; }

    std::uint32_t id = 0;  ///< the Dear ImGui id; stable from frame to frame
    Role role = Role::text;
    std::string name;                           ///< the accessible name
    std::string value;                          ///< field, slider, combobox, progressbar, status and text
    float x = 0, y = 0, width = 0, height = 0;  ///< on the page, in CSS pixels
    bool clipped = false;                       ///< scrolled out of view, so it cannot be clicked
    bool enabled = true;
    bool pressable = false;                      ///< a press of a pointer on it activates it
    bool takes_keys = false;                     ///< the program handles its keys; see Window::key
    bool takes_focus = false;                    ///< should get the keyboard focus
    bool expandable = false, expanded = false;   ///< button that shows and hides the part below
    bool toggles = false;                        ///< button that stays pressed: `checked`
    bool checked = false;                        ///< checkbox; selected, for a tab or table row
    double minimum = 0, maximum = 0, step = 0;   ///< slider, field and progressbar; field: 0,0 means text
    std::vector<Choice> options;                 ///< combobox
    std::vector<std::vector<std::string>> rows;  ///< table: header row first
    std::size_t row_count = 0, first_row = 0;    ///< table with only a part in `rows`: all rows, without the header
    std::string description;                     ///< tooltip, for aria-description
};

/// The accessible twin of the window. While a frame is drawn, the widgets report themselves; afterwards the page copies them
/// into real DOM elements, laid over the canvas. What the user does to such an element (activate it, set a value) is queued
/// here, and each frame offers the first request in the queue to its widget. So each request finds a window in which the one
/// before has been carried out, however slow the frames are.
class Mirror {
   public:
    void begin_frame();
    /// A second node with the same id in one frame gets the next free id.
    void add(MirrorNode node);
    /// Changes only when a frame's nodes differ from those of the frame before.
    std::uint64_t revision() const { return revision_; }
    /// Drops a request that no widget has taken: its widget is no longer there.
    void end_frame();
    /// The nodes of the frame being drawn or, after end_frame, those of the last one.
    const std::vector<MirrorNode>& nodes() const { return nodes_; }
    bool contains(std::uint32_t id) const { return ids_.contains(id); }
    bool takes_keys(std::uint32_t id) const;
    /// Returns the id of the pressable widget at this place, as it was drawn last; 0 if there is none.
    std::uint32_t pressable_at(float px, float py) const;
    /// [{id, role, name, value, rect: [x, y, w, h], …}]; absent keys have their default values.
    Json to_json() const;

    // From the page.
    void activate(std::uint32_t id) { requests_.push_back({id, Request::Kind::activation, ""}); }
    /// A new value replaces one that is still waiting: people type faster than frames are drawn.
    void set_value(std::uint32_t id, std::string value);
    void press_key(std::uint32_t id, std::string key) { requests_.push_back({id, Request::Kind::key, std::move(key)}); }
    void focus(std::uint32_t id) {  ///< 0: none
        focus_moved_ = focus_moved_ || id != focused_;
        focused_ = id;
    }

    // For widgets; each request is returned only once.
    bool take_activation(std::uint32_t id);
    std::optional<std::string> take_value(std::uint32_t id);
    std::optional<std::string> take_key(std::uint32_t id);
    std::uint32_t focus() const { return focused_; }  ///< 0: none
    bool focused(std::uint32_t id) const { return focused_ != 0 && focused_ == id; }
    /// Whether something from the page waits for a widget, so that another frame is needed.
    bool pending() const { return !requests_.empty() || focus_moved_; }

   private:
    struct Request {
        enum class Kind { activation, value, key };
        std::uint32_t id = 0;
        Kind kind = Kind::activation;
        std::string text;  ///< the value or the key
    };
    std::optional<std::string> take(std::uint32_t id, Request::Kind kind);

    std::vector<MirrorNode> nodes_, previous_;
    std::unordered_set<std::uint32_t> ids_;  ///< of nodes_
    std::uint64_t revision_ = 0;
    std::deque<Request> requests_;
    std::optional<Request> offered_;  ///< in the frame being drawn
    std::uint32_t focused_ = 0;
    bool focus_moved_ = false;  ///< the focused element may have to be scrolled into view
};

}  // namespace digitlab
