use std::{cell::RefCell, collections::HashMap, rc::Rc, sync::Arc};

use kinora_film::{Asset, AssetId, AssetKind, Drawing};
use kinora_stage::{
    CanvasCalls, FontFile, FontSource, NodeId, NodeKind, Scope, Stage, TextMetrics, Value,
};

use crate::{AssetUse, FontUse, HostAsset, lch};

/// The stage of one recording, its nodes as the script numbers them, and the
/// files that scenes use.
pub struct StageBridge {
    /// The stage.
    pub stage: Stage,
    /// The nodes that there are, by their numbers, none of which is given twice.
    nodes: HashMap<u32, StageNode>,
    /// How many there have been.
    created: u32,
    slots: HashMap<u32, Slots>,
    assets: Vec<AssetUse>,
    by_id: HashMap<AssetId, usize>,
    /// What is drawn in place of the files that are not pixels.
    vectors: HashMap<AssetId, Drawing>,
    fonts: Rc<RefCell<Fonts>>,
}

/// A property whose numbers the script keeps in a row of slots.
struct Slots {
    node: u32,
    name: String,
    kind: Row,
}

/// What a row of slots holds.
enum Row {
    /// As many numbers, which are the value.
    Numbers(u32),
    /// How far a blend has come and which one it is, and after these the
    /// numbers of it that [`lch::blend`] takes after the progress.
    Blend {
        /// Which one was read last; 0 for none.
        known: f64,
        /// Its numbers.
        row: [f64; 8],
    },
}

struct StageNode {
    id: NodeId,
    key: String,
    asset: Option<AssetId>,
    parent: Option<u32>,
    children: Vec<u32>,
}

/// How deep nodes may lie within one another: all that walks the tree, here and
/// where it is drawn, does so by recursion.
const DEEPEST: usize = 256;

/// A node that the script named does not exist.
#[derive(Debug, thiserror::Error)]
#[error("there is no node `{0}`")]
pub struct NoNode(pub u32);

/// Why nodes cannot be the children of another.
#[derive(Debug, thiserror::Error)]
pub enum ChildrenError {
    /// One of them does not exist.
    #[error(transparent)]
    NoNode(#[from] NoNode),
    /// The tree would be too deep.
    #[error("`{key}` lies more than {DEEPEST} nodes deep")]
    Deep {
        /// The node's key.
        key: String,
    },
}

impl StageBridge {
    /// An empty stage with the default family, and `fonts` for all others.
    pub fn new(fonts: Box<dyn FontSource>) -> Self {
        let seen = Rc::new(RefCell::new(Fonts::default()));
        let source = NotedFonts {
            inner: fonts,
            seen: seen.clone(),
        };
        let mut bridge = Self {
            stage: Stage::new(Box::new(source)),
            nodes: HashMap::new(),
            created: 0,
            slots: HashMap::new(),
            assets: Vec::new(),
            by_id: HashMap::new(),
            vectors: HashMap::new(),
            fonts: seen,
        };
        for font in crate::bundled_family("Roboto") {
            bridge.add_font(font);
        }
        bridge
    }

    /// Makes a font known under its family.
    pub fn add_font(&mut self, font: FontUse) {
        let file = FontFile {
            id: font.id,
            bytes: font.bytes.clone(),
            family_override: Some(font.family.clone()),
        };
        let family = font.family.clone();
        self.fonts.borrow_mut().add(font);
        self.stage.add_font(file, Some(&family));
    }

    /// A new node; `view` is the script's number of its view, 0 for a view itself.
    ///
    /// # Errors
    /// When there is no such view.
    pub fn create(&mut self, kind: NodeKind, view: u32, key: String) -> Result<u32, NoNode> {
        let view = match view {
            0 => None,
            view => Some(self.id(view)?),
        };
        let entry = StageNode {
            id: self.stage.create(kind, view, &key),
            key,
            asset: None,
            parent: None,
            children: Vec::new(),
        };
        self.created += 1;
        self.nodes.insert(self.created, entry);
        Ok(self.created)
    }

    /// Forgets a node; its children stay without a parent.
    ///
    /// # Errors
    /// When there is no such node.
    pub fn dispose(&mut self, node: u32) -> Result<(), NoNode> {
        let entry = self.nodes.remove(&node).ok_or(NoNode(node))?;
        self.stage.dispose(entry.id);
        for child in entry.children {
            self.node_mut(child).parent = None;
        }
        if let Some(parent) = entry.parent {
            let left = &mut self.node_mut(parent).children;
            left.retain(|&known| known != node);
        }
        Ok(())
    }

    /// The stage's name of a node.
    ///
    /// # Errors
    /// When there is no such node.
    pub fn id(&self, node: u32) -> Result<NodeId, NoNode> {
        let entry = self.nodes.get(&node).ok_or(NoNode(node))?;
        Ok(entry.id)
    }

