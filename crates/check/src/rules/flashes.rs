use std::collections::{HashMap, VecDeque};

use kinora_farm::RecordedFilm;
use kinora_film::{
    Color, Drawing, FilmHeader, Filter, Geometry, Group, Node, Paint, PictureSource, Shadow, Shape,
    Size,
    kurbo::{Affine, Rect},
};
use kinora_media::Format;
use kinora_session::SessionError;
use kinora_worker::{
    AssetStore, Recipe, SegmentRenderer, WorkerError, render_frame_rgba, straighten,
};

use super::contrast::linear;
use crate::{Finding, Gravity, Rule, check::Look};

/// Cells across a canvas.
const COLUMNS: u32 = 16;
/// Pixels across a cell.
const PIXELS: u32 = 8;
/// The share of the canvas that may flash.
const AREA: f64 = 0.25;
/// Opposing changes within a second that are not yet too many: three flashes.
const TURNS: usize = 6;
/// A change of relative luminance that is one, where the darker side is darker than this.
const CHANGE: f32 = 0.1;
const BRIGHT: f32 = 0.8;
/// A change of a saturated red that is one.
const RED_CHANGE: f32 = 20.0;

/// Frames at which more flashes than may be.
pub struct Flashing {
    /// The film's places of the first and the last of them.
    pub frames: (u64, u64),
    /// The largest share of the canvas, 0 to 1.
    pub area: f64,
    /// Where, in pixels of the canvas.
    pub bounds: Rect,
}

/// Where a film flashes more than three times a second on more than a quarter of its canvas:
/// the threshold of ITU-R BT.1702 and of WCAG 2.2, 2.3.1, for a picture that fills the screen.
/// Each frame is drawn small, videos as a grey box.
pub fn find(film: &RecordedFilm, store: &dyn AssetStore) -> Result<Vec<Flashing>, SessionError> {
    let header = *film.header();
    let mut eye = Eye::new(header);
    let mut found: Vec<Flashing> = Vec::new();
    for (index, entry) in film.segments().iter().enumerate() {
        let segment = film.read(index as u64)?;
        // What is small is known by the address of what it was made of, as long as that lives.
        let mut small = Small::new(header.size, eye.size);
        for (place, drawing) in (entry.frames.start..).zip(&segment.frames) {
            let Some((area, bounds)) = eye.look(place, &small.whole(drawing), store)? else {
                continue;
            };
            match found.last_mut() {
                Some(last) if place - last.frames.1 <= eye.second => {
                    last.frames.1 = place;
                    last.area = last.area.max(area);
                    last.bounds = last.bounds.union(bounds);
                }
                _ => found.push(Flashing {
                    frames: (place.saturating_sub(eye.second - 1), place),
                    area,
                    bounds,
                }),
            }
        }
    }
    Ok(found)
}

/// What is told of them.
pub fn findings(look: &Look, found: Vec<Flashing>) -> Vec<Finding> {
    let first = look.recorded.recording.frames.start;
    let finding = |flashing: Flashing| Finding {
        rule: Rule::Flash,
        gravity: Gravity::Warning,
        message: format!(
            "the picture flashes more than three times a second on {:.0} % of the canvas",
            flashing.area * 100.0
        ),
        node: None,
        place: serde_json::Value::Null,
        bounds: Some(flashing.bounds),
        frames: Some((first + flashing.frames.0, first + flashing.frames.1)),
        fps: look.fps(),
        hint: "flash less often, smaller or weaker: this may cause seizures".to_owned(),
        others: 0,
    };
    found.into_iter().map(finding).collect()
}

/// What looks at frame after frame.
struct Eye {
    header: FilmHeader,
    recipe: Recipe,
    renderer: SegmentRenderer,
    /// Of what it looks at.
    size: Size,
    /// Frames of a second.
    second: u64,
    cells: Vec<Cell>,
    before: Option<Drawing>,
}

/// A part of the canvas.
#[derive(Clone, Default)]
struct Cell {
    brightness: Swing,
    redness: Swing,
}

