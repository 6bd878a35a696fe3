// The functions that JavaScript (web/page.js and web/digitlab.js) can call. A string returned to JavaScript stays valid until
// the next call that returns one.

#include "exports.h"

#include <emscripten.h>
#include <imgui.h>
#include <unistd.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "app/notice_causes.h"
#include "calls.h"
#include "data/grey.h"

namespace digitlab::web {

namespace {

// Globals, since C functions have no object to belong to.
std::unique_ptr<Page> the_page;
Bytes the_archive;  ///< made by dl_export_archive

const char* keep_text(std::string text) {
    static std::string kept;
    kept = std::move(text);
    return kept.c_str();
}

std::span<const std::uint8_t> rgba_bytes(const std::uint8_t* rgba, int width, int height) {
    return {rgba, std::size_t{4} * static_cast<std::size_t>(width) * static_cast<std::size_t>(height)};
}

/// Returns the CSS cursor that matches Dear ImGui's.
const char* css_cursor(ImGuiMouseCursor cursor) {
    switch (cursor) {
        case ImGuiMouseCursor_TextInput: return "text";
        case ImGuiMouseCursor_ResizeAll: return "move";
        case ImGuiMouseCursor_ResizeNS: return "ns-resize";
        case ImGuiMouseCursor_ResizeEW: return "ew-resize";
        case ImGuiMouseCursor_ResizeNESW: return "nesw-resize";
        case ImGuiMouseCursor_ResizeNWSE: return "nwse-resize";
        case ImGuiMouseCursor_Hand: return "pointer";
        case ImGuiMouseCursor_NotAllowed: return "not-allowed";
        default: return "default";
    }
}

}  // namespace

Page& set_page(std::unique_ptr<Page> page) {
    the_page = std::move(page);
    return *the_page;
}

extern "C" {

// --- the event loop ------------------------------------------------------------------------------------------------------

EMSCRIPTEN_KEEPALIVE std::uint32_t dl_frame() { return the_page->frame(); }
EMSCRIPTEN_KEEPALIVE std::uint32_t dl_update(double budget_secs) { return the_page->update(budget_secs); }
EMSCRIPTEN_KEEPALIVE std::uint32_t dl_needs() { return the_page->needs(); }

// --- input and screen ----------------------------------------------------------------------------------------------------

EMSCRIPTEN_KEEPALIVE void dl_pointer(int kind, int phase, int pointer_id, float x, float y, float pressure, int button) {
    PointerSample sample;
    sample.kind = static_cast<PointerSample::Kind>(kind);
    sample.phase = static_cast<PointerSample::Phase>(phase);
    sample.pointer_id = pointer_id;
    sample.x = x;
    sample.y = y;
    sample.pressure = pressure;
    sample.button = button;
    the_page->window().pointer(sample);
}

EMSCRIPTEN_KEEPALIVE void dl_wheel(float dx, float dy) { the_page->window().wheel(dx, dy); }

EMSCRIPTEN_KEEPALIVE void dl_resize(float width, float height, float pixel_ratio, int pixel_width, int pixel_height) {
    the_page->resize(width, height, pixel_ratio, pixel_width, pixel_height);
}

EMSCRIPTEN_KEEPALIVE void dl_digit_key(int digit) { the_page->app_window().digit_key(digit); }
/// Reports something that the page could not do; `message` is shown to the user. `cause` is "" or one of app/notice_causes.h.
EMSCRIPTEN_KEEPALIVE void dl_report_problem(const char* message, const char* cause) {
    (void)the_page->app().apply(ReportProblem{message, cause});
}
EMSCRIPTEN_KEEPALIVE void dl_system_dark(int dark) { the_page->set_system_dark(dark != 0); }
EMSCRIPTEN_KEEPALIVE void dl_context_lost() { the_page->renderer().context_lost(); }
EMSCRIPTEN_KEEPALIVE void dl_context_restored() {
    if (const Status restored = the_page->renderer().context_restored(); !restored) {
        (void)the_page->app().apply(ReportProblem{"Nothing can be drawn any more: " + restored.error().message});
    }
}
EMSCRIPTEN_KEEPALIVE double dl_ms_to_next_frame() { return the_page->ms_to_next_frame(); }
EMSCRIPTEN_KEEPALIVE const char* dl_cursor() { return css_cursor(ImGui::GetMouseCursor()); }

// --- the accessible mirror -----------------------------------------------------------------------------------------------

EMSCRIPTEN_KEEPALIVE double dl_mirror_revision() { return static_cast<double>(the_page->window().mirror().revision()); }
EMSCRIPTEN_KEEPALIVE const char* dl_mirror_json() { return keep_text(dump_json(the_page->window().mirror().to_json())); }
EMSCRIPTEN_KEEPALIVE void dl_mirror_activate(std::uint32_t id) { the_page->window().mirror().activate(id); }
EMSCRIPTEN_KEEPALIVE void dl_mirror_focus(std::uint32_t id) { the_page->window().mirror().focus(id); }
EMSCRIPTEN_KEEPALIVE void dl_mirror_set(std::uint32_t id, const char* value) {
    the_page->window().mirror().set_value(id, value);
}

/// Returns 1 when the program handled the key, which was pressed on the mirrored element `id`.
EMSCRIPTEN_KEEPALIVE int dl_key(std::uint32_t id, const char* key, int shift, int control) {
    return the_page->window().key(id, {key, shift != 0, control != 0}) ? 1 : 0;
}

// --- data sets -----------------------------------------------------------------------------------------------------------

EMSCRIPTEN_KEEPALIVE void dl_data_progress(const char* id, double received_bytes, double total_bytes) {
    (void)the_page->app().apply(ReportDataProgress{received_bytes, total_bytes, id});
}
EMSCRIPTEN_KEEPALIVE void dl_data_failed(const char* id, const char* message) {
    (void)the_page->app().apply(ReportDataFailed{message, id});
}
/// Returns "", or a message for the user that says what is wrong with the bytes.
EMSCRIPTEN_KEEPALIVE const char* dl_data_take(const char* id, int train, const std::uint8_t* packed, std::size_t bytes) {
    const Status taken = the_page->arrivals().take_half(id, train != 0, std::span(packed, bytes));
    return keep_text(taken ? "" : taken.error().message);
}

EMSCRIPTEN_KEEPALIVE void dl_dataset_begin() { the_page->arrivals().begin_files(); }
/// Returns where to write the bytes of the next file; null when there is not enough memory.
EMSCRIPTEN_KEEPALIVE std::uint8_t* dl_dataset_file(const char* name, std::size_t bytes) {
    return the_page->arrivals().add_file(name, bytes);
}
/// Begins to read the files. Returns {value: number of the import} or {error}, like `dl_call`.
EMSCRIPTEN_KEEPALIVE const char* dl_dataset_add(const char* name) {
    return keep_text(add_dataset(the_page->app(), the_page->arrivals(), name));
}

/// Returns "", or a message for the user that says what is wrong with the file.
EMSCRIPTEN_KEEPALIVE const char* dl_add_ready_model(const std::uint8_t* file, std::size_t bytes) {
    const Status added = the_page->app().apply(AddReadyModel{Bytes(file, file + bytes)});
    return keep_text(added ? "" : added.error().message);
}

/// Answers as `dl_call` does.
EMSCRIPTEN_KEEPALIVE const char* dl_import_archive(const std::uint8_t* file, std::size_t bytes) {
    return keep_text(import_archive(the_page->app(), std::span(file, bytes)));
}
/// Makes an archive of everything. Returns {value: its size} or {error}, like `dl_call`. The bytes are at `dl_archive` until
/// `dl_release_archive` is called.
EMSCRIPTEN_KEEPALIVE const char* dl_export_archive() { return keep_text(export_archive(the_page->app(), the_archive)); }
EMSCRIPTEN_KEEPALIVE const std::uint8_t* dl_archive() { return the_archive.data(); }
EMSCRIPTEN_KEEPALIVE void dl_release_archive() { Bytes().swap(the_archive); }

/// The most memory the program has used so far.
EMSCRIPTEN_KEEPALIVE double dl_memory_bytes() { return static_cast<double>(reinterpret_cast<std::uintptr_t>(sbrk(0))); }

// --- pictures ------------------------------------------------------------------------------------------------------------

/// Problems become notices.
EMSCRIPTEN_KEEPALIVE void dl_set_picture(const std::uint8_t* rgba, int width, int height) {
    const std::size_t bytes = std::size_t{4} * static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    auto grey = grey_from_rgba(std::span(rgba, bytes), width, height);
    if (grey) {
        the_page->app().perform({SetPicture{std::move(*grey)}});
    } else {
        (void)the_page->app().apply(ReportProblem{grey.error().message, notice_causes::picture});
    }
}

// --- the JavaScript API --------------------------------------------------------------------------------------------------

EMSCRIPTEN_KEEPALIVE const char* dl_call(const char* method, const char* arguments) {
    return keep_text(call(the_page->app(), method, arguments));
}
EMSCRIPTEN_KEEPALIVE const char* dl_predict_pixels(const float* pixels, std::size_t count, const char* only) {
    return keep_text(predict_pixels(the_page->app(), std::span(pixels, count), only));
}
EMSCRIPTEN_KEEPALIVE const char* dl_predict_rgba(const std::uint8_t* rgba, int width, int height, const char* only) {
    return keep_text(predict_rgba(the_page->app(), rgba_bytes(rgba, width, height), width, height, only));
}
EMSCRIPTEN_KEEPALIVE const char* dl_read_rgba(const std::uint8_t* rgba, int width, int height, const char* only) {
    return keep_text(read_rgba(the_page->app(), rgba_bytes(rgba, width, height), width, height, only));
}

}  // extern "C"

}  // namespace digitlab::web
