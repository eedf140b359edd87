// Draws the shapes of severity. Threads: UI.
#pragma once

#include <wx/bitmap.h>

#include "agent/desktop/view/band.h"

class wxGraphicsContext;

namespace wardcast::agent {

// The shape in `fill`, its sign in `sign`, in the square at (x, y).
void DrawShape(wxGraphicsContext& context, Shape shape, Rgb fill, Rgb sign, double x, double y,
               double size);

// The shape in the band's colours on a transparent ground.
wxBitmap ShapeBitmap(const Band& band, int size);

// Diagonal stripes over the whole rectangle: the mark of an exercise.
void DrawStripes(wxGraphicsContext& context, double width, double height);

}  // namespace wardcast::agent