impl Eye {
    fn new(header: FilmHeader) -> Self {
        let Size { width, height } = header.size;
        let rows = f64::from(COLUMNS) * f64::from(height) / f64::from(width);
        let rows = (rows.round() as u32).clamp(1, 8 * COLUMNS);
        Self {
            header,
            recipe: Recipe::new(Format::default()),
            renderer: SegmentRenderer::new(),
            size: Size::new(COLUMNS * PIXELS, rows * PIXELS),
            second: (header.fps.value().round() as u64).max(1),
            cells: vec![Cell::default(); (COLUMNS * rows) as usize],
            before: None,
        }
    }

    /// The share of the canvas that flashes at a frame, and where, if that is too much.
    fn look(
        &mut self,
        place: u64,
        drawing: &Drawing,
        store: &dyn AssetStore,
    ) -> Result<Option<(f64, Rect)>, WorkerError> {
        let is_new = self.before.as_ref().is_none_or(|before| before != drawing);
        if let Some(level) = self.recipe.level().filter(|_| is_new) {
            let pixels =
                render_frame_rgba(&mut self.renderer, drawing, place, self.size, level, store)?;
            let mut pixels = pixels.to_vec();
            straighten(&mut pixels, self.header.background);
            for (index, cell) in self.cells.iter_mut().enumerate() {
                let color = mean(&pixels, index as u32);
                let [r, g, b] = color;
                cell.brightness
                    .push(0.2126 * r + 0.7152 * g + 0.0722 * b, place, CHANGE, BRIGHT);
                let is_red = r > 0.0 && r / (r + g + b) >= 0.8;
                let red = if is_red {
                    (r - g - b).max(0.0) * 320.0
                } else {
                    0.0
                };
                cell.redness.push(red, place, RED_CHANGE, f32::INFINITY);
            }
            self.before = Some(drawing.clone());
        }
        let from = (place + 1).saturating_sub(self.second);
        let mut flashing = Vec::new();
        for (index, cell) in (0_u32..).zip(&mut self.cells) {
            if cell
                .brightness
                .turns_since(from)
                .max(cell.redness.turns_since(from))
                > TURNS
            {
                flashing.push(index);
            }
        }
        let area = flashing.len() as f64 / self.cells.len() as f64;
        let side = (
            f64::from(self.header.size.width * PIXELS) / f64::from(self.size.width),
            f64::from(self.header.size.height * PIXELS) / f64::from(self.size.height),
        );
        let bounds = flashing.iter().map(|index| {
            let (x, y) = (f64::from(index % COLUMNS), f64::from(index / COLUMNS));
            Rect::new(
                x * side.0,
                y * side.1,
                (x + 1.0) * side.0,
                (y + 1.0) * side.1,
            )
        });
        Ok(bounds
            .reduce(|all, one| all.union(one))
            .filter(|_| area > AREA)
            .map(|bounds| (area, bounds)))
    }
}

/// The mean of a cell's colours, linear.
fn mean(pixels: &[u8], cell: u32) -> [f32; 3] {
    let stride = COLUMNS * PIXELS;
    let (left, top) = (cell % COLUMNS * PIXELS, cell / COLUMNS * PIXELS);
    let mut sums = [0.0_f64; 3];
    for y in top..top + PIXELS {
        for x in left..left + PIXELS {
            let at = ((y * stride + x) * 4) as usize;
            for (sum, channel) in sums.iter_mut().zip(&pixels[at..at + 3]) {
                *sum += linear(*channel);
            }
        }
    }
    sums.map(|sum| (sum / f64::from(PIXELS * PIXELS)) as f32)
}

/// A value that goes up and down.
#[derive(Clone, Default)]
struct Swing {
    /// Its range since it last turned.
    low: f32,
    high: f32,
    /// Whether it went up last; nothing before it first moved.
    rises: Option<bool>,
    begun: bool,
    /// When it went the other way.
    turns: VecDeque<u64>,
}

