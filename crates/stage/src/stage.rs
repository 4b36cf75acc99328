use std::collections::{BTreeSet, HashSet};

use kinora_film::{AssetId, Drawing};
use kurbo::{Point, Vec2};

use crate::{
    canvas::{
        self, CanvasCalls, CanvasError, Custom, Inside, MOST_KEPT, Reading, Scope, TextMetrics,
        play, text_style,
    },
    draw::{self, Canvas, ViewPlacement},
    error::SetError,
    font_style::{FontProps, FontStyle},
    fonts::{FontFile, FontSource, Fonts},
    geometry::{measure::Measure, outline::commands, trim::trimmed},
    id::NodeId,
    kind::NodeKind,
    layout::{Layout, TextMeasure},
    node::LayoutBox,
    text::block::TextLine,
    tree::Tree,
    value::{Input, Value},
};

/// A tree of nodes that is laid out and drawn as far as it changed.
pub struct Stage {
    tree: Tree,
    fonts: Fonts,
    layout: Layout,
    canvas: Canvas,
    /// Which properties of which nodes were given words that they do not know.
    ignored: HashSet<(NodeId, String)>,
    warnings: Vec<String>,
}

impl std::fmt::Debug for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stage").finish_non_exhaustive()
    }
}

impl Stage {
    /// An empty stage that asks `fonts` for families nobody registered.
    pub fn new(fonts: Box<dyn FontSource>) -> Self {
        Self {
            tree: Tree::default(),
            fonts: Fonts::new(fonts),
            layout: Layout::new(),
            canvas: Canvas::default(),
            ignored: HashSet::new(),
            warnings: Vec::new(),
        }
    }

    /// Registers a font, under `family` or else under its own name.
    /// Texts that are there already are set again.
    pub fn add_font(&mut self, file: FontFile, family: Option<&str>) {
        self.fonts.add(file, family);
        for id in self.tree.nodes.ids() {
            if self
                .tree
                .nodes
                .get(id)
                .is_some_and(|node| node.text.is_some())
            {
                self.tree.mark_layout(id);
            }
        }
        for id in self.tree.placers.clone() {
            self.tree.mark_own(id);
        }
    }

    /// Makes a node without a parent. `view` is the view whose scene it belongs
    /// to (`None` for a view itself); `key` is its name in messages.
    pub fn create(&mut self, kind: NodeKind, view: Option<NodeId>, key: &str) -> NodeId {
        self.tree.create(kind, view, key)
    }

    /// Takes a node out of the tree and forgets it. Its children stay, without
    /// a parent.
    pub fn dispose(&mut self, id: NodeId) {
        if let Some(node) = self.tree.dispose(id) {
            self.layout.forget(&node);
            self.ignored.retain(|(known, _)| *known != id);
        }
    }

    /// The name that a node was made with.
    pub fn key(&self, id: NodeId) -> Option<&str> {
        self.tree.nodes.get(id).map(|node| node.key.as_str())
    }

    /// What a node is.
    pub fn kind(&self, id: NodeId) -> Option<NodeKind> {
        self.tree.nodes.get(id).map(|node| node.kind)
    }

    /// Makes `children` the children of a node, bottom first. Those that have
    /// another parent leave it; ids of no node, of the node itself or of one that
    /// it is in are left out.
    pub fn set_children(&mut self, id: NodeId, children: &[NodeId]) {
        self.tree.set_children(id, children);
    }

    /// Sets a property. A word that it does not know leaves it as it was, as in a
    /// browser, and gives a warning.
    ///
    /// # Errors
    /// When the node does not exist, its kind has no such property, or the value
    /// is of the wrong type or not finite.
    pub fn set(&mut self, id: NodeId, name: &str, value: Value) -> Result<(), SetError> {
        match self.tree.set(id, name, &value) {
            Err(error @ SetError::Keyword { .. }) => {
                if self.ignored.insert((id, name.to_owned())) {
                    let key = self.key(id).unwrap_or_default();
                    let warning = format!("`{key}`: {error}; it stays as it was");
                    self.warnings.push(warning);
                }
                Ok(())
            }
            result => result,
        }
    }

