//! A drawing as a flat list of what is drawn where.

use std::{collections::HashMap, rc::Rc};

use kinora_film::{
    AssetId, Blend, Drawing, Filter, Geometry, Group, Node, Paint, Picture, PictureSource,
};
use kurbo::{Affine, Rect};

use crate::{
    Assets, VideoPicture,
    backdrop::{self, Backdrop, BackdropPicture},
    baseline, bounds,
    effect::EffectList,
    filter,
    font::{Font, Fonts},
    picture::Pictures,
    planes,
    rect::PixelRect,
};

/// One thing to draw, in canvas space.
pub(crate) struct Item {
    /// Equal for equal things in this frame and the last.
    pub id: u64,
    /// What it can touch, within the canvas.
    pub bounds: PixelRect,
    pub clip: Option<Rc<Clip>>,
    pub content: Content,
}

impl Item {
    /// How it meets what is below.
    pub fn blend(&self) -> Blend {
        match &self.content {
            Content::Layer(layer) => layer.blend,
            _ => Blend::SourceOver,
        }
    }
}

pub(crate) enum Content {
    /// A shape, or glyphs.
    Leaf {
        node: Drawing,
        transform: Affine,
        opacity: f32,
        font: Option<Font>,
    },
    Picture(Placed),
    Layer(Layer),
}

/// A picture and where it goes.
pub(crate) struct Placed {
    pub source: TextureSource,
    pub rect: Rect,
    pub transform: Affine,
    pub opacity: f32,
    pub smoothing: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum TextureSource {
    Still(AssetId),
    Video(u64, VideoPicture),
}

/// Things drawn as one.
pub(crate) struct Layer {
    pub items: Vec<Item>,
    /// What the items touch, within the canvas.
    pub touched: PixelRect,
    pub opacity: f32,
    pub blend: Blend,
    pub effects: EffectList,
}

impl Layer {
    /// Whether items blend with each other otherwise than by lying on top.
    pub fn isolates(&self) -> bool {
        self.items.iter().any(blends)
    }
}

/// A clip within the clips around it.
pub(crate) struct Clip {
    pub id: u64,
    pub group: Drawing,
    pub transform: Affine,
    pub outer: Option<Rc<Clip>>,
    /// What is visible at all through this and the outer ones.
    pub bounds: PixelRect,
    /// Pixels that this clip (without the outer ones) leaves untouched.
    pub inside: PixelRect,
}

/// Everything that is the same in two frames has the same number.
#[derive(Default)]
pub(crate) struct Numbers {
    last: HashMap<Key, (u64, Drawing)>,
    now: HashMap<Key, (u64, Drawing)>,
    next: u64,
}

type Key = [u64; 15];

impl Numbers {
    fn of(&mut self, key: Key, node: &Drawing) -> u64 {
        if let Some((id, _)) = self.now.get(&key) {
            return *id;
        }
        let id = match self.last.get(&key) {
            Some((id, _)) => *id,
            None => {
                self.next += 1;
                self.next
            }
        };
        // Addresses name nodes only while these live.
        self.now.insert(key, (id, node.clone()));
        id
    }

    /// Forgets what was not seen since the last call.
    pub fn end_frame(&mut self) {
        self.last = std::mem::take(&mut self.now);
    }

    /// Whether what has this number was seen in the last frame.
    pub fn living(&self) -> std::collections::HashSet<u64> {
        self.last.values().map(|(id, _)| *id).collect()
    }
}

/// Flattens drawings.
pub(crate) struct Flattener<'a> {
    pub canvas: PixelRect,
    pub numbers: &'a mut Numbers,
    pub fonts: &'a mut Fonts,
    pub pictures: &'a mut Pictures,
    pub assets: &'a dyn Assets,
}

#[derive(Clone)]
struct State {
    transform: Affine,
    clip: Option<Rc<Clip>>,
    opacity: f32,
}

