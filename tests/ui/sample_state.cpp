#include "ui/sample_state.h"

#include <cmath>
#include <memory>

#include "nn/architecture.h"
#include "predict/prepared.h"
#include "train/spec.h"

namespace digitlab {

namespace {

EpochMetrics epoch_metrics(int epoch) {
    EpochMetrics metrics;
    metrics.epoch = epoch;
    metrics.train_loss = 0.35 / epoch;
    metrics.train_accuracy = 1 - 0.09 / epoch;
    metrics.validation_loss = 0.25 / epoch;
    metrics.validation_accuracy = 1 - 0.058 / epoch;
    metrics.secs = 7.4;
    metrics.images_per_second = 8123;
    return metrics;
}

TestResult test_result() {
    TestResult test{0.9712, 0.095, 10, std::vector<int>(100, 0)};
    for (int truth = 0; truth < 10; ++truth) {
        for (int answer = 0; answer < 10; ++answer) {
            test.confusion[static_cast<std::size_t>(truth * 10 + answer)] =
                truth == answer ? 960 + truth * 5 : (truth * 7 + answer * 3) % 9;
        }
    }
    return test;
}

Run sample_run(int number, std::size_t architecture, RunStatus status) {
    Run run;
    run.id = "r-" + std::to_string(number);
    run.spec = default_spec(catalogue()[architecture % catalogue().size()]);
    run.name = "model_" + run.spec.architecture.id + "_run" + std::to_string(number);
    run.status = status;
    run.parameters = parameter_count(run.spec.architecture);
    run.started_unix_secs = 1.7639e9 + 3600.0 * number;
    run.secs = 22.4 * number;
    for (int epoch = 1; epoch <= run.spec.epochs; ++epoch) run.epochs.push_back(epoch_metrics(epoch));
    if (status != RunStatus::running) run.test = test_result();
    return run;
}

Answer answer_of(const Run& run, int digit, float confidence) {
    Answer answer{run.id, run.name, run.spec.architecture.id, digit, confidence, std::vector<float>(10, (1 - confidence) / 9),
                  0.42};
    answer.probabilities[static_cast<std::size_t>(digit)] = confidence;
    return answer;
}

void fill_training(State& state) {
    TrainingState& training = state.trainings.emplace_back();
    training.active = true;
    training.run_id = state.shown_training = state.runs.back().id;
    training.spec = state.runs.back().spec;
    training.progress = {TrainingPhase::training, 3, 3, 312, 860, 0.0834, 0.9741, 0.9713, 8123, 18.2, 11.9};
    training.epochs = {epoch_metrics(1), epoch_metrics(2)};
    for (int point = 0; point < 118; ++point) {
        const float x = static_cast<float>(point + 1) / 50;
        const float wobble = 0.03F * std::sin(static_cast<float>(point) * 1.7F);
        training.chart.push_back(
            {x, 2.2F * std::exp(-4 * x) + 0.25F / (x + 0.4F) + wobble, 0.98F - 0.8F * std::exp(-5 * x) + wobble / 4});
    }
}

void fill_drawing(State& state) {
    DrawState& draw = state.draw;
    draw.canvas.draw_line({120, 100}, {330, 100}, 36);
    draw.canvas.draw_line({330, 100}, {200, 380}, 36);
    draw.reading.picture = prepare_picture(grey_of(draw));
    ReadDigit digit;
    digit.prepared = draw.reading.picture.digits.at(0);
    digit.answers = {answer_of(state.runs[1], 7, 0.983F), answer_of(state.runs[0], 7, 0.913F),
                     answer_of(state.runs[2], 1, 0.55F)};
    digit.consensus = find_consensus(digit.answers);
    draw.reading.digits = {digit};
    draw.reading.number = "7";
    draw.reading_revision = 1;
}

/// Fills the log with a few dozen drawings: with labels, with mistakes and without labels.
void fill_log(State& state) {
    const ReadDigit& digit = state.draw.reading.digits.at(0);
    for (int number = 1; number <= 40; ++number) {
        Drawing drawing;
        drawing.id = (number < 10 ? "d-000" : "d-00") + std::to_string(number);
        drawing.unix_secs = 1.7639e9 + 60.0 * number;
        drawing.pixels = bytes_of(digit.prepared.pixels);
        drawing.picture = small_picture(digit.prepared.crop);
        drawing.answers = drawing_answers(digit.answers);
        if (number % 3 != 0) drawing.label = number % 7 == 0 ? 1 : 7;
        state.drawings.all.push_back(std::make_shared<const Drawing>(std::move(drawing)));
    }
    state.drawings.accuracy = running_accuracy(state.drawings.all);
    state.drawings.current = {"d-0040"};
    state.drawings.test = DrawingTest{"r-1", state.runs[0].name, 26, 26, {}};
    TestResult& result = state.drawings.test->result;
    result = {0.88, 0.4, 10, std::vector<int>(100, 0)};
    result.confusion[77] = 23;
    result.confusion[17] = 3;
    state.runs[1].spec.drawings = true;
    state.runs[1].fine_tune = FineTune{"r-1", state.runs[0].name, 0.9712, false, {21, 14, 21}, {5, 3, 4}};
}

void fill_why(State& state) {
    WhyState& why = state.why;
    why.open = true;
    why.explained = state.runs[1].id;
    why.explained_digit = 7;
    why.pixels = state.draw.reading.digits.at(0).prepared.pixels;
    for (std::size_t i = 0; i < why.effect.size(); ++i)
        why.effect[i] = why.pixels[i] * (i % 28 > 16 ? -0.4F : 1.2F) * static_cast<float>(i / 28) / 28;
    why.share_done = 1;
    why.probability = 0.983F;
    why.lowest_probability = 0.41F;
    why.looked_at = 3200;
    why.to_look_at = 10000;
    for (std::size_t i = 0; i < similar_pictures; ++i)
        why.similar.push_back({7, 1.5F + static_cast<float>(i) / 4, bytes_of(why.pixels)});
}

std::shared_ptr<const Dataset> sample_data(std::size_t rows) {
    auto data = std::make_shared<Dataset>();
    data->name = "sample";
    for (std::size_t row = 0; row < rows; ++row) {
        data->labels.push_back(static_cast<std::uint8_t>(row % 10));
        for (std::size_t y = 0; y < 28; ++y) {
            for (std::size_t x = 0; x < 28; ++x) {
                const bool ink = (x + row) % 28 > 10 && (x + row) % 28 < 14 && y > 4 && y < 24;
                data->pixels.push_back(ink ? 230 : 0);
            }
        }
    }
    return data;
}

}  // namespace

State filled_state() {
    State state;
    state.environment = {"threads-relaxed", "0.1.0", 4};
    state.runs = {sample_run(1, 0, RunStatus::finished), sample_run(2, 1, RunStatus::stopped),
                  sample_run(3, 2, RunStatus::running)};
    state.models = {"r-1", "r-2", "r-3"};
    state.selected_run = "r-1";
    state.datasets.all.front().data.phase = DataPhase::ready;
    state.datasets.all.front().data.pair = {sample_data(300), sample_data(50)};
    state.notices = {{1, true,
                      "The browser is out of storage: the run model_mlp_run2 is kept only until this tab is closed. Delete "
                      "runs you do not need."},
                     {2, false, "A new version is ready; it is used after the next reload."}};
    state.save = {SavePhase::failed, "The browser is out of storage."};
    state.storage = {{3, 41'200}, {3, 12'400'000}, {2000, 9'800'000}, {0, 0}, Persistence::denied};
    fill_training(state);
    fill_drawing(state);
    fill_log(state);
    fill_why(state);
    return state;
}

}  // namespace digitlab
