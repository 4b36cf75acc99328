//! SVG files as drawings: vectors stay vectors, so a picture is as sharp as the film.
//!
//! [`read`] turns a file's bytes into a [`Vector`]: its size as a browser has it, and a
//! [`Drawing`](kinora_film::Drawing). [`pixels`] gives the same as a PNG file, for uses
//! that need pixels; [`document`] gives its elements, for scenes that move them.
//!
//! It never follows an address out of the file: what a file may show is in it. It reads
//! no files; fonts and places for embedded pictures it is given.
//!
//! ```
//! use kinora_film::AssetId;
//! use kinora_svg::{NoFonts, read};
//!
//! let logo = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><circle r="1"/></svg>"#;
//! let mut keep = |bytes: Vec<u8>| Ok(AssetId::of(&bytes));
//! let vector = read(logo, &mut NoFonts, &mut keep)?;
//! assert_eq!((vector.width, vector.height), (300, 75));
//! # Ok::<(), kinora_svg::SvgError>(())
//! ```
//!
//! **The decision behind it:** a file is resolved while recording and becomes part of
//! the film, so that workers need no SVG reader; the price is that what a film cannot
//! express (filters, patterns, some masks) is turned into pixels then, at the sharpness
//! of [`RASTER_SIDE`].

mod clip;
mod convert;
mod document;
mod error;
mod fonts;
mod limit;
mod mask;
mod paint;
mod path;
mod raster;
mod reader;
mod size;

pub use document::{Document, Element, document};
pub use error::SvgError;
pub use fonts::{FontBytes, Fonts, NoFonts};
pub use raster::RASTER_SIDE;
pub use reader::{Keep, Vector, is_svg, pixels, read};