impl Flattener<'_> {
    /// What the drawing draws, bottom first.
    pub fn flatten(&mut self, drawing: &Drawing) -> Vec<Item> {
        let mut items = Vec::new();
        let state = State {
            transform: Affine::IDENTITY,
            clip: None,
            opacity: 1.0,
        };
        self.visit(drawing, &state, &mut items);
        items
    }

    fn visit(&mut self, node: &Drawing, state: &State, items: &mut Vec<Item>) {
        match &**node {
            Node::Group(group) => self.visit_group(node, group, state, items),
            Node::Picture(picture) => self.visit_picture(node, picture, state, items),
            Node::Shape(shape) => {
                let bounds = bounds::shape(shape);
                self.push_leaf(node, bounds, None, state, items);
            }
            Node::Glyphs(run) => {
                let sound = run.size > 0.0 && run.size.is_finite() && !run.glyphs.is_empty();
                let font = self.fonts.get(run.font, run.index, self.assets);
                if let Some(font) = font.filter(|_| sound) {
                    let bounds = bounds::glyphs(run, font.extent);
                    let state = State {
                        transform: baseline::snapped(run, state.transform),
                        ..state.clone()
                    };
                    self.push_leaf(node, bounds, Some(font), &state, items);
                }
            }
        }
    }

    fn push_leaf(
        &mut self,
        node: &Drawing,
        bounds: Rect,
        font: Option<Font>,
        state: &State,
        items: &mut Vec<Item>,
    ) {
        let bounds = self.visible(bounds, state);
        if bounds.is_empty() || !has_area(state.transform) {
            return;
        }
        items.push(Item {
            id: self.number(Kind::Leaf, node, state, 0),
            bounds,
            clip: state.clip.clone(),
            content: Content::Leaf {
                node: node.clone(),
                transform: state.transform,
                opacity: state.opacity,
                font,
            },
        });
    }

    fn visit_picture(
        &mut self,
        node: &Drawing,
        picture: &Picture,
        state: &State,
        items: &mut Vec<Item>,
    ) {
        let rect = picture.rect;
        let bounds = self.visible(rect.abs(), state);
        if bounds.is_empty() || !has_area(state.transform) || rect.area() == 0.0 {
            return;
        }
        let (source, id) = match picture.source {
            PictureSource::Still => {
                if self.pictures.still(picture.asset, self.assets).is_none() {
                    return;
                }
                let id = self.number(Kind::Leaf, node, state, 0);
                (TextureSource::Still(picture.asset), id)
            }
            PictureSource::Video { time } => {
                let Some((id, video)) = self.pictures.video(picture.asset, time, self.assets)
                else {
                    return;
                };
                let number = self.number_of_video(node, picture, state, id);
                (TextureSource::Video(id, video), number)
            }
        };
        items.push(Item {
            id,
            bounds,
            clip: state.clip.clone(),
            content: Content::Picture(Placed {
                source,
                rect,
                transform: state.transform,
                opacity: picture.opacity * state.opacity,
                smoothing: picture.smoothing,
            }),
        });
    }

    fn visit_group(&mut self, node: &Drawing, group: &Group, state: &State, items: &mut Vec<Item>) {
        let shadow = group.shadow.filter(|shadow| shadow.color.a > 0.0);
        let filters: Vec<Filter> = group.filters.iter().copied().filter(acts).collect();
        let blends = group.blend != Blend::SourceOver;
        if group.opacity <= 0.0 && !blends {
            return;
        }
        let effects = !filters.is_empty() || shadow.is_some();
        let alone = group.isolated && group.children.iter().any(has_blend);
        let mut inner = State {
            transform: state.transform * group.transform,
            ..state.clone()
        };
        let fades = group.opacity < 1.0;
        let folds = fades && !blends && self.is_single(group);
        if !effects && !blends && !alone && (!fades || folds) {
            inner.opacity *= group.opacity;
            if self.enter_clip(node, group, &mut inner) {
                self.visit_children(group, &inner, items);
            }
            return;
        }
        inner.clip = None;
        inner.opacity = 1.0;
        let mut opacity = group.opacity * state.opacity;
        if folds {
            inner.opacity = std::mem::replace(&mut opacity, 1.0);
        }
        let mut children = Vec::new();
        if self.enter_clip(node, group, &mut inner) {
            self.visit_children(group, &inner, &mut children);
        }
        let layer = Layer {
            touched: children
                .iter()
                .fold(PixelRect::default(), |all, item| all.union(item.bounds)),
            items: children,
            opacity,
            blend: group.blend,
            effects: EffectList { filters, shadow },
        };
        let visible = state.clip.as_ref().map_or(self.canvas, |clip| clip.bounds);
        let touched = if clears(layer.blend) {
            self.canvas
        } else {
            layer.effects.touched(layer.touched, self.canvas)
        };
        let bounds = touched.intersect(visible);
        if !bounds.is_empty() {
            items.push(Item {
                id: self.number(Kind::Layer, node, state, 0),
                bounds,
                clip: state.clip.clone(),
                content: Content::Layer(layer),
            });
        }
    }

    /// Whether a group is one thing painted once, so that the group's opacity can
    /// be the paint's.
    fn is_single(&mut self, group: &Group) -> bool {
        let [child] = &group.children[..] else {
            return false;
        };
        match &**child {
            Node::Group(group) => !group.is_isolated() && self.is_single(group),
            Node::Shape(shape) => shape.fill.is_none() || shape.stroke.is_none(),
            Node::Picture(_) => true,
            Node::Glyphs(run) => {
                let font = self.fonts.get(run.font, run.index, self.assets);
                run.stroke.is_none() && font.is_some_and(|font| font.stands_apart(run))
            }
        }
    }

    fn visit_children(&mut self, group: &Group, state: &State, items: &mut Vec<Item>) {
        for child in &group.children {
            self.visit(child, state, items);
        }
    }

    /// Adds the group's clip; tells whether anything is visible through it.
    fn enter_clip(&mut self, node: &Drawing, group: &Group, state: &mut State) -> bool {
        let Some(clip) = &group.clip else {
            return true;
        };
        let bounds = self.visible(clip.geometry.bounding_box(), state);
        if bounds.is_empty() || !has_area(state.transform) {
            return false;
        }
        let id = self.number(Kind::Clip, node, state, 0);
        state.clip = Some(Rc::new(Clip {
            id,
            group: node.clone(),
            transform: state.transform,
            bounds,
            inside: inside(&clip.geometry, state.transform),
            outer: state.clip.take(),
        }));
        true
    }

    /// The part of a box that can be seen.
    fn visible(&self, rect: Rect, state: &State) -> PixelRect {
        let rect = state.transform.transform_rect_bbox(rect);
        if !rect.is_finite() {
            return PixelRect::default();
        }
        let visible = state.clip.as_ref().map_or(self.canvas, |clip| clip.bounds);
        // A pixel more: edges are rounded on the way to the rasteriser.
        PixelRect::around(rect.inflate(1.0 / 64.0, 1.0 / 64.0)).intersect(visible)
    }

    fn number(&mut self, kind: Kind, node: &Drawing, state: &State, picture: u64) -> u64 {
        let mut key = key(kind, state);
        key[1] = node.address() as u64;
        key[10] = picture;
        self.numbers.of(key, node)
    }

    /// Two times of a video that show the same picture are the same thing.
    fn number_of_video(
        &mut self,
        node: &Drawing,
        picture: &Picture,
        state: &State,
        id: u64,
    ) -> u64 {
        let mut key = key(Kind::Video, state);
        key[1] = u64::from(picture.opacity.to_bits()) << 1 | u64::from(picture.smoothing);
        let Rect { x0, y0, x1, y1 } = picture.rect;
        key[10] = id;
        key[11..15].copy_from_slice(&[x0, y0, x1, y1].map(f64::to_bits));
        self.numbers.of(key, node)
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Leaf,
    Video,
    Layer,
    Clip,
}

