use std::{collections::HashMap, rc::Rc, sync::Arc};

use kinora_film::{
    self as film, AssetId, Blend, Color, Drawing, FillRule, Geometry, GlyphRun, Group, Join,
    Node as DrawingNode, Paint, Picture, PictureSource, Repetition, Shape, Stroke,
};
use kurbo::{Affine, Rect, Vec2};

use super::{
    assembly::{Assembly, grouped},
    calls::CanvasCalls,
    code::Code,
    custom::Played,
    ink::{Ink, Tiles, affine},
    outline::{Outline, is_upright, next},
    state::{Clip, State},
    text::{self, Lines},
};
use crate::{
    fonts::Fonts,
    layer::{Hole, Layer, Part},
    paint::faded,
    text::shaper::{Glyphs, Shaper},
};

/// How much of what scripts drew is kept at most: numbers of all nodes.
pub(crate) const MOST_KEPT: usize = 1 << 24;
/// Things that one node draws in one frame at most.
const MOST_DRAWN: usize = 250_000;
/// Clips that lie within one another at most: all that walks a drawing does so by
/// recursion.
const DEEPEST_CLIP: usize = 64;
/// Canvases that are drawn within one another at most.
const DEEPEST_SURFACE: usize = 32;
/// States that are saved at most.
const MOST_SAVED: usize = 10_000;
/// Times that a pattern is repeated at most.
const MOST_TILES: f64 = 10_000.0;

/// Why what a script drew on a canvas cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CanvasError {
    /// Too much is drawn.
    #[error("more than {MOST_DRAWN} things are drawn on its canvas in one frame")]
    TooMuch,
    /// Too much is drawn on all canvases.
    #[error("more than {MOST_KEPT} numbers are needed for what is drawn on canvases in one frame")]
    TooMuchInAll,
    /// Clips lie too deep.
    #[error(
        "more than {DEEPEST_CLIP} clips lie within one another; \
         put `save()` before and `restore()` behind each"
    )]
    Clips,
    /// Canvases lie too deep.
    #[error("more than {DEEPEST_SURFACE} canvases are drawn within one another")]
    Surfaces,
    /// Too many states are saved.
    #[error("`save()` is called more than {MOST_SAVED} times without `restore()`")]
    Saves,
    /// A pattern is repeated too often.
    #[error("a pattern is repeated more than {MOST_TILES} times in one shape")]
    Tiles,
    /// The calls are none that the runtime writes.
    #[error("its canvas cannot be read")]
    Broken,
}

/// Makes drawings of what was drawn on a canvas of a size, or on one without bounds.
///
/// # Errors
/// When it is more than can be drawn.
pub(crate) fn play(
    calls: &CanvasCalls,
    size: Option<Vec2>,
    shaper: &mut Shaper,
    fonts: &mut Fonts,
) -> Result<Played, CanvasError> {
    let mut shared = Shared {
        shaper,
        fonts,
        lines: Lines::default(),
        drawn: 0,
        holes: Vec::new(),
        surfaces: HashMap::new(),
    };
    let seen = Seen {
        scale: 1.0,
        smoothing: true,
    };
    let mut player = Player::new(calls, &mut shared, size, seen, 0);
    player.run()?;
    let blends = player.blends;
    let layers = player.assembly.finish();
    Ok(Played {
        layers,
        holes: shared.holes,
        blends,
    })
}

/// What the playing of calls shares with that of the canvases in them.
struct Shared<'a> {
    shaper: &'a mut Shaper,
    fonts: &'a mut Fonts,
    lines: Lines,
    drawn: usize,
    holes: Vec<Hole>,
    /// Canvases that were drawn before, by address and how they are seen, and how much is
    /// on each.
    surfaces: HashMap<(*const CanvasCalls, u64, bool), (Layer, usize)>,
}

/// How a canvas is seen.
#[derive(Clone, Copy)]
struct Seen {
    /// How much larger than its own pixels: what shadows and blurs reach.
    scale: f64,
    /// Whether its pixels are smoothed where they are not seen one by one.
    smoothing: bool,
}

struct Player<'a, 'b> {
    calls: &'a CanvasCalls,
    shared: &'a mut Shared<'b>,
    /// The size of the canvas; `None` of one without bounds.
    size: Option<Vec2>,
    seen: Seen,
    depth: usize,
    state: State,
    saved: Vec<State>,
    /// The current path, in the space of `path_space`.
    path: Outline,
    path_space: Affine,
    assembly: Assembly,
    blends: bool,
}

