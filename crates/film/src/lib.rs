//! The recording: what a project draws and sounds like, as plain data.
//!
//! The types to know are [`Drawing`] (an immutable tree, shared where nothing
//! changed), [`Segment`] (a run of frames, each the root of a drawing, that any
//! worker can render) and [`Cutter`] (turns a stream of frames into segments).
//!
//! This crate never lays out, draws, decodes, or touches a disk or a clock.
//!
//! ```
//! use kinora_film::{Color, Cutter, Drawing, FilmHeader, Fps, Geometry, Node, Paint, Shape, Size};
//!
//! let header = FilmHeader { size: Size::new(64, 36), fps: Fps::new(30.0).unwrap(), background: Color::BLACK };
//! let square = Drawing::new(Node::Shape(Shape::filled(
//!     Geometry::Rect(kurbo::Rect::new(0.0, 0.0, 8.0, 8.0)),
//!     Paint::Solid(Color::WHITE),
//! )));
//! let mut cutter = Cutter::new(header, 60);
//! assert!(cutter.push(0, square.clone()).is_none());
//! let last = cutter.finish().unwrap();
//! let bytes = last.segment.to_bytes();
//! assert_eq!(kinora_film::Segment::from_bytes(&bytes).unwrap().frames.len(), 1);
//! ```
//!
//! **The decision behind it:** a drawing is a graph of reference-counted nodes,
//! and a node that did not change is *the same* node in the next frame. Storing,
//! hashing and redrawing an unchanged subtree therefore cost nothing; the price
//! is that whoever produces drawings has to keep and reuse its nodes.

mod asset;
mod color;
mod cut;
mod drawing;
mod missing;
mod paint;
mod segment;
mod sound;
mod time;
mod untouched;
mod volume;
mod walk;

pub use asset::{Asset, AssetId, AssetKind, ParseAssetIdError};
pub use color::Color;
pub use cut::{Cut, Cutter};
pub use drawing::{
    Blend, Clip, Drawing, Filter, Geometry, Glyph, GlyphRun, Group, Node, Picture, PictureSource,
    Shadow, Shape,
};
pub use missing::OnMissing;
pub use paint::{
    Cap, FillRule, Gradient, GradientKind, GradientStop, Join, Paint, Pattern, Repetition, Stroke,
};
pub use segment::{ContentHash, FilmHeader, Segment, SegmentError, Size};
pub use sound::{Heard, SoundCue, SoundTrack};
pub use time::{Fps, FpsError, FrameRange, sample_at, share};
pub use untouched::untouched_video;
pub use volume::{Level, Volume};
pub use walk::{AssetUse, Walk};

pub use kurbo;
