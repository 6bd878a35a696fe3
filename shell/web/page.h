#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "app/app.h"
#include "arrivals.h"
#include "page_needs.h"
#include "renderer.h"
#include "ui/app_window.h"

namespace digitlab::web {

/// How the page was opened; see web/loader.js.
struct PageOptions {
    std::string variant = "single";
    std::string version;
    std::string read_only_reason;  ///< why this tab must not write, "" when it may
    int threads = 1;
};

PageOptions options_from_json(const std::string& text);

/// App, window and canvas of one page. JavaScript owns the event loop and calls in.
class Page {
   public:
    Page(std::unique_ptr<Files> files, const PageOptions& options);

    /// Fails with "no-webgl2". Everything else works without a canvas.
    Status open_canvas() { return renderer_.open(); }

    App& app() { return app_; }
    AppWindow& app_window() { return window_; }
    Window& window() { return window_.window(); }
    Renderer& renderer() { return renderer_; }
    Arrivals& arrivals() { return arrivals_; }

    void resize(float width, float height, float pixel_ratio, int pixel_width, int pixel_height);
    void set_system_dark(bool dark) { window_.metrics.system_dark = dark; }

    std::uint32_t frame();
    std::uint32_t update(double budget_secs);
    std::uint32_t needs() const;
    /// Returns how long it takes until a frame is due even if nothing happens; INFINITY when none will be.
    double ms_to_next_frame() const;

   private:
    std::unique_ptr<Files> files_;
    App app_;
    Renderer renderer_;
    AppWindow window_{app_};
    Arrivals arrivals_{app_};
    int pixel_width_ = 1, pixel_height_ = 1;
};

}  // namespace digitlab::web