impl<'a, 'b> Player<'a, 'b> {
    fn new(
        calls: &'a CanvasCalls,
        shared: &'a mut Shared<'b>,
        size: Option<Vec2>,
        seen: Seen,
        depth: usize,
    ) -> Self {
        Self {
            calls,
            shared,
            size,
            seen,
            depth,
            state: State::default(),
            saved: Vec::new(),
            path: Outline::default(),
            path_space: Affine::IDENTITY,
            assembly: Assembly::new(),
            blends: false,
        }
    }

    fn run(&mut self) -> Result<(), CanvasError> {
        let mut rest = &self.calls.numbers[..];
        while !rest.is_empty() {
            let (code, arguments, after) = next(rest).ok_or(CanvasError::Broken)?;
            rest = after;
            // A canvas does nothing where an argument is not finite; those of which
            // that is no argument may be.
            let is_sound = matches!(
                code,
                Code::Path | Code::FillText | Code::StrokeText | Code::Picture
            ) || arguments.iter().all(|number| number.is_finite());
            if is_sound {
                self.call(code, arguments)?;
            }
        }
        Ok(())
    }

    fn call(&mut self, code: Code, n: &[f64]) -> Result<(), CanvasError> {
        match code {
            Code::Save => {
                if self.saved.len() == MOST_SAVED {
                    return Err(CanvasError::Saves);
                }
                self.saved.push(self.state.clone());
            }
            Code::Restore => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            Code::Transform => {
                let by = affine(n).ok_or(CanvasError::Broken)?;
                self.state.transform *= by;
            }
            Code::SetTransform => {
                self.state.transform = affine(n).ok_or(CanvasError::Broken)?;
            }
            Code::BeginPath => {
                self.path = Outline::default();
                self.path_space = self.state.transform;
            }
            Code::Fill => self.fill_path(rule(n[0]))?,
            Code::Stroke => self.stroke_path()?,
            Code::Clip => self.clip_path(rule(n[0]))?,
            Code::Path => self.other_path(n)?,
            Code::FillRect => self.fill(Geometry::Rect(rect(n)), FillRule::NonZero)?,
            Code::StrokeRect => {
                let mut path = Outline::default();
                path.call(Code::Rect, n);
                self.stroke(path.geometry())?;
            }
            Code::ClearRect => self.clear(rect(n))?,
            Code::FillText | Code::StrokeText => self.text(n, code == Code::FillText)?,
            Code::Picture => self.picture(n)?,
            Code::Surface => self.surface(n)?,
            Code::Pixels => self.pixels(n)?,
            Code::Hole => self.hole(n)?,
            _ => {
                if !self.segment(code, n) {
                    let scale = self.seen.scale;
                    self.state.style(code, n, &self.calls.texts, scale)?;
                }
            }
        }
        Ok(())
    }

    /// Adds to the current path; tells whether the call does.
    fn segment(&mut self, code: Code, n: &[f64]) -> bool {
        use Code as C;
        let is_segment = matches!(
            code,
            C::MoveTo
                | C::LineTo
                | C::QuadTo
                | C::CubicTo
                | C::Ellipse
                | C::ArcTo
                | C::Rect
                | C::RoundRect
                | C::ClosePath
        );
        if is_segment && self.bring_path() {
            self.path.call(code, n);
        }
        is_segment
    }

    /// Takes the current path into the present space; tells whether it can be there.
    fn bring_path(&mut self) -> bool {
        let transform = self.state.transform;
        if transform == self.path_space {
            return true;
        }
        if !is_regular(transform) {
            return false;
        }
        self.path.transform(transform.inverse() * self.path_space);
        self.path_space = transform;
        true
    }

    // -- shapes ------------------------------------------------------------------

    fn fill_path(&mut self, rule: FillRule) -> Result<(), CanvasError> {
        if !self.path.is_drawn() || !self.bring_path() {
            return Ok(());
        }
        self.fill(self.path.geometry(), rule)
    }

    fn stroke_path(&mut self) -> Result<(), CanvasError> {
        if !self.path.is_drawn() || !self.bring_path() {
            return Ok(());
        }
        self.stroke(self.path.geometry())
    }

    fn clip_path(&mut self, rule: FillRule) -> Result<(), CanvasError> {
        let mut path = self.path.clone();
        path.transform(self.path_space);
        self.clip(path.geometry(), rule)
    }

