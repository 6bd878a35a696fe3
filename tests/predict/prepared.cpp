#include "predict/prepared.h"

#include "base/clock.h"
#include "predict/reading.h"

namespace digitlab {

PreparedPicture prepare_picture(const GreyImage& grey, const PreparationSteps& steps) {
    Predictor nobody(monotonic_secs);
    return read_picture(nobody, grey, steps).value().picture;
}

}  // namespace digitlab
