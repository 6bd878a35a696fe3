// The web page. JavaScript (web/loader.js) starts the program with its options as JSON; from then on the program only
// answers the calls in exports.cpp. It never waits: the browser's main thread must not.

#include <emscripten.h>

#include <memory>
#include <utility>

#include "exports.h"
#include "page.h"
#include "platform/web/idbfs_files.h"

// clang-format off
EM_JS(void, digitlab_report_opened, (const char* problem_code, const char* problem), {
    Module["onOpened"](UTF8ToString(problem_code), UTF8ToString(problem));
});
// clang-format on

int main(int argc, char** argv) {
    using namespace digitlab;
    const web::PageOptions options = web::options_from_json(argc > 1 ? argv[1] : "{}");
    IdbfsFiles::open("/digitlab", options.read_only_reason, [options](std::unique_ptr<IdbfsFiles> files) {
        web::Page& page = web::set_page(std::make_unique<web::Page>(std::move(files), options));
        const Status canvas = page.open_canvas();
        digitlab_report_opened(canvas ? "" : canvas.error().code.c_str(), canvas ? "" : canvas.error().message.c_str());
    });
    return 0;
}