    fn other_path(&mut self, n: &[f64]) -> Result<(), CanvasError> {
        let [what, even_odd, calls @ ..] = n else {
            return Err(CanvasError::Broken);
        };
        let mut path = Outline::default();
        path.calls(calls);
        match *what as i64 {
            0 if path.is_drawn() => self.fill(path.geometry(), rule(*even_odd)),
            1 if path.is_drawn() => self.stroke(path.geometry()),
            2 => {
                path.transform(self.state.transform);
                self.clip(path.geometry(), rule(*even_odd))
            }
            _ => Ok(()),
        }
    }

    fn fill(&mut self, geometry: Geometry, rule: FillRule) -> Result<(), CanvasError> {
        let antialias = self.state.antialias;
        let ink = self.state.fill.clone();
        let bounds = match ink {
            Ink::Tiles(_) => geometry.bounding_box(),
            _ => Rect::ZERO,
        };
        self.inked(ink, bounds, |paint| {
            DrawingNode::Shape(Shape {
                rule,
                antialias,
                ..Shape::filled(geometry, paint)
            })
        })
    }

    fn stroke(&mut self, geometry: Geometry) -> Result<(), CanvasError> {
        let state = &self.state;
        let antialias = state.antialias;
        let stroke = state.stroke_of(Paint::Solid(Color::BLACK));
        let reach = match state.join {
            Join::Miter => state.width / 2.0 * state.miter_limit.max(1.0),
            _ => state.width,
        };
        let ink = state.stroke.clone();
        let bounds = match ink {
            Ink::Tiles(_) => geometry.bounding_box().inflate(reach, reach),
            _ => Rect::ZERO,
        };
        self.inked(ink, bounds, |paint| {
            DrawingNode::Shape(Shape {
                geometry,
                fill: None,
                rule: FillRule::NonZero,
                stroke: Some(Stroke { paint, ..stroke }),
                stroke_first: false,
                antialias,
            })
        })
    }

    /// Draws something in one paint; `bounds` is where, for what is made of copies.
    fn inked(
        &mut self,
        ink: Ink,
        bounds: Rect,
        make: impl FnOnce(Paint) -> DrawingNode,
    ) -> Result<(), CanvasError> {
        let alpha = self.state.alpha;
        match ink {
            Ink::Nothing => Ok(()),
            Ink::Paint(paint) => {
                let (paint, alpha) = match &*paint {
                    // A pattern's picture has no alpha to change.
                    Paint::Pattern(_) => ((*paint).clone(), alpha),
                    paint if alpha < 1.0 => (faded(paint, alpha), 1.0),
                    paint => (paint.clone(), 1.0),
                };
                self.draw(Layer::Own(Drawing::new(make(paint))), alpha)
            }
            Ink::Tiles(tiles) => {
                let mask = Layer::Own(Drawing::new(make(Paint::Solid(Color::BLACK))));
                let copies = self.copies(&tiles, bounds)?;
                let within = Group {
                    blend: Blend::SourceIn,
                    ..Group::new(Affine::IDENTITY, Vec::new())
                };
                let all = Group {
                    isolated: true,
                    ..Group::new(Affine::IDENTITY, Vec::new())
                };
                let layer = grouped(all, vec![mask, grouped(within, copies)]);
                self.draw(layer, alpha)
            }
        }
    }

    /// A canvas as often as it fits into `bounds`.
    fn copies(&mut self, tiles: &Tiles, bounds: Rect) -> Result<Vec<Layer>, CanvasError> {
        let (size, transform) = (Vec2::new(tiles.width, tiles.height), tiles.transform);
        if !is_regular(transform) || size.x <= 0.0 || size.y <= 0.0 {
            return Ok(Vec::new());
        }
        let seen = Seen {
            smoothing: self.state.smoothing,
            ..self.seen
        };
        let tile = self.canvas(tiles.surface, size, seen)?;
        let inside = transform.inverse().transform_rect_bbox(bounds);
        let span = |from: f64, to: f64, size: f64, repeats: bool| match repeats {
            true => ((from / size).floor(), (to / size).ceil()),
            false => (0.0, 1.0),
        };
        let (across, down) = match tiles.repetition {
            Repetition::Both => (true, true),
            Repetition::X => (true, false),
            Repetition::Y => (false, true),
            Repetition::None => (false, false),
        };
        let (left, right) = span(inside.x0, inside.x1, size.x, across);
        let (top, bottom) = span(inside.y0, inside.y1, size.y, down);
        let count = (right - left) * (bottom - top);
        if count.is_nan() || count > MOST_TILES {
            return Err(CanvasError::Tiles);
        }
        self.count(count as usize)?;
        let mut copies = Vec::new();
        for row in top as i64..bottom as i64 {
            for column in left as i64..right as i64 {
                let place = Affine::translate((column as f64 * size.x, row as f64 * size.y));
                let place = Group::new(transform * place, Vec::new());
                copies.push(grouped(place, vec![tile.clone()]));
            }
        }
        Ok(copies)
    }

