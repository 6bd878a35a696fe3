#include "data/augmentation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "base/json_reader.h"
#include "base/portable_math.h"
#include "data/digit_pixels.h"
#include "data/digit_styles.h"

namespace digitlab {

namespace {

struct Field {
    const char* name;
    float Augmentation::* member;
    float standard;  ///< at strength 1
    float most;
};
constexpr std::array<Field, 9> fields = {{{"rotation", &Augmentation::rotation, 12, 90},
                                          {"scale", &Augmentation::scale, 0.12F, 0.5F},
                                          {"shift", &Augmentation::shift, 1.5F, 10},
                                          {"shear", &Augmentation::shear, 12, 45},
                                          {"elastic", &Augmentation::elastic, 0.8F, 5},
                                          {"thickness", &Augmentation::thickness, 1, 1},
                                          {"noise", &Augmentation::noise, 0, 0.5F},
                                          {"styles", &Augmentation::styles, 0.3F, 1},
                                          {"fade", &Augmentation::fade, 0.3F, 1}}};

float symmetric(RandomStream& random, float most) { return (random.uniform() * 2.0F - 1.0F) * most; }

std::size_t at(int x, int y) { return static_cast<std::size_t>(y * digit_side + x); }

/// Mixes the picture with its dilation (amount > 0) or erosion (amount < 0) by a cross of five pixels.
void change_thickness(float amount, std::array<float, digit_pixels>& picture) {
    const std::array<float, digit_pixels> from = picture;
    const float share = std::abs(amount);
    for (int y = 0; y < digit_side; ++y) {
        for (int x = 0; x < digit_side; ++x) {
            const float here = from[at(x, y)];
            float most = here, least = here;
            const auto look = [&](int dx, int dy) {
                const bool inside = x + dx >= 0 && x + dx < digit_side && y + dy >= 0 && y + dy < digit_side;
                const float value = inside ? from[at(x + dx, y + dy)] : 0.0F;
                most = std::max(most, value);
                least = std::min(least, value);
            };
            look(-1, 0);
            look(1, 0);
            look(0, -1);
            look(0, 1);
            picture[at(x, y)] = here + share * ((amount > 0 ? most : least) - here);
        }
    }
}

/// Output pixel (x, y) takes its value from (x', y') = (a x + b y + c, d x + e y + f), relative to the picture's centre.
struct Affine {
    float a = 1, b = 0, c = 0, d = 0, e = 1, f = 0;
};

Affine random_affine(const Augmentation& augmentation, RandomStream& random) {
    constexpr float degree = 0.0174532925F;
    const float turn = symmetric(random, augmentation.rotation) * degree;
    const float slant = symmetric(random, augmentation.shear) * degree;
    const float size = 1 + symmetric(random, augmentation.scale);
    const float stretch = 1 + symmetric(random, augmentation.scale / 3);
    const auto cosine = static_cast<float>(portable_cosine(static_cast<double>(turn)));
    const auto sine = static_cast<float>(portable_sine(static_cast<double>(turn)));
    const auto tangent =
        static_cast<float>(portable_sine(static_cast<double>(slant)) / portable_cosine(static_cast<double>(slant)));
    const float across = 1 / (size * stretch), down = stretch / size;
    Affine map;
    map.a = cosine * across;
    map.b = (sine + cosine * tangent) * down;
    map.d = -sine * across;
    map.e = (cosine - sine * tangent) * down;
    map.c = symmetric(random, augmentation.shift);
    map.f = symmetric(random, augmentation.shift);
    return map;
}

/// Random displacements on a coarse grid, made smooth by cubic B-splines.
class ElasticField {
   public:
    static constexpr int spacing = 7;  ///< pixels between grid points
    static constexpr int points = digit_side / spacing + 3;

    ElasticField(float deviation, RandomStream& random) {
        // A cubic B-spline of independent values varies less than they do: by a factor of 0.48 in two dimensions on average.
        for (float& value : grid_) value = random.normal() * deviation / 0.48F;
        for (int row = 0; row < points; ++row) {
            for (int x = 0; x < digit_side; ++x) {
                const std::array<float, 4>& weights = spline()[static_cast<std::size_t>(x % spacing)];
                float sum = 0;
                for (int i = 0; i < 4; ++i)
                    sum += weights[static_cast<std::size_t>(i)] * grid_[index(row, x / spacing + i, points)];
                rows_[index(row, x, digit_side)] = sum;
            }
        }
    }

    float operator()(int x, int y) const {
        const std::array<float, 4>& weights = spline()[static_cast<std::size_t>(y % spacing)];
        float sum = 0;
        for (int i = 0; i < 4; ++i) sum += weights[static_cast<std::size_t>(i)] * rows_[index(y / spacing + i, x, digit_side)];
        return sum;
    }

   private:
    static std::size_t index(int row, int column, int columns) { return static_cast<std::size_t>(row * columns + column); }

    /// The weights of four neighbouring grid points at each pixel between the middle two.
    static const std::array<std::array<float, 4>, spacing>& spline() {
        static const auto table = [] {
            std::array<std::array<float, 4>, spacing> all{};
            for (int i = 0; i < spacing; ++i) {
                const float t = static_cast<float>(i) / spacing, u = 1 - t;
                all[static_cast<std::size_t>(i)] = {u * u * u / 6, (3 * t * t * t - 6 * t * t + 4) / 6,
                                                    (3 * u * u * u - 6 * u * u + 4) / 6, t * t * t / 6};
            }
            return all;
        }();
        return table;
    }

