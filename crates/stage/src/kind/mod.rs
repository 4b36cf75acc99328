//! The kinds of nodes. A kind is one file here: its name and what it is made of
//! ([`KindRow`]), its properties, and how it is measured and drawn ([`own::Own`]).
//! A new one gets a file and a line in the list below.

mod audio;
mod circle;
mod code;
mod corners;
mod grid;
mod group;
mod img;
mod layout;
mod leaf;
mod line;
pub(crate) mod own;
mod path;
mod picture;
mod polygon;
mod rect;
mod row;
mod svg;
mod txt;
mod video;
mod view;

pub(crate) use row::{Role, Styles};

use own::Own;
use row::KindRow;

/// Declares the kinds, each by the module that holds its row.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $module:ident;)*) => {
        /// What a node draws and how it takes part in layout.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum NodeKind {
            $($(#[$doc])* $kind,)*
        }

        impl NodeKind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            fn row(self) -> &'static KindRow {
                match self {
                    $(Self::$kind => &$module::KIND,)*
                }
            }
        }
    };
}

kinds! {
    /// The root of a scene.
    View = view;
    /// A group.
    Node = group;
    /// A box without a picture.
    Layout = layout;
    /// A rectangle.
    Rect = rect;
    /// An ellipse, an arc or a sector.
    Circle = circle;
    /// A regular polygon stretched over its box.
    Polygon = polygon;
    /// Lines at equal distances across a box.
    Grid = grid;
    /// Joined points.
    Line = line;
    /// Any outline, given as path commands.
    Path = path;
    /// A text block or a run in one.
    Txt = txt;
    /// A piece of text inside a `Txt`.
    TxtLeaf = leaf;
    /// Lines of code.
    Code = code;
    /// A still picture.
    Img = img;
    /// A moving picture.
    Video = video;
    /// A box for the shapes of a vector document.
    Svg = svg;
    /// A sound; draws only its children.
    Audio = audio;
}

impl NodeKind {
    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The kind's name.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    pub(crate) fn role(self) -> Role {
        self.row().role
    }

    pub(crate) fn styles(self) -> Styles {
        self.row().styles
    }

    /// What a new node of this kind has of its own.
    pub(crate) fn make(self) -> Box<dyn Own> {
        (self.row().make)()
    }
}