    /// Makes `children` the children of a node, bottom first.
    ///
    /// # Errors
    /// When one of them does not exist or the tree becomes too deep.
    pub fn set_children(&mut self, node: u32, children: Vec<u32>) -> Result<(), ChildrenError> {
        let ids = children
            .iter()
            .map(|&child| self.id(child))
            .collect::<Result<Vec<_>, _>>()?;
        let id = self.id(node)?;
        for child in std::mem::take(&mut self.node_mut(node).children) {
            self.node_mut(child).parent = None;
        }
        for &child in &children {
            if let Some(former) = self.node_mut(child).parent.replace(node) {
                let left = &mut self.node_mut(former).children;
                left.retain(|&known| known != child);
            }
        }
        self.node_mut(node).children = children;
        self.check_depth(node)?;
        self.stage.set_children(id, &ids);
        Ok(())
    }

    /// Has the script draw a node, or the stage again. The nodes in `recording` are those
    /// of [`StageBridge::known`].
    ///
    /// # Errors
    /// What is wrong with it, naming the node's key.
    pub fn record(
        &mut self,
        node: u32,
        scope: Scope,
        recording: Option<CanvasCalls>,
    ) -> Result<(), String> {
        let Some(entry) = self.nodes.get(&node) else {
            return Ok(());
        };
        let recorded = self.stage.record(entry.id, scope, recording);
        recorded.map_err(|cause| format!("`{}`: {cause}", entry.key))
    }

    /// The stage's name of a node, if there is one of this number.
    pub fn known(&self, node: u32) -> Option<NodeId> {
        self.nodes.get(&node).map(|entry| entry.id)
    }

    /// Measures a text on a canvas: see [`Stage::measure_text`].
    pub fn measure_text(
        &mut self,
        text: &str,
        family: &str,
        font: [f64; 6],
        place: (f64, f64),
    ) -> TextMetrics {
        self.stage.measure_text(text, family, font, place)
    }

    /// A node's key, for messages.
    pub fn key(&self, node: u32) -> &str {
        self.nodes.get(&node).map_or("", |entry| &entry.key)
    }

    /// The node of a number that [`StageBridge::id`] knows.
    fn node(&self, node: u32) -> &StageNode {
        &self.nodes[&node]
    }

    fn node_mut(&mut self, node: u32) -> &mut StageNode {
        self.nodes
            .get_mut(&node)
            .expect("only nodes that there are have parents or children")
    }

    fn check_depth(&self, node: u32) -> Result<(), ChildrenError> {
        let above = std::iter::successors(Some(node), |&node| self.node(node).parent);
        let mut waiting = vec![(node, above.take(DEEPEST + 1).count())];
        while let Some((node, depth)) = waiting.pop() {
            let entry = self.node(node);
            if depth > DEEPEST {
                let key = entry.key.clone();
                return Err(ChildrenError::Deep { key });
            }
            waiting.extend(entry.children.iter().map(|&child| (child, depth + 1)));
        }
        Ok(())
    }

    /// Sets a property; those of a node that is gone are nobody's.
    ///
    /// # Errors
    /// What is wrong with it, naming the node's key.
    pub fn set(&mut self, node: u32, name: &str, value: Value) -> Result<(), String> {
        let Some(entry) = self.nodes.get_mut(&node) else {
            return if (1..=self.created).contains(&node) {
                Ok(())
            } else {
                Err(NoNode(node).to_string())
            };
        };
        let mut value = value;
        match (name, &value) {
            ("asset", Value::Text(text)) => {
                entry.asset = text.parse().ok();
                let vector = entry.asset.and_then(|id| self.vectors.get(&id));
                if let Some(drawing) = vector {
                    value = Value::Drawing(drawing.clone());
                }
            }
            ("asset", Value::Null) => entry.asset = None,
            ("time", Value::Number(time)) => {
                let index = entry.asset.and_then(|id| self.by_id.get(&id));
                if let Some(used) = index.and_then(|&index| self.assets.get_mut(index)) {
                    widen(&mut used.shown, (*time, *time));
                }
            }
            _ => {}
        }
        self.stage
            .set(entry.id, name, value)
            .map_err(|cause| format!("`{}`: {cause}", entry.key))
    }

    /// Has a property of a node taken from `count` slots from `first` on.
    ///
    /// # Errors
    /// When there is no such node.
    pub fn slot(&mut self, first: u32, node: u32, name: String, count: u32) -> Result<(), NoNode> {
        self.id(node)?;
        let kind = Row::Numbers(count);
        self.slots.insert(first, Slots { node, name, kind });
        Ok(())
    }

    /// Has a colour of a node blended from the slots from `first` on: how far, which
    /// blend it is (never 0, another number for other numbers), and the numbers that
    /// [`lch::blend`] takes.
    ///
    /// # Errors
    /// When there is no such node.
    pub fn blend_slot(&mut self, first: u32, node: u32, name: String) -> Result<(), NoNode> {
        self.id(node)?;
        let (known, row) = (0.0, [0.0; 8]);
        let kind = Row::Blend { known, row };
        self.slots.insert(first, Slots { node, name, kind });
        Ok(())
    }

