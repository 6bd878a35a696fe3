#pragma once

#include "ui/ui.h"

namespace digitlab {

/// A rounded surface around what is drawn while it lives, as wide as the column. Its place on the screen and in the layout is
/// that of one item.
class Card {
   public:
    explicit Card(Ui& ui);
    ~Card();
    Card(const Card&) = delete;
    Card& operator=(const Card&) = delete;

   private:
    Ui& ui_;
    ImVec2 min_;
    float outer_width_;
    float padding_;
};

/// Two columns side by side, or one below the other on narrow pages. `next` begins the second.
class Columns {
   public:
    /// The first takes `first_width`, the second what is left. `always` keeps two columns on narrow pages too.
    Columns(Ui& ui, float first_width, bool always = false);
    ~Columns();
    void next();
    Columns(const Columns&) = delete;
    Columns& operator=(const Columns&) = delete;

   private:
    Ui& ui_;
    bool side_by_side_;
    ImVec2 origin_;
    float outer_width_, first_width_;
    float bottom_ = 0;
};

/// Vertical room.
void space(float height);

}  // namespace digitlab
