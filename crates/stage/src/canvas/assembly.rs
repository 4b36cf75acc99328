use std::rc::Rc;

use kinora_film::{self as film, Drawing, Group};
use kurbo::Affine;

use super::state::Clip;
use crate::layer::Layer;

/// Puts what is drawn into groups: one for each clip, and one for each transform in a
/// row.
#[derive(Debug)]
pub(super) struct Assembly {
    /// The clips that are open, outermost first, below them what no clip bounds.
    levels: Vec<Level>,
}

#[derive(Debug, Default)]
struct Level {
    clip: Option<Rc<Clip>>,
    layers: Vec<Layer>,
    /// What came last, under one transform.
    run: Option<(Affine, Vec<Layer>)>,
}

impl Level {
    fn end_run(&mut self) {
        if let Some((transform, layers)) = self.run.take() {
            if transform == Affine::IDENTITY {
                self.layers.extend(layers);
            } else {
                self.layers
                    .push(grouped(Group::new(transform, Vec::new()), layers));
            }
        }
    }
}

impl Assembly {
    pub fn new() -> Self {
        Self {
            levels: vec![Level::default()],
        }
    }

    /// Adds what is drawn in the space of `transform` within `clip`.
    pub fn push(&mut self, clip: Option<&Rc<Clip>>, transform: Affine, layer: Layer) {
        self.enter(clip);
        let Some(level) = self.levels.last_mut() else {
            return;
        };
        match &mut level.run {
            Some((known, layers)) if *known == transform => layers.push(layer),
            _ => {
                level.end_run();
                level.run = Some((transform, vec![layer]));
            }
        }
    }

    /// Forgets all that was drawn.
    pub fn clear(&mut self) {
        *self = Self::new();
    }

    /// All that was drawn, bottom first.
    pub fn finish(mut self) -> Vec<Layer> {
        self.enter(None);
        let mut level = self.levels.pop().unwrap_or_default();
        level.end_run();
        level.layers
    }

    /// Opens and closes clips until just this one and those around it are open.
    fn enter(&mut self, clip: Option<&Rc<Clip>>) {
        let depth = clip.map_or(0, |clip| clip.depth);
        if let Some(clip) = clip
            && let Some(top) = self.levels.last().and_then(|level| level.clip.as_ref())
            && Rc::ptr_eq(top, clip)
        {
            return;
        }
        let mut chain = Vec::with_capacity(depth);
        let mut next = clip;
        while let Some(clip) = next {
            chain.push(clip);
            next = clip.outer.as_ref();
        }
        chain.reverse();
        let open = self.levels[1..]
            .iter()
            .zip(&chain)
            .take_while(|(level, clip)| {
                level
                    .clip
                    .as_ref()
                    .is_some_and(|open| Rc::ptr_eq(open, clip))
            })
            .count();
        while self.levels.len() > open + 1 {
            self.close();
        }
        for clip in &chain[open..] {
            self.levels.push(Level {
                clip: Some(Rc::clone(clip)),
                ..Level::default()
            });
        }
    }

    fn close(&mut self) {
        let Some(mut level) = self.levels.pop() else {
            return;
        };
        level.end_run();
        let (Some(clip), Some(below)) = (level.clip, self.levels.last_mut()) else {
            return;
        };
        if level.layers.is_empty() {
            return;
        }
        let group = Group {
            clip: Some(film::Clip {
                geometry: clip.geometry.clone(),
                rule: clip.rule,
            }),
            ..Group::new(Affine::IDENTITY, Vec::new())
        };
        below.end_run();
        below.layers.push(grouped(group, level.layers));
    }
}

/// Layers in a group; one drawing where all of them are.
pub(super) fn grouped(group: Group, layers: Vec<Layer>) -> Layer {
    if !layers.iter().all(|layer| matches!(layer, Layer::Own(_))) {
        return Layer::Group(Box::new(group), layers);
    }
    let children = layers.into_iter().filter_map(|layer| match layer {
        Layer::Own(drawing) => Some(drawing),
        _ => None,
    });
    Layer::Own(Drawing::new(film::Node::Group(Group {
        children: children.collect(),
        ..group
    })))
}
