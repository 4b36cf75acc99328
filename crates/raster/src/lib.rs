//! Drawings to pixels, on RGBA and straight on YUV planes.
//!
//! The types to know are [`Painter`] (draws the frames of one canvas), [`Assets`]
//! (where it finds fonts and pictures) and [`SimdLevel`] (which vector
//! instructions it uses).
//!
//! This crate never decodes, never reads a file, and never fails to draw: what
//! cannot be drawn was refused while recording, and a missing asset leaves a gap.
//!
//! ```
//! # use std::sync::Arc;
//! # use kinora_film::{AssetId, Color, Drawing, Geometry, Node, Paint, Shape, Size};
//! # use kinora_raster::{Assets, FontBytes, Painter, SimdLevel, Still, VideoPicture};
//! struct Nothing;
//!
//! impl Assets for Nothing {
//!     fn font(&self, _: AssetId) -> Option<FontBytes> { None }
//!     fn still(&self, _: AssetId) -> Option<Arc<Still>> { None }
//!     fn video(&self, _: AssetId, _: f64) -> Option<VideoPicture> { None }
//! }
//!
//! let square = Geometry::Rect(kurbo::Rect::new(0.0, 0.0, 8.0, 8.0));
//! let square = Shape::filled(square, Paint::Solid(Color::WHITE));
//! let frame = Drawing::new(Node::Shape(square));
//! let mut painter = Painter::new(Size::new(16, 8), SimdLevel::detect())?;
//! let rgba = painter.rgba(&frame, &Nothing);
//! assert_eq!(rgba[..4], [255; 4]);
//! assert_eq!(rgba[8 * 4..9 * 4], [0; 4]);
//! let yuv = painter.yuv(&frame, Color::BLACK, &Nothing);
//! assert_eq!((yuv.y[0], yuv.y[8]), (235, 16));
//! # Ok::<(), kinora_raster::RasterError>(())
//! ```
//!
//! **The decision behind it:** the canvas is cut into fixed tiles. A tile is drawn
//! as a whole, again only when something on it changed, and then laid over what
//! covers the canvas below, a colour or a video, which never leaves YUV. What a
//! frame looks like therefore depends on nothing but the frame, whatever was
//! drawn before; the price is that a small change redraws its whole tile.

mod assets;
mod backdrop;
mod baseline;
mod blur;
mod bounds;
mod effect;
mod error;
mod filter;
mod font;
mod hsl;
mod kernel;
mod level;
mod matrix;
mod painter;
mod picture;
mod planes;
mod pool;
mod rect;
mod rgb;
mod scale;
mod scene;
mod tiles;
mod vello;
mod view;

pub use assets::{Assets, FontBytes, Matrix, Still, VideoPicture, YuvPlanes, YuvSource, YuvView};
pub use error::RasterError;
pub use level::SimdLevel;
pub use painter::Painter;
