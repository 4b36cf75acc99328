//! Drawings to pixels, on RGBA and straight on YUV planes.

mod assets;
mod base;
mod baseline;
mod blur;
mod bounds;
mod brush;
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
mod rect;
mod rgb;
mod scale;
mod scene;
mod tiles;
mod workshop;

pub use assets::{Assets, FontBytes, Matrix, Still, VideoPicture, YuvPlanes, YuvSource, YuvView};
pub use error::RasterError;
pub use level::SimdLevel;
pub use painter::Painter;