    fn clip(&mut self, geometry: Geometry, rule: FillRule) -> Result<(), CanvasError> {
        let outer = self.state.clip.take();
        let clip = match (&geometry, outer) {
            (Geometry::Rect(rect), Some(outer)) if let Geometry::Rect(other) = outer.geometry => {
                Clip {
                    outer: outer.outer.clone(),
                    geometry: Geometry::Rect(both(*rect, other)),
                    rule,
                    depth: outer.depth,
                }
            }
            (_, outer) => {
                let depth = outer.as_ref().map_or(0, |outer| outer.depth) + 1;
                if depth > DEEPEST_CLIP {
                    return Err(CanvasError::Clips);
                }
                Clip {
                    outer,
                    geometry,
                    rule,
                    depth,
                }
            }
        };
        self.state.clip = Some(Rc::new(clip));
        Ok(())
    }

    fn clear(&mut self, rect: Rect) -> Result<(), CanvasError> {
        let state = &self.state;
        if let Some(size) = self.size
            && state.clip.is_none()
            && is_upright(state.transform)
            && covers(state.transform.transform_rect_bbox(rect), size)
        {
            self.assembly.clear();
            self.blends = false;
            return Ok(());
        }
        if !is_regular(state.transform) || rect.area() == 0.0 {
            return Ok(());
        }
        self.count(1)?;
        self.blends = true;
        let state = &self.state;
        self.assembly
            .push(state.clip.as_ref(), state.transform, hole(rect));
        Ok(())
    }

    // -- texts and pictures ------------------------------------------------------

    fn text(&mut self, n: &[f64], fills: bool) -> Result<(), CanvasError> {
        let [text, x, y, widest] = n[..] else {
            return Err(CanvasError::Broken);
        };
        let text = self.calls.texts.get(text as usize);
        let text = text.ok_or(CanvasError::Broken)?;
        if !x.is_finite() || !y.is_finite() || widest <= 0.0 {
            return Ok(());
        }
        let shared = &mut *self.shared;
        let (line, heights) = shared
            .lines
            .set(shared.shaper, shared.fonts, text, &self.state.font);
        let squeeze = if widest < line.width {
            widest / line.width
        } else {
            1.0
        };
        let at = Vec2::new(
            x - self.state.align * line.width * squeeze,
            y + text::shift(&heights, self.state.baseline),
        );
        let bounds = Rect::new(0.0, -heights.ascent, line.width, heights.descent) + at;
        let bounds = bounds.inflate(heights.ascent, heights.ascent);
        let squeezed = (squeeze < 1.0).then(|| {
            let before = self.state.transform;
            let place = Affine::translate(at) * Affine::scale_non_uniform(squeeze, 1.0);
            self.state.transform = before * place;
            before
        });
        let at = if squeezed.is_some() { Vec2::ZERO } else { at };
        for glyphs in &line.glyphs {
            let state = &self.state;
            let ink = if fills { &state.fill } else { &state.stroke };
            let stroke = (!fills).then(|| state.stroke_of(Paint::Solid(Color::BLACK)));
            self.inked(ink.clone(), bounds, |paint| {
                DrawingNode::Glyphs(run(glyphs, at, paint, stroke))
            })?;
        }
        if let Some(before) = squeezed {
            self.state.transform = before;
        }
        Ok(())
    }

    fn picture(&mut self, n: &[f64]) -> Result<(), CanvasError> {
        let [asset, time, width, height, ..] = *n else {
            return Err(CanvasError::Broken);
        };
        let asset = self.asset(asset)?;
        let size = Vec2::new(width, height);
        let Some(cut) = Cut::new(size, &n[4..]) else {
            return Ok(());
        };
        let picture = Drawing::new(DrawingNode::Picture(Picture {
            asset,
            source: match time.is_finite() {
                true => PictureSource::Video {
                    time: time.max(0.0),
                },
                false => PictureSource::Still,
            },
            rect: cut.place.transform_rect_bbox(size.to_size().to_rect()),
            opacity: self.state.alpha,
            smoothing: self.state.smoothing,
        }));
        let layer = match cut.is_whole {
            true => Layer::Own(picture),
            false => Layer::Own(crate::layer::clipped(Geometry::Rect(cut.to), vec![picture])),
        };
        self.draw(layer, 1.0)
    }

