// The web page. JavaScript (web/loader.js) starts the program with its options as JSON; from then on the program only
// answers the calls in exports.cpp. It never waits: the browser's main thread must not.

#include <emscripten.h>

#include <memory>
#include <utility>

#include "app/notice_causes.h"
#include "exports.h"
#include "page.h"
#include "platform/web/idbfs_files.h"

// clang-format off
EM_JS(void, digitlab_report_opened, (const char* problem_code, const char* problem), {
    Module["onOpened"](UTF8ToString(problem_code), UTF8ToString(problem));
});
EM_JS(void, digitlab_report_taken_over, (), { Module["onTakenOver"](); });
// clang-format on

static digitlab::IdbfsFiles* store = nullptr;  // owned by the page, which lives as long as the program
static digitlab::web::Page* opened_page = nullptr;

/// Called when this tab becomes the one that may write. What it has made so far is saved next to what the previous tab left.
extern "C" EMSCRIPTEN_KEEPALIVE void dl_take_over_store() {
    store->take_over([](const digitlab::Status& taken) {
        if (taken) {
            opened_page->app().take_over_store();
        } else {
            (void)opened_page->app().apply(
                digitlab::ReportProblem{"This tab cannot save: " + taken.error().message, digitlab::notice_causes::storing});
        }
        digitlab_report_taken_over();
    });
}

int main(int argc, char** argv) {
    using namespace digitlab;
    const web::PageOptions options = web::options_from_json(argc > 1 ? argv[1] : "{}");
    IdbfsFiles::open("/digitlab", options.read_only_reason, [options](std::unique_ptr<IdbfsFiles> files) {
        store = files.get();
        web::Page& page = web::set_page(std::make_unique<web::Page>(std::move(files), options));
        opened_page = &page;
        const Status canvas = page.open_canvas();
        digitlab_report_opened(canvas ? "" : canvas.error().code.c_str(), canvas ? "" : canvas.error().message.c_str());
    });
    return 0;
}