fn key(kind: Kind, state: &State) -> Key {
    let mut key = [0; 15];
    key[0] = kind as u64;
    let coefficients = state.transform.as_coeffs();
    key[2..8].copy_from_slice(&coefficients.map(f64::to_bits));
    key[8] = state.clip.as_ref().map_or(0, |clip| clip.id);
    key[9] = u64::from(state.opacity.to_bits());
    key
}

/// Whether a transform leaves anything to see.
fn has_area(transform: Affine) -> bool {
    let determinant = transform.determinant();
    transform.is_finite() && determinant.is_finite() && determinant.abs() > 1e-12
}

/// Whether a filter changes anything.
fn acts(filter: &Filter) -> bool {
    match *filter {
        Filter::Blur(deviation) => deviation > 0.0,
        _ => filter::color_filter(filter).is_some_and(|filter| !filter.is_neutral()),
    }
}

/// Whether anything in the drawing's own scope blends otherwise than by lying on top.
fn has_blend(node: &Drawing) -> bool {
    match &**node {
        Node::Group(group) => {
            group.blend != Blend::SourceOver
                || (!group.is_isolated() && group.children.iter().any(has_blend))
        }
        _ => false,
    }
}

/// The whole pixels that an upright rectangle covers completely.
fn inside(geometry: &Geometry, transform: Affine) -> PixelRect {
    let Geometry::Rect(rect) = geometry else {
        return PixelRect::default();
    };
    match backdrop::upright(rect.abs(), transform) {
        Some(rect) => covered(rect),
        None => PixelRect::default(),
    }
}