    /// Puts pixels in the place of what is there, whatever the state says.
    fn pixels(&mut self, n: &[f64]) -> Result<(), CanvasError> {
        let [asset, width, height, opaque, ..] = *n else {
            return Err(CanvasError::Broken);
        };
        let asset = self.asset(asset)?;
        let place = affine(&n[4..]).ok_or(CanvasError::Broken)?;
        if !is_regular(place) {
            return Ok(());
        }
        let rect = Vec2::new(width, height).to_size().to_rect();
        let covered = place.transform_rect_bbox(rect);
        let covers = |size: Vec2| is_upright(place) && covers(covered, size);
        if self.size.is_some_and(covers) {
            self.assembly.clear();
            self.blends = false;
        } else if opaque == 0.0 {
            self.blends = true;
            self.assembly.push(None, place, hole(rect));
        }
        let picture = Drawing::new(DrawingNode::Picture(Picture {
            asset,
            source: PictureSource::Still,
            rect,
            opacity: 1.0,
            smoothing: self.seen.smoothing,
        }));
        self.assembly.push(None, place, Layer::Own(picture));
        self.count(2)
    }

    fn asset(&self, text: f64) -> Result<AssetId, CanvasError> {
        let asset = self.calls.texts.get(text as usize);
        let asset = asset.and_then(|asset| asset.parse().ok());
        asset.ok_or(CanvasError::Broken)
    }

    fn surface(&mut self, n: &[f64]) -> Result<(), CanvasError> {
        let [surface, width, height, ..] = *n else {
            return Err(CanvasError::Broken);
        };
        let size = Vec2::new(width, height);
        let Some(cut) = Cut::new(size, &n[3..]) else {
            return Ok(());
        };
        let larger = (self.state.transform * cut.place)
            .determinant()
            .abs()
            .sqrt();
        let seen = Seen {
            scale: self.seen.scale * larger,
            smoothing: self.state.smoothing,
        };
        let canvas = self.canvas(surface as usize, size, seen)?;
        let mut layer = grouped(Group::new(cut.place, Vec::new()), vec![canvas]);
        if !cut.is_whole {
            layer = Layer::clipped(Geometry::Rect(cut.to), vec![layer]);
        }
        self.draw(layer, self.state.alpha)
    }

    /// What is drawn on a canvas, in its own space.
    fn canvas(&mut self, index: usize, size: Vec2, seen: Seen) -> Result<Layer, CanvasError> {
        let surfaces = &self.calls.surfaces;
        let calls = surfaces.get(index).ok_or(CanvasError::Broken)?;
        if self.depth == DEEPEST_SURFACE {
            return Err(CanvasError::Surfaces);
        }
        let key = (Arc::as_ptr(calls), seen.scale.to_bits(), seen.smoothing);
        if let Some((layer, count)) = self.shared.surfaces.get(&key) {
            let (layer, count) = (layer.clone(), *count);
            self.count(count)?;
            return Ok(layer);
        }
        let before = self.shared.drawn;
        let mut inner = Player::new(calls, self.shared, Some(size), seen, self.depth + 1);
        inner.run()?;
        let group = Group {
            clip: Some(film::Clip {
                geometry: Geometry::Rect(size.to_size().to_rect()),
                rule: FillRule::NonZero,
            }),
            isolated: inner.blends,
            ..Group::new(Affine::IDENTITY, Vec::new())
        };
        let layer = grouped(group, inner.assembly.finish());
        let count = self.shared.drawn - before;
        self.shared.surfaces.insert(key, (layer.clone(), count));
        Ok(layer)
    }

    /// A place for what the stage draws.
    fn hole(&mut self, n: &[f64]) -> Result<(), CanvasError> {
        let part = Part::from_number(n[0]).ok_or(CanvasError::Broken)?;
        let node = self.calls.nodes.get(n[1] as usize);
        let Some(node) = *node.ok_or(CanvasError::Broken)? else {
            return Ok(());
        };
        let hole = Hole { part, node };
        if !self.shared.holes.contains(&hole) {
            self.shared.holes.push(hole);
        }
        self.draw(Layer::Hole(hole, self.state.alpha), 1.0)
    }

