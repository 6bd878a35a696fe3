#include "page.h"

#include <utility>

#include "base/clock.h"

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
    window().set_texture_host(&renderer_.textures());
}

void Page::resize(float width, float height, float pixel_ratio, int pixel_width, int pixel_height) {
    window_.metrics.width = width;
    window_.metrics.height = height;
    window_.metrics.pixel_ratio = pixel_ratio;
    pixel_width_ = pixel_width;
    pixel_height_ = pixel_height;
    renderer_.canvas_emptied();
}

std::uint32_t Page::frame() {
    if (window_.prepare(monotonic_secs())) renderer_.upload_fonts();
    window_.draw();
    const bool painted = renderer_.end_frame(pixel_width_, pixel_height_);
    return needs() | (painted ? frame_painted : 0U);
}

std::uint32_t Page::update(double budget_secs) {
    window_.update(budget_secs);
    return needs();
}

double Page::ms_to_next_frame() const { return 1000 * window_.secs_to_next_frame(monotonic_secs()); }

std::uint32_t Page::needs() const {
    std::uint32_t bits = 0;
    const double now = monotonic_secs();
    if (window_.wants_frame(now)) bits |= needs_frame;
    if (window_.wants_frame_now(now)) bits |= needs_frame_now;
    if (app_.busy()) bits |= needs_updates;
    if (app_.works_in_update()) bits |= needs_cpu;
    if (!app_.state().requests.waiting().empty()) bits |= needs_platform;
    if (window_.dark()) bits |= shows_dark;
    return bits;
}

}  // namespace digitlab::web
