use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::{Arc, OnceLock},
};

use crate::id::NodeId;

/// The calls made on a canvas, in order, as numbers: each call a code, then its
/// arguments (see `code.rs`). What is no number lies in the tables beside them.
#[derive(Clone, Debug, Default)]
pub struct CanvasCalls {
    /// Codes and arguments.
    pub(super) numbers: Vec<f64>,
    /// The texts that calls name by their place here.
    pub(super) texts: Vec<String>,
    /// The nodes that calls name; `None` for one that is gone.
    pub(super) nodes: Vec<Option<NodeId>>,
    /// The canvases that calls draw, each as it was then.
    pub(super) surfaces: Vec<Arc<CanvasCalls>>,
    digest: OnceLock<u64>,
}

impl CanvasCalls {
    /// The calls of these numbers: codes and arguments, which name texts, nodes (`None`
    /// is one that is gone) and canvases by their places in the lists of these.
    pub fn new(
        numbers: Vec<f64>,
        texts: Vec<String>,
        nodes: Vec<Option<NodeId>>,
        surfaces: Vec<Arc<Self>>,
    ) -> Self {
        Self {
            numbers,
            texts,
            nodes,
            surfaces,
            digest: OnceLock::new(),
        }
    }

    /// How much there is to keep: numbers, and as much for texts and for the canvases.
    pub(crate) fn weight(&self) -> usize {
        let mut seen = HashSet::new();
        let mut rest = vec![self];
        let mut weight = 0;
        while let Some(calls) = rest.pop() {
            let texts = calls.texts.iter().map(|text| text.len() / 8 + 4);
            weight += calls.numbers.len() + texts.sum::<usize>();
            let surfaces = calls.surfaces.iter().map(Arc::as_ref);
            rest.extend(surfaces.filter(|surface| seen.insert(std::ptr::from_ref(*surface))));
        }
        weight
    }

    /// Equal for equal calls, and as good as never for others. Canvases may be drawn within
    /// one another in more ways than could be walked one by one.
    fn digest(&self) -> u64 {
        *self.digest.get_or_init(|| {
            let mut hasher = DefaultHasher::new();
            for number in &self.numbers {
                hasher.write_u64(number.to_bits());
            }
            self.texts.hash(&mut hasher);
            self.nodes.hash(&mut hasher);
            for surface in &self.surfaces {
                hasher.write_u64(surface.digest());
            }
            hasher.finish()
        })
    }
}

impl PartialEq for CanvasCalls {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits();
        self.digest() == other.digest()
            && self.texts == other.texts
            && self.nodes == other.nodes
            && self.numbers.len() == other.numbers.len()
            && self.numbers.iter().zip(&other.numbers).all(same)
    }
}

/// What is asked for of what was drawn on a canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// The node that is being drawn, if any is.
    pub by: Option<NodeId>,
    /// The size of the canvas, which shows nothing beside itself; `None` of one without bounds.
    pub size: Option<(f64, f64)>,
    /// From the space in which the drawing begins to the canvas's pixels: a transform.
    pub place: [f64; 6],
    /// The pixel that is the origin of what is made.
    pub corner: (f64, f64),
}

/// What of a node a script draws by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// What it draws in its own space, before its effects.
    Content,
    /// All of it, its place and effects too, in its parent's space.
    Whole,
}