fn covered(rect: Rect) -> PixelRect {
    // Positions are sums of fractions; a millionth of a pixel is not seen.
    let rect = rect.inflate(1e-6, 1e-6);
    PixelRect::around(Rect::new(
        rect.x0.ceil(),
        rect.y0.ceil(),
        rect.x1.floor(),
        rect.y1.floor(),
    ))
}

/// Splits what covers the whole canvas, and hides all below, off the list.
///
/// There is none when something on top has to be blended with it in RGB.
pub(crate) fn split_backdrop(
    items: &mut Vec<Item>,
    canvas: PixelRect,
    pictures: &mut Pictures,
    assets: &dyn Assets,
) -> Option<Backdrop> {
    for index in (0..items.len()).rev() {
        let item = &items[index];
        if blends(item) {
            return None;
        }
        let alone = item.bounds == canvas && clips_leave(item.clip.as_deref(), canvas);
        let backdrop = alone.then(|| as_backdrop(&item.content, canvas, pictures, assets));
        if let Some(backdrop) = backdrop.flatten() {
            items.drain(..=index);
            return Some(backdrop);
        }
    }
    None
}

fn blends(item: &Item) -> bool {
    item.blend() != Blend::SourceOver
}

/// Whether a blend mode takes away from what is below where nothing is drawn.
fn clears(blend: Blend) -> bool {
    matches!(
        blend,
        Blend::Copy
            | Blend::SourceIn
            | Blend::SourceOut
            | Blend::DestinationIn
            | Blend::DestinationAtop
    )
}

/// How much larger than itself a still may be drawn from YUV: its colours have
/// half its resolution there.
const LARGEST_STILL: f64 = 1.5;

fn as_backdrop(
    content: &Content,
    canvas: PixelRect,
    pictures: &mut Pictures,
    assets: &dyn Assets,
) -> Option<Backdrop> {
    match content {
        Content::Picture(placed) if placed.opacity >= 1.0 => {
            let rect = backdrop::upright(placed.rect, placed.transform)?;
            if !covered(rect).contains(canvas) {
                return None;
            }
            let (id, picture, rect) = match &placed.source {
                TextureSource::Video(id, picture) => (*id, picture.clone(), rect),
                TextureSource::Still(asset) => {
                    let (width, height) = pictures.still(*asset, assets)?.size();
                    let larger = |drawn: f64, own: u32| drawn > f64::from(own) * LARGEST_STILL;
                    if larger(rect.width(), width) || larger(rect.height(), height) {
                        return None;
                    }
                    pictures.still_planes(*asset, rect, placed.smoothing, assets)?
                }
            };
            let VideoPicture::Yuv(source) = &picture else {
                return None;
            };
            source.planes().is_sound().then(|| {
                Backdrop::Picture(BackdropPicture {
                    id,
                    picture: picture.clone(),
                    rect: snapped(rect),
                    smoothing: placed.smoothing,
                })
            })
        }
        Content::Leaf {
            node,
            transform,
            opacity,
            ..
        } if *opacity >= 1.0 => {
            let Node::Shape(shape) = &**node else {
                return None;
            };
            let (Geometry::Rect(rect), Some(Paint::Solid(color)), None) =
                (&shape.geometry, &shape.fill, &shape.stroke)
            else {
                return None;
            };
            let rect = backdrop::upright(rect.abs(), *transform)?;
            let [r, g, b, a] = color.to_rgba8();
            (a == 255 && covered(rect).contains(canvas))
                .then(|| Backdrop::Color(planes::color([r, g, b], pictures.level())))
        }
        _ => None,
    }
}

/// Coordinates that are whole but for rounding, made whole.
fn snapped(rect: Rect) -> Rect {
    let snap = |value: f64| {
        let whole = value.round();
        if (value - whole).abs() < 1e-6 {
            whole
        } else {
            value
        }
    };
    Rect::new(snap(rect.x0), snap(rect.y0), snap(rect.x1), snap(rect.y1))
}

/// Whether no clip takes anything from `rect`.
pub(crate) fn clips_leave(mut clip: Option<&Clip>, rect: PixelRect) -> bool {
    while let Some(this) = clip {
        if !this.inside.contains(rect) {
            return false;
        }
        clip = this.outer.as_deref();
    }
    true
}
