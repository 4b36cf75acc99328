//! The retained tree of nodes: properties, flex layout, text and shapes, to drawings.
//!
//! The types to know are [`Stage`] (the tree), [`Value`] (what a property is set
//! to) and [`FontSource`] (where fonts come from that nobody registered).
//!
//! This crate never reads a file, a clock or the environment, and never paints:
//! it resolves what the script said into [`kinora_film::Drawing`]s.
//!
//! ```
//! use kinora_stage::{NoFonts, NodeKind, Stage, Value, ViewPlacement};
//!
//! let mut stage = Stage::new(Box::new(NoFonts));
//! let view = stage.create(NodeKind::View, None, "view");
//! let rect = stage.create(NodeKind::Rect, Some(view), "rect");
//! stage.set(rect, "width", Value::Number(320.0)).unwrap();
//! stage.set(rect, "height", Value::Text("50%".into())).unwrap();
//! stage.set(rect, "fill", Value::Numbers(vec![1.0, 0.0, 0.0, 1.0])).unwrap();
//! stage.set_children(view, &[rect]);
//! assert_eq!(stage.layout_box(rect).height, 540.0);
//!
//! let first = stage.draw(&[ViewPlacement::new(view)]);
//! assert!(first.same(&stage.draw(&[ViewPlacement::new(view)])));
//! ```
//!
//! **The decision behind it:** the tree is kept and knows what changed; what did
//! not change costs nothing and stays the same allocation in the next drawing.
//! The price is that every property says what depends on it.

mod canvas;
mod change;
mod dirt;
mod draw;
mod edit;
mod effects;
mod error;
mod fade;
mod flex;
mod flex_style;
mod font_style;
mod fonts;
mod geometry;
mod glyph_pictures;
mod id;
mod inline;
mod kind;
mod lacking;
mod layer;
mod layout;
mod node;
mod paint;
mod shape;
mod stage;
mod text;
mod tree;
mod units;
mod value;

pub use canvas::{CanvasCalls, CanvasError, Inside, Reading, Scope, TextMetrics};
pub use draw::ViewPlacement;
pub use error::SetError;
pub use fonts::{FontFile, FontSource, NoFonts};
pub use id::NodeId;
pub use kind::NodeKind;
pub use layout::TextMeasure;
pub use node::LayoutBox;
pub use stage::Stage;
pub use text::block::TextLine;
pub use value::Value;
