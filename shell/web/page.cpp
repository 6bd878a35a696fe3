#include "page.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/clock.h"
#include "data/idx.h"

namespace digitlab::web {

namespace {

App::Services services(Files& files, const PageOptions& options) {
    return {files, monotonic_secs, unix_secs, {options.variant, options.version, options.threads}};
}

}  // namespace

PageOptions options_from_json(const std::string& text) {
    PageOptions options;
    const auto json = parse_json(text);
    if (!json) return options;
    (void)read_optional(*json, "variant", options.variant);
    (void)read_optional(*json, "version", options.version);
    (void)read_optional(*json, "readOnlyReason", options.read_only_reason);
    (void)read_optional(*json, "threads", options.threads);
    return options;
}

Page::Page(std::unique_ptr<Files> files, const PageOptions& options)
    : files_(std::move(files)), app_(services(*files_, options)) {
    window_.set_texture_host(&renderer_.textures());
}

void Page::resize(float width, float height, float pixel_ratio, int pixel_width, int pixel_height) {
    metrics_.width = width;
    metrics_.height = height;
    metrics_.pixel_ratio = pixel_ratio;
    pixel_width_ = pixel_width;
    pixel_height_ = pixel_height;
    renderer_.canvas_emptied();
}

void Page::digit_key(int digit) {
    take_strokes();  // it is the label of what has been drawn up to now
    const State& state = app_.state();
    if (state.view == View::draw && selected_digit(state.draw)) app_.perform({LabelDrawn{digit}});
}

std::uint32_t Page::frame() {
    const double now = monotonic_secs();
    metrics_.now_secs = now;
    if (window_.prepare(metrics_, app_.state().theme)) renderer_.upload_fonts();
    // Frames come only when something changes; after a rest the time since the last one says nothing.
    ImGui::GetIO().DeltaTime = static_cast<float>(std::clamp(now - last_frame_secs_, 0.001, 0.1));
    last_frame_secs_ = now;

    // Ink and answers are on the screen in the frame after the pen's move.
    take_strokes();
    drawn_revision_ = app_.state().revision;
    Commands commands;
    window_.draw(app_.state(), commands);
    const bool painted = renderer_.end_frame(pixel_width_, pixel_height_);
    acted_ = !commands.empty();
    carry_out(std::move(commands));
    return needs() | (painted ? frame_painted : 0U);
}

void Page::take_strokes() {
    Commands strokes;
    window_.take_strokes(strokes);
    carry_out(std::move(strokes));
}

void Page::carry_out(Commands commands) {
    app_.perform(std::move(commands));
    (void)app_.update(0);
}

std::uint32_t Page::update(double budget_secs) {
    acted_ = false;
    (void)app_.update(budget_secs);
    return needs();
}

std::uint32_t Page::needs() {
    const State& state = app_.state();
    const bool dark = state.theme == ThemeChoice::dark || (state.theme == ThemeChoice::system && metrics_.system_dark);
    std::uint32_t bits = 0;
    const bool stale = state.revision != drawn_revision_;
    const bool due = monotonic_secs() >= window_.next_frame_secs();
    if (window_.wants_frame() || due || (stale && acted_)) {
        bits |= needs_frame | needs_frame_now;
    } else if (stale) {
        bits |= needs_frame;
    }
    if (app_.busy() || window_.next_frame_secs() < INFINITY) bits |= needs_updates;
    if (app_.works_in_update()) bits |= needs_cpu;
    if (!state.requests.waiting().empty()) bits |= needs_platform;
    if (dark) bits |= shows_dark;
    return bits;
}

Status Page::take_data(const std::string& id, bool train, std::span<const std::uint8_t> packed) {
    const auto outline = find_dataset(app_.state(), id);
    if (!outline) return fail("unknown-dataset", "There is no data set \"" + id + "\".");
    auto dataset = read_packed_idx(outline->name, packed);
    if (!dataset) return tl::unexpected(dataset.error());
    dataset->class_names = outline->class_names;
    if (arriving_id_ != id) arriving_ = {};
    arriving_id_ = id;
    (train ? arriving_.train : arriving_.test) = std::make_shared<const Dataset>(std::move(*dataset));
    if (!arriving_.train || !arriving_.test) return {};
    app_.perform({ReportDataReady{std::exchange(arriving_, {}), id}});
    return {};
}

}  // namespace digitlab::web