    /// The box of a node, laid out if need be. Nodes without a box have an
    /// empty one.
    pub fn layout_box(&mut self, id: NodeId) -> LayoutBox {
        self.lay_out(id);
        let Some(node) = self.tree.nodes.get(id) else {
            return LayoutBox::default();
        };
        let origin = if node.layout.in_flow {
            node.origin_in_flow()
        } else {
            Vec2::ZERO
        };
        LayoutBox {
            x: origin.x,
            y: origin.y,
            width: node.layout.size.x,
            height: node.layout.size.y,
        }
    }

    /// The visual lines of a `Txt`, top first; empty for other nodes and for a
    /// `Txt` inside another.
    pub fn lines(&mut self, id: NodeId) -> Vec<TextLine> {
        self.lay_out(id);
        let Some(node) = self.tree.nodes.get(id) else {
            return Vec::new();
        };
        node.text
            .as_ref()
            .map_or_else(Vec::new, |text| text.lines(node.layout.size))
    }

    /// How high texts of a style are, and how wide these are, each on one line. The
    /// style is what a view gives its texts but for the `style` named.
    ///
    /// # Errors
    /// When a value of the style is of the wrong type or not finite; a word that it
    /// does not know leaves it as it was.
    pub fn measure_texts<'t>(
        &mut self,
        style: &[(&str, Value)],
        texts: impl Iterator<Item = &'t str>,
    ) -> Result<TextMeasure, SetError> {
        let mut props = FontProps::default();
        for (name, value) in style {
            if value.has_non_finite() {
                let name = (*name).to_owned();
                return Err(SetError::NotFinite { name });
            }
            match props.set(Input { name, value }) {
                Err(SetError::Keyword { .. }) | Ok(_) => {}
                Err(error) => return Err(error),
            }
        }
        let style = FontStyle::default().with(&props);
        Ok(self.layout.measure_texts(&mut self.fonts, &style, texts))
    }

    /// The length of a curve's whole outline; 0 for other nodes.
    pub fn arc_length(&mut self, id: NodeId) -> f64 {
        self.measure(id).length
    }

    /// The point at a length along a curve's whole outline, in the node's space,
    /// and the direction there (of length 1).
    pub fn point_at(&mut self, id: NodeId, distance: f64) -> (Point, Vec2) {
        self.measure(id).at(distance)
    }

    /// The outline of a node as far as it is drawn, in the node's own space, as the
    /// commands of a path's property `path`; empty for nodes without one.
    pub fn outline(&mut self, id: NodeId) -> Vec<f64> {
        self.lay_out(id);
        let Some(node) = self.tree.nodes.get(id) else {
            return Vec::new();
        };
        let look = node.look(Vec::new());
        let outline = node.own.outline(look.size, look.closed);
        let path = match look.curve {
            Some(curve) => trimmed(outline, curve, true).outline.path(),
            None => outline.path(),
        };
        commands(&path)
    }

    /// Has a script draw a node, or the stage again (`None`). What it drew before stays
    /// where it draws the same.
    ///
    /// # Errors
    /// When it draws more than can be drawn.
    pub fn record(
        &mut self,
        id: NodeId,
        scope: Scope,
        calls: Option<CanvasCalls>,
    ) -> Result<(), CanvasError> {
        let Some(node) = self.tree.nodes.get(id) else {
            return Ok(());
        };
        let known = node.custom.as_ref().and_then(|custom| custom.of(scope));
        let is_known = match (known, &calls) {
            (None, None) => true,
            (Some(known), Some(calls)) => {
                known.calls == *calls && known.generation == self.fonts.generation
            }
            _ => false,
        };
        if is_known {
            return Ok(());
        }
        let former = known.map_or(0, |known| known.weight);
        let custom = match calls {
            None => None,
            Some(calls) => {
                let weight = calls.weight();
                if self.tree.canvas_weight - former + weight > MOST_KEPT {
                    return Err(CanvasError::TooMuchInAll);
                }
                let played = play(&calls, None, self.layout.shaper(), &mut self.fonts)?;
                Some(Custom {
                    calls,
                    weight,
                    generation: self.fonts.generation,
                    played,
                })
            }
        };
        self.tree.customise(id, scope, custom);
        Ok(())
    }

    /// What these calls on a canvas outside of the film come to, in its pixels.
    ///
    /// # Errors
    /// When more is drawn than can be.
    pub fn picture(
        &mut self,
        calls: &CanvasCalls,
        reading: &Reading,
    ) -> Result<Drawing, CanvasError> {
        self.layout.all(&mut self.tree, &mut self.fonts);
        self.layout.place_texts(&mut self.tree, &mut self.fonts);
        let size = reading.size.map(Vec2::from);
        let played = play(calls, size, self.layout.shaper(), &mut self.fonts)?;
        Ok(draw::picture(&mut self.tree, &played, reading))
    }

    /// Whether a point lies in the path that is current after these calls on a canvas.
    ///
    /// # Errors
    /// When the calls are none that a canvas writes.
    pub fn is_inside(
        &self,
        calls: &CanvasCalls,
        point: Point,
        what: Inside,
    ) -> Result<bool, CanvasError> {
        canvas::is_inside(calls, point, what)
    }

    /// Measures a text as a canvas does. `font` is size, weight, whether italic, letter
    /// spacing, word spacing, whether right to left; `place` is how much of the width lies
    /// left of where the text is put, and the number of the line that lies there.
    pub fn measure_text(
        &mut self,
        text: &str,
        family: &str,
        font: [f64; 6],
        place: (f64, f64),
    ) -> TextMetrics {
        let [size, weight, italic, letters, words, rtl] = font;
        let style = text_style(&[size, weight, italic, letters, words, 0.0, rtl], family);
        let shaper = self.layout.shaper();
        canvas::metrics(shaper, &mut self.fonts, text, (&style, words), place)
    }

    fn lay_out(&mut self, id: NodeId) {
        self.layout.node(&mut self.tree, &mut self.fonts, id);
    }

    fn measure(&mut self, id: NodeId) -> Measure {
        self.lay_out(id);
        let path = self.tree.nodes.get(id).map(|node| {
            let look = node.look(Vec::new());
            node.own.outline(look.size, look.closed).path()
        });
        Measure::new(&path.unwrap_or_default())
    }

    /// Draws the views, bottom first. What did not change since the last call is
    /// the same drawing again.
    pub fn draw(&mut self, views: &[ViewPlacement]) -> Drawing {
        self.layout.all(&mut self.tree, &mut self.fonts);
        self.layout.place_texts(&mut self.tree, &mut self.fonts);
        self.canvas.draw(&mut self.tree, views)
    }

    /// What went otherwise than the project asked, since the last call: unknown
    /// words and font families, characters without a glyph.
    pub fn warnings(&mut self) -> Vec<String> {
        let mut warnings = std::mem::take(&mut self.warnings);
        warnings.append(&mut self.fonts.warnings);
        warnings.extend(self.fonts.lacking.warning());
        warnings
    }

    /// The font files from which glyphs were taken so far, in the order of their
    /// ids.
    pub fn fonts_used(&self) -> &BTreeSet<AssetId> {
        &self.fonts.used
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::NoFonts;

    #[test]
    fn only_what_affects_layout_asks_for_layout() {
        let mut stage = Stage::new(Box::new(NoFonts));
        let view = stage.create(NodeKind::View, None, "view");
        let inner = stage.create(NodeKind::Rect, Some(view), "inner");
        let outer = stage.create(NodeKind::Rect, Some(view), "outer");
        let other = stage.create(NodeKind::Rect, Some(view), "other");
        stage.set(outer, "layout", Value::Bool(true)).unwrap();
        stage.set_children(outer, &[inner]);
        stage.set_children(view, &[outer, other]);
        stage.draw(&[ViewPlacement::new(view)]);
        assert_eq!(stage.tree.unlaid, []);
        for (name, value) in [
            ("position", Value::Numbers(vec![1.0, 2.0])),
            ("rotation", Value::Number(3.0)),
            ("opacity", Value::Number(0.5)),
            ("fill", Value::Numbers(vec![1.0; 4])),
            ("radius", Value::Number(4.0)),
            ("end", Value::Number(0.5)),
        ] {
            stage.set(inner, name, value).unwrap();
            assert_eq!(stage.tree.unlaid, [], "{name}");
        }
        stage.set(inner, "width", Value::Number(7.0)).unwrap();
        assert_eq!(stage.tree.unlaid, [outer]);
    }
}