impl Swing {
    /// Takes the value of a frame. A change counts from `least` on, and where its lower end
    /// is below `bright`.
    fn push(&mut self, value: f32, frame: u64, least: f32, bright: f32) {
        if !self.begun {
            (self.low, self.high, self.begun) = (value, value, true);
            return;
        }
        let (up, down) = (value - self.low, self.high - value);
        let rose = up >= least && self.low < bright && self.rises != Some(true);
        let fell = down >= least && value < bright && self.rises != Some(false);
        if rose || fell {
            self.turns.push_back(frame);
            self.rises = Some(rose);
            (self.low, self.high) = (value, value);
        }
        self.low = self.low.min(value);
        self.high = self.high.max(value);
        // While it goes one way, what counts is how far it then comes back.
        match self.rises {
            Some(true) => self.low = self.high,
            Some(false) => self.high = self.low,
            None => {}
        }
    }

    fn turns_since(&mut self, frame: u64) -> usize {
        while self.turns.front().is_some_and(|turn| *turn < frame) {
            self.turns.pop_front();
        }
        self.turns.len()
    }
}

/// Makes drawings small, and what does not change between frames once.
struct Small {
    across: f64,
    down: f64,
    made: HashMap<usize, Drawing>,
}

impl Small {
    fn new(from: Size, to: Size) -> Self {
        Self {
            across: f64::from(to.width) / f64::from(from.width),
            down: f64::from(to.height) / f64::from(from.height),
            made: HashMap::new(),
        }
    }

    fn whole(&mut self, drawing: &Drawing) -> Drawing {
        let scale = Affine::scale_non_uniform(self.across, self.down);
        Drawing::new(Node::Group(Group::new(scale, vec![self.part(drawing)])))
    }

    /// The same with effects, whose lengths are those of the canvas, as much smaller, and
    /// with a grey box for each video.
    fn part(&mut self, drawing: &Drawing) -> Drawing {
        if let Some(made) = self.made.get(&drawing.address()) {
            return made.clone();
        }
        let made = match &**drawing {
            Node::Group(group) => {
                let children = group
                    .children
                    .iter()
                    .map(|child| self.part(child))
                    .collect();
                let by = self.across;
                let filter = |filter: &Filter| match filter {
                    Filter::Blur(deviation) => Filter::Blur(deviation * by),
                    other => *other,
                };
                let shadow = |shadow: Shadow| Shadow {
                    deviation: shadow.deviation * by,
                    dx: shadow.dx * by,
                    dy: shadow.dy * by,
                    ..shadow
                };
                Drawing::new(Node::Group(Group {
                    children,
                    filters: group.filters.iter().map(filter).collect(),
                    shadow: group.shadow.map(shadow),
                    clip: group.clip.clone(),
                    ..*group
                }))
            }
            Node::Picture(picture) if matches!(picture.source, PictureSource::Video { .. }) => {
                let grey = Paint::Solid(Color::rgba(0.5, 0.5, 0.5, picture.opacity));
                Drawing::new(Node::Shape(Shape::filled(
                    Geometry::Rect(picture.rect),
                    grey,
                )))
            }
            Node::Shape(_) | Node::Glyphs(_) | Node::Picture(_) => drawing.clone(),
        };
        self.made.insert(drawing.address(), made.clone());
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(values: &[f32]) -> usize {
        let mut swing = Swing::default();
        for (frame, value) in (0..).zip(values) {
            swing.push(*value, frame, CHANGE, BRIGHT);
        }
        swing.turns_since(0)
    }

    #[test]
    fn opposing_changes_are_counted() {
        assert_eq!(turns(&[0.5]), 0);
        assert_eq!(turns(&[0.0, 1.0, 0.0, 1.0]), 3);
        assert_eq!(turns(&[0.0, 0.0, 1.0, 1.0, 0.0, 0.0]), 2);
        // Slow ones too, and what goes on one way is one.
        assert_eq!(turns(&[0.0, 0.06, 0.12, 0.2, 0.3, 0.25, 0.19, 0.1]), 2);
        // What is slight, or bright on both sides, is none.
        assert_eq!(turns(&[0.5, 0.55, 0.5, 0.55]), 0);
        assert_eq!(turns(&[0.85, 1.0, 0.85, 1.0]), 0);
    }
}