    /// Forgets what is taken from the slots from `first` on.
    pub fn unslot(&mut self, first: u32) {
        self.slots.remove(&first);
    }

    /// How many nodes there are, and how many properties are taken from slots.
    pub fn held(&self) -> (usize, usize) {
        (self.nodes.len(), self.slots.len())
    }

    /// Sets the property of the slots from `first` on to the numbers that `read`
    /// finds there; those of nobody, or of a node that is gone, set nothing. The inner result
    /// says what is wrong with the numbers, naming the node's key.
    ///
    /// # Errors
    /// What `read` fails with.
    pub fn set_slots<E>(
        &mut self,
        first: u32,
        read: impl Fn(u32) -> Result<f64, E>,
    ) -> Result<Result<(), String>, E> {
        let Some(slots) = self.slots.get_mut(&first) else {
            return Ok(Ok(()));
        };
        let Some(entry) = self.nodes.get(&slots.node) else {
            return Ok(Ok(()));
        };
        let value = match &mut slots.kind {
            Row::Numbers(1) => Value::Number(read(first)?),
            Row::Numbers(count) => Value::Numbers(
                (first..first + *count)
                    .map(read)
                    .collect::<Result<_, E>>()?,
            ),
            Row::Blend { known, row } => {
                let (progress, which) = (read(first)?, read(first + 1)?);
                if which != *known {
                    for (place, slot) in row.iter_mut().zip(first + 2..) {
                        *place = read(slot)?;
                    }
                    *known = which;
                }
                Value::Numbers(lch::blend(progress, row).to_vec())
            }
        };
        let set = self.stage.set(entry.id, &slots.name, value);
        Ok(set.map_err(|cause| format!("`{}`: {cause}", entry.key)))
    }

    /// Remembers that a file is used.
    pub fn use_asset(&mut self, asset: &HostAsset, kind: AssetKind) {
        if self.by_id.contains_key(&asset.id) {
            return;
        }
        if let Some(vector) = &asset.vector {
            self.vectors.insert(asset.id, vector.clone());
        }
        self.by_id.insert(asset.id, self.assets.len());
        self.assets.push(AssetUse {
            asset: Asset {
                id: asset.id,
                kind,
                name: asset.name.clone(),
            },
            shown: None,
            heard: None,
        });
    }

    /// Remembers that seconds of a file are heard.
    pub fn hear(&mut self, id: AssetId, seconds: (f64, f64)) {
        if let Some(&index) = self.by_id.get(&id) {
            widen(&mut self.assets[index].heard, seconds);
        }
    }

    /// The files used, in the order of first use.
    pub fn assets(&self) -> &[AssetUse] {
        &self.assets
    }

    /// Fonts that became known since this was last asked.
    pub fn new_fonts(&mut self) -> Vec<FontUse> {
        let mut fonts = self.fonts.borrow_mut();
        let all = fonts.all.len();
        let from = std::mem::replace(&mut fonts.told, all);
        fonts.all[from..].to_vec()
    }

    /// The fonts from which glyphs were taken.
    pub fn fonts_used(&self) -> Vec<FontUse> {
        let used = self.stage.fonts_used();
        let fonts = self.fonts.borrow();
        let fonts = fonts.all.iter().filter(|font| used.contains(&font.id));
        fonts.cloned().collect()
    }
}

fn widen(range: &mut Option<(f64, f64)>, (from, to): (f64, f64)) {
    *range = Some(match *range {
        Some((start, end)) => (start.min(from), end.max(to)),
        None => (from, to),
    });
}

#[derive(Default)]
struct Fonts {
    all: Vec<FontUse>,
    told: usize,
}

impl Fonts {
    fn add(&mut self, font: FontUse) {
        let same = |known: &FontUse| known.id == font.id && known.family == font.family;
        if !self.all.iter().any(same) {
            self.all.push(font);
        }
    }
}

/// Passes questions for fonts on and remembers the answers.
struct NotedFonts {
    inner: Box<dyn FontSource>,
    seen: Rc<RefCell<Fonts>>,
}

impl NotedFonts {
    fn note(&self, family: &str, files: Vec<FontFile>) -> Vec<FontFile> {
        for file in &files {
            self.seen.borrow_mut().add(FontUse {
                family: file
                    .family_override
                    .clone()
                    .unwrap_or_else(|| family.to_owned()),
                id: file.id,
                bytes: Arc::clone(&file.bytes),
            });
        }
        files
    }
}

impl FontSource for NotedFonts {
    fn family(&mut self, name: &str) -> Vec<FontFile> {
        let files = self.inner.family(name);
        self.note(name, files)
    }

    fn fallback(&mut self, character: char) -> Vec<FontFile> {
        let files = self.inner.fallback(character);
        self.note("", files)
    }

    fn withholds(&mut self, name: &str) -> bool {
        self.inner.withholds(name)
    }
}