    std::array<float, static_cast<std::size_t>(points* points)> grid_{};
    std::array<float, static_cast<std::size_t>(points* digit_side)> rows_{};
};

/// Bilinear interpolation; paper outside the picture.
float sample(const std::array<float, digit_pixels>& picture, float x, float y) {
    // Also rejects NaN.
    if (!(x > -1 && x < digit_side && y > -1 && y < digit_side)) return 0;
    const int left = static_cast<int>(x + 1) - 1, top = static_cast<int>(y + 1) - 1;
    const float right_share = x - static_cast<float>(left), bottom_share = y - static_cast<float>(top);
    const auto value = [&](int column, int row) {
        return column >= 0 && column < digit_side && row >= 0 && row < digit_side ? picture[at(column, row)] : 0.0F;
    };
    const float above = value(left, top) + right_share * (value(left + 1, top) - value(left, top));
    const float below = value(left, top + 1) + right_share * (value(left + 1, top + 1) - value(left, top + 1));
    return above + bottom_share * (below - above);
}

}  // namespace

Augmentation standard_augmentation(float strength) {
    Augmentation augmentation;
    for (const Field& field : fields) augmentation.*field.member = std::min(field.standard * strength, field.most);
    return augmentation;
}

Augmentation faded(const Augmentation& augmentation, int epoch, int epochs) {
    constexpr float least = 1.0F / 3;
    const float left = 1 - static_cast<float>(epoch - 1) / static_cast<float>(epochs);  // share of the training that is left
    if (left >= augmentation.fade) return augmentation;
    const float factor = least + (1 - least) * left / augmentation.fade;
    Augmentation weaker = augmentation;
    for (const Field& field : fields) {
        if (field.member != &Augmentation::styles && field.member != &Augmentation::fade) weaker.*field.member *= factor;
    }
    return weaker;
}

Json to_json(const Augmentation& augmentation) {
    Json json = Json::object();
    for (const Field& field : fields) {
        if (augmentation.*field.member != 0) json[field.name] = decimal(augmentation.*field.member);
    }
    return json;
}

Result<Augmentation> augmentation_from_json(const Json& json) {
    if (json.is_number()) {
        const float strength = json.get<float>();
        if (!(strength >= 0 && strength <= 2)) return fail("bad-spec", "The strength of augmentation must be from 0 to 2.");
        return standard_augmentation(strength);
    }
    Augmentation augmentation;
    JsonReader reader(json, {"bad-spec"}, "Augmentation must be a strength from 0 to 2, or an object.");
    std::vector<std::string> keys;
    for (const Field& field : fields) {
        keys.emplace_back(field.name);
        reader.optional(field.name, augmentation.*field.member);
    }
    reader.known_keys(keys, "a kind of augmentation");
    reader.keep(check_augmentation(augmentation));
    return reader.finish(augmentation);
}

Status check_augmentation(const Augmentation& augmentation) {
    for (const Field& field : fields) {
        const float value = augmentation.*field.member;
        if (!(value >= 0 && value <= field.most)) {
            return fail("bad-spec", std::string("Augmentation: ") + field.name + " must be from 0 to " +
                                        dump_json(decimal(field.most)) + ".");
        }
    }
    return {};
}

void augment(std::span<const std::uint8_t> picture, const Augmentation& augmentation, RandomStream random,
             std::span<float> to) {
    std::array<float, digit_pixels> from;
    for (std::size_t i = 0; i < from.size(); ++i) from[i] = static_cast<float>(picture[i]) * (1.0F / 255.0F);
    // Draw all numbers even when unused, so that one setting does not change the random numbers of the others.
    const Affine map = random_affine(augmentation, random);
    const float thickness = symmetric(random, augmentation.thickness);
    if (thickness != 0) change_thickness(thickness, from);
    const ElasticField across(augmentation.elastic, random), down(augmentation.elastic, random);
    const bool elastic = augmentation.elastic > 0;

    constexpr float middle = (digit_side - 1) / 2.0F;
    for (int y = 0; y < digit_side; ++y) {
        for (int x = 0; x < digit_side; ++x) {
            const float px = static_cast<float>(x) - middle, py = static_cast<float>(y) - middle;
            float from_x = map.a * px + map.b * py + map.c + middle;
            float from_y = map.d * px + map.e * py + map.f + middle;
            if (elastic) {
                from_x += across(x, y);
                from_y += down(x, y);
            }
            to[at(x, y)] = sample(from, from_x, from_y);
        }
    }
    if (augmentation.noise > 0) {
        // The sum of two uniform numbers has a standard deviation of 1 / sqrt 6.
        for (float& value : to.first(digit_pixels)) {
            const float noise = (random.uniform() + random.uniform() - 1.0F) * 2.4494897F * augmentation.noise;
            value = std::clamp(value + noise, 0.0F, 1.0F);
        }
    }
}

void augment_row(const Dataset& data, std::uint32_t row, const Augmentation& augmentation, std::uint64_t seed,
                 std::uint32_t epoch, std::span<float> to) {
    const auto stream = [&](RandomPurpose purpose) { return RandomStream(seed, purpose, epoch, row); };
    std::array<std::uint8_t, digit_pixels> picture;
    std::ranges::copy(data.image(row), picture.begin());
    if (augmentation.styles > 0 && data.kind == DataKind::digits) {
        vary_style(picture, data.labels[row], augmentation.styles, stream(RandomPurpose::digit_style));
    }
    augment(picture, augmentation, stream(RandomPurpose::augmentation), to);
}

}  // namespace digitlab