    /// Puts something onto the canvas as the state says.
    fn draw(&mut self, layer: Layer, alpha: f32) -> Result<(), CanvasError> {
        let state = &self.state;
        if !is_regular(state.transform) || (alpha <= 0.0 && state.blend == Blend::SourceOver) {
            return Ok(());
        }
        let shadow = state.shadow(self.seen.scale);
        let layer = state.filters.shaded(layer);
        let opacity = alpha * state.filters.opacity;
        let is_plain = opacity >= 1.0
            && state.blend == Blend::SourceOver
            && shadow.is_none()
            && state.filters.last.is_empty();
        let layer = match is_plain {
            true => layer,
            false => {
                let group = Group {
                    opacity,
                    blend: state.blend,
                    filters: state.filters.last.clone(),
                    shadow,
                    ..Group::new(Affine::IDENTITY, Vec::new())
                };
                grouped(group, vec![layer])
            }
        };
        self.blends |= state.blend != Blend::SourceOver;
        self.assembly
            .push(state.clip.as_ref(), state.transform, layer);
        self.count(1)
    }

    fn count(&mut self, things: usize) -> Result<(), CanvasError> {
        self.shared.drawn += things;
        match self.shared.drawn > MOST_DRAWN {
            true => Err(CanvasError::TooMuch),
            false => Ok(()),
        }
    }
}

/// Which part of a picture goes where.
struct Cut {
    /// The picture's space to the canvas's.
    place: Affine,
    /// Where the part goes.
    to: Rect,
    /// Whether the part is all of it.
    is_whole: bool,
}

impl Cut {
    /// From the part's and the target's corners and sizes; `None` where nothing of the
    /// picture is seen.
    fn new(size: Vec2, n: &[f64]) -> Option<Self> {
        let n: &[f64; 8] = n.first_chunk()?;
        if !n.iter().all(|number| number.is_finite()) {
            return None;
        }
        let from = Rect::new(n[0], n[1], n[0] + n[2], n[1] + n[3]).abs();
        let to = Rect::new(n[4], n[5], n[4] + n[6], n[5] + n[7]).abs();
        let all = size.to_size().to_rect();
        let seen = both(from, all);
        if seen.area() <= 0.0 || to.area() <= 0.0 {
            return None;
        }
        let scale = Vec2::new(to.width() / from.width(), to.height() / from.height());
        let corner = to.origin() - Vec2::new(from.x0 * scale.x, from.y0 * scale.y);
        let place =
            Affine::translate(corner.to_vec2()) * Affine::scale_non_uniform(scale.x, scale.y);
        Some(Self {
            place,
            to: place.transform_rect_bbox(seen),
            is_whole: seen == all,
        })
    }
}

/// Takes away what is drawn in a rectangle.
fn hole(rect: Rect) -> Layer {
    let shape = Shape::filled(Geometry::Rect(rect), Paint::Solid(Color::BLACK));
    let group = Group {
        blend: Blend::DestinationOut,
        ..Group::new(Affine::IDENTITY, Vec::new())
    };
    let shape = Drawing::new(DrawingNode::Shape(shape));
    grouped(group, vec![Layer::Own(shape)])
}

/// Whether a rectangle leaves nothing of a canvas of a size.
fn covers(Rect { x0, y0, x1, y1 }: Rect, size: Vec2) -> bool {
    x0 <= 0.0 && y0 <= 0.0 && x1 >= size.x && y1 >= size.y
}

/// What two rectangles have in common; empty where that is nothing.
fn both(a: Rect, b: Rect) -> Rect {
    let Rect { x0, y0, x1, y1 } = a.intersect(b);
    Rect::new(x0, y0, x1.max(x0), y1.max(y0))
}

fn rect(n: &[f64]) -> Rect {
    Rect::new(n[0], n[1], n[0] + n[2], n[1] + n[3]).abs()
}

fn rule(even_odd: f64) -> FillRule {
    match even_odd != 0.0 {
        true => FillRule::EvenOdd,
        false => FillRule::NonZero,
    }
}

/// Whether a transform leaves anything to see.
fn is_regular(transform: Affine) -> bool {
    let determinant = transform.determinant();
    transform.is_finite() && determinant.is_finite() && determinant != 0.0
}

fn run(glyphs: &Glyphs, at: Vec2, paint: Paint, stroke: Option<Stroke>) -> GlyphRun {
    let stroke = stroke.map(|stroke| Stroke {
        paint: paint.clone(),
        ..stroke
    });
    GlyphRun {
        fill: stroke.is_none().then_some(paint),
        stroke,
        ..glyphs.run(at)
    }
}
