#include "progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

namespace digitlab::cli {

namespace {

constexpr int bar_width = 28;

std::string bar(double share) {
    const int filled = static_cast<int>(std::clamp(share, 0.0, 1.0) * bar_width);
    std::string text(static_cast<std::size_t>(filled), '#');
    text.resize(bar_width, '.');
    return text;
}

}  // namespace

ProgressBar::ProgressBar() : terminal_(isatty(STDERR_FILENO) == 1) {}

void ProgressBar::show(const TrainingProgress& progress) {
    if (!terminal_) return;
    const double share = progress.batches > 0 ? static_cast<double>(progress.batch) / progress.batches : 0;
    std::fprintf(stderr, "\r\033[Kepoch %d/%d [%s] loss %.4f  accuracy %.2f %%  %.0f images/s  %.0f s left", progress.epoch,
                 progress.epochs, bar(share).c_str(), progress.loss, 100 * progress.accuracy, progress.images_per_second,
                 progress.eta_secs);
    std::fflush(stderr);
}

void ProgressBar::epoch_done(const EpochMetrics& metrics) {
    clear();
    std::fprintf(stderr, "epoch %d: loss %.4f, accuracy %.2f %%, validation accuracy %.2f %%, %.1f s, %.0f images/s\n",
                 metrics.epoch, metrics.train_loss, 100 * metrics.train_accuracy, 100 * metrics.validation_accuracy,
                 metrics.secs, metrics.images_per_second);
}

void ProgressBar::clear() {
    if (terminal_) std::fprintf(stderr, "\r\033[K");
}

}  // namespace digitlab::cli
