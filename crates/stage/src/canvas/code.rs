//! The codes of calls, as the runtime's canvas writes them.

/// Declares the codes, each with how many numbers follow; `None` for those that say so
/// in their first.
macro_rules! codes {
    ($($code:ident = $number:literal, $count:expr;)*) => {
        /// A call on a canvas.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Code {
            $($code,)*
        }

        impl Code {
            pub fn from_number(number: f64) -> Option<Self> {
                match number as i64 {
                    $($number => Some(Self::$code),)*
                    _ => None,
                }
            }

            /// How many numbers follow; `None` where the first of them says how many
            /// follow it.
            pub fn count(self) -> Option<usize> {
                match self {
                    $(Self::$code => $count,)*
                }
            }
        }
    };
}

codes! {
    Save = 0, Some(0);
    Restore = 1, Some(0);
    Transform = 2, Some(6);
    SetTransform = 3, Some(6);
    BeginPath = 4, Some(0);
    MoveTo = 5, Some(2);
    LineTo = 6, Some(2);
    QuadTo = 7, Some(4);
    CubicTo = 8, Some(6);
    // centre, radii, turn, from, to, whether counter-clockwise
    Ellipse = 9, Some(8);
    ArcTo = 10, Some(5);
    Rect = 11, Some(4);
    // rectangle, then width and height of the corners, the top left one first
    RoundRect = 12, Some(12);
    ClosePath = 13, Some(0);
    // whether even-odd
    Fill = 14, Some(1);
    Stroke = 15, Some(0);
    Clip = 16, Some(1);
    // which of fill (0), stroke (1), clip (2), whether even-odd, a path's own calls
    Path = 17, None;
    FillRect = 18, Some(4);
    StrokeRect = 19, Some(4);
    ClearRect = 20, Some(4);
    // red, green, blue, alpha
    FillColor = 21, Some(4);
    StrokeColor = 22, Some(4);
    // see `ink.rs`
    FillInk = 23, None;
    StrokeInk = 24, None;
    LineWidth = 25, Some(1);
    LineCap = 26, Some(1);
    LineJoin = 27, Some(1);
    MiterLimit = 28, Some(1);
    LineDash = 29, None;
    DashOffset = 30, Some(1);
    Alpha = 31, Some(1);
    // the place of the operation's name among the texts
    Composite = 32, Some(1);
    ShadowColor = 33, Some(4);
    ShadowBlur = 34, Some(1);
    ShadowOffset = 35, Some(2);
    // each filter's number and its value, or the seven of a shadow (see `filters.rs`)
    Filter = 36, None;
    Smoothing = 37, Some(1);
    // size, weight, whether italic, letter spacing, word spacing, family, whether right to left
    Font = 38, Some(7);
    // left, middle, right (0, 1, 2)
    TextAlign = 39, Some(1);
    TextBaseline = 40, Some(1);
    // text, place, widest (NaN for any)
    FillText = 41, Some(4);
    StrokeText = 42, Some(4);
    // asset, time (NaN for a still), its size, the part of it, where it goes
    Picture = 43, Some(12);
    // surface, its size, the part of it, where it goes
    Surface = 44, Some(11);
    // which part, of which node
    Hole = 45, Some(2);
    // whether edges are smooth
    Antialias = 46, Some(1);
    // a path's calls under a transform, within a path
    AddPath = 47, None;
    // asset, its size, whether it is opaque, its space to that in which the drawing begins
    Pixels = 48, Some(10);
}
