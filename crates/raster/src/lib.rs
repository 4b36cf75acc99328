//! Drawings to pixels, on RGBA and straight on YUV planes.

mod assets;
mod brush;
mod error;
mod level;
mod painter;

pub use assets::{Assets, FontBytes, Matrix, Still, VideoPicture, YuvPlanes, YuvSource, YuvView};
pub use error::RasterError;
pub use level::SimdLevel;
pub use painter::Painter;
