#include "agent/desktop/look/shape_painter.h"

#include <wx/dcmemory.h>
#include <wx/graphics.h>
#include <wx/image.h>

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <utility>

#include "agent/desktop/look/type_scale.h"

namespace wardcast::agent {
namespace {

using Points = std::initializer_list<std::pair<double, double>>;  // in 0 … 1

class Pen {
 public:
  Pen(wxGraphicsContext& context, double x, double y, double size)
      : context_(context), x_(x), y_(y), size_(size) {}

  void Polygon(Points points) {
    wxGraphicsPath path = Path(points);
    path.CloseSubpath();
    context_.FillPath(path);
  }
  void Line(Points points, Rgb colour) {
    context_.SetPen(context_.CreatePen(
        wxGraphicsPenInfo(ColourOf(colour), size_ * 0.12).Cap(wxCAP_ROUND).Join(wxJOIN_ROUND)));
    context_.StrokePath(Path(points));
    context_.SetPen(wxNullGraphicsPen);
  }
  void Circle(double x, double y, double radius) {
    wxGraphicsPath path = context_.CreatePath();
    path.AddCircle(x_ + x * size_, y_ + y * size_, radius * size_);
    context_.FillPath(path);
  }

 private:
  wxGraphicsPath Path(Points points) {
    wxGraphicsPath path = context_.CreatePath();
    bool first = true;
    for (const auto& [x, y] : points) {
      if (first) {
        path.MoveToPoint(x_ + x * size_, y_ + y * size_);
      } else {
        path.AddLineToPoint(x_ + x * size_, y_ + y * size_);
      }
      first = false;
    }
    return path;
  }

  wxGraphicsContext& context_;
  double x_;
  double y_;
  double size_;
};

void Exclamation(Pen& pen, Rgb colour, double top, double bottom) {
  pen.Line({{0.5, top}, {0.5, bottom - 0.22}}, colour);
  pen.Circle(0.5, bottom - 0.03, 0.07);
}

}  // namespace

void DrawShape(wxGraphicsContext& context, Shape shape, Rgb fill, Rgb sign, double x, double y,
               double size) {
  Pen pen(context, x, y, size);
  const wxGraphicsBrush sign_brush = context.CreateBrush(wxBrush(ColourOf(sign)));
  context.SetPen(wxNullGraphicsPen);
  context.SetBrush(context.CreateBrush(wxBrush(ColourOf(fill))));
  switch (shape) {
    case Shape::kCircle:
      pen.Circle(0.5, 0.5, 0.48);
      context.SetBrush(sign_brush);
      pen.Circle(0.5, 0.27, 0.075);
      pen.Line({{0.5, 0.47}, {0.5, 0.74}}, sign);
      break;
    case Shape::kDiamond:
      pen.Polygon({{0.5, 0.0}, {1.0, 0.5}, {0.5, 1.0}, {0.0, 0.5}});
      context.SetBrush(sign_brush);
      Exclamation(pen, sign, 0.27, 0.77);
      break;
    case Shape::kTriangle:
      pen.Polygon({{0.5, 0.04}, {1.0, 0.94}, {0.0, 0.94}});
      context.SetBrush(sign_brush);
      Exclamation(pen, sign, 0.38, 0.85);
      break;
    case Shape::kOctagon:
      pen.Polygon({{0.3, 0.02},
                   {0.7, 0.02},
                   {0.98, 0.3},
                   {0.98, 0.7},
                   {0.7, 0.98},
                   {0.3, 0.98},
                   {0.02, 0.7},
                   {0.02, 0.3}});
      context.SetBrush(sign_brush);
      Exclamation(pen, sign, 0.22, 0.8);
      break;
    case Shape::kTick:
      pen.Circle(0.5, 0.5, 0.48);
      pen.Line({{0.28, 0.53}, {0.44, 0.69}, {0.73, 0.34}}, sign);
      break;
    case Shape::kCross:
      pen.Circle(0.5, 0.5, 0.48);
      pen.Line({{0.33, 0.33}, {0.67, 0.67}}, sign);
      pen.Line({{0.67, 0.33}, {0.33, 0.67}}, sign);
      break;
  }
}

wxBitmap ShapeBitmap(const Band& band, int size) {
  wxImage image(size, size);
  image.InitAlpha();
  std::fill_n(image.GetAlpha(), size * size, static_cast<unsigned char>(0));
  wxBitmap bitmap(image);
  {
    wxMemoryDC target(bitmap);
    const std::unique_ptr<wxGraphicsContext> context(wxGraphicsContext::Create(target));
    if (context) DrawShape(*context, band.shape, band.background, band.text, 0, 0, size);
  }
  return bitmap;
}

void DrawStripes(wxGraphicsContext& context, double width, double height) {
  constexpr double kStripe = 16;
  context.SetPen(wxNullGraphicsPen);
  context.SetBrush(context.CreateBrush(*wxWHITE_BRUSH));
  context.DrawRectangle(0, 0, width, height);
  context.SetBrush(context.CreateBrush(wxBrush(wxColour(0x5B, 0x2A, 0x86))));
  for (double x = -height; x < width; x += 2 * kStripe) {
    wxGraphicsPath path = context.CreatePath();
    path.MoveToPoint(x, height);
    path.AddLineToPoint(x + height, 0);
    path.AddLineToPoint(x + height + kStripe, 0);
    path.AddLineToPoint(x + kStripe, height);
    path.CloseSubpath();
    context.FillPath(path);
  }
}

}  // namespace wardcast::agent
