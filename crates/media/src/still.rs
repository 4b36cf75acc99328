use std::{io::BufReader, path::Path};

use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, metadata::Orientation,
};

use crate::{
    MediaError, MediaSource,
    convert::premultiply,
    input::{readable, unreadable},
    limit::check_pixels,
    stream_reader::StreamReader,
};

/// A still picture in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Still {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Premultiplied RGBA, 8 bits a channel, rows tight, top first.
    pub rgba: Vec<u8>,
    /// Whether every pixel is fully opaque.
    pub opaque: bool,
}

/// Decodes a picture file (PNG, JPEG, WebP, GIF; whatever else FFmpeg knows, BMP
/// and TIFF among it). Of an animation it takes the first picture; a photo is
/// turned as its EXIF orientation says.
///
/// # Errors
/// When the file is missing, unreadable, empty, no picture or damaged.
pub fn read_still(source: impl Into<MediaSource>) -> Result<Still, MediaError> {
    let source = &source.into();
    readable(source)?;
    match open(source)? {
        None => first_frame(source),
        Some((mut decoder, format)) => {
            let (width, height) = decoder.dimensions();
            let path = source.path();
            check_pixels(path, width, height)?;
            let orientation = orientation(&mut decoder, format);
            let mut picture =
                DynamicImage::from_decoder(decoder).map_err(|source| fault(path, source))?;
            picture.apply_orientation(orientation);
            Ok(premultiplied(picture))
        }
    }
}

/// Width, height and whether there is alpha of a picture file, without decoding
/// it; `None` when the bytes are not of a format that the `image` crate reads here.
pub(crate) fn still_size(source: &MediaSource) -> Result<Option<(u32, u32, bool)>, MediaError> {
    let Some((mut decoder, format)) = open(source)? else {
        return Ok(None);
    };
    let (width, height) = decoder.dimensions();
    check_pixels(source.path(), width, height)?;
    let alpha = decoder.color_type().has_alpha();
    use Orientation::*;
    Ok(Some(match orientation(&mut decoder, format) {
        Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH => (height, width, alpha),
        _ => (width, height, alpha),
    }))
}

/// How a picture is to be turned: as its EXIF data say, but for WebP files, of which
/// browsers do not read them.
fn orientation(decoder: &mut impl ImageDecoder, format: ImageFormat) -> Orientation {
    match format {
        ImageFormat::WebP => Orientation::NoTransforms,
        _ => decoder.orientation().unwrap_or(Orientation::NoTransforms),
    }
}

/// A decoder of a file and its format.
type Opened<D> = Option<(D, ImageFormat)>;

fn open(source: &MediaSource) -> Result<Opened<impl ImageDecoder + use<>>, MediaError> {
    let unreadable = |fault| unreadable(source, fault);
    let file = BufReader::new(source.open().map_err(unreadable)?);
    // By content alone: names lie, and files in a cache have none.
    let reader = ImageReader::new(file)
        .with_guessed_format()
        .map_err(unreadable)?;
    let Some(format) = reader.format().filter(ImageFormat::reading_enabled) else {
        return Ok(None);
    };
    reader
        .into_decoder()
        .map(|decoder| Some((decoder, format)))
        .map_err(|cause| fault(source.path(), cause))
}

fn fault(path: &Path, source: ImageError) -> MediaError {
    let reason = source.to_string();
    let path = path.to_owned();
    match source {
        ImageError::IoError(source) if source.kind() == std::io::ErrorKind::UnexpectedEof => {
            MediaError::Truncated { path, reason }
        }
        _ => MediaError::Decode { path, reason },
    }
}

fn premultiplied(picture: DynamicImage) -> Still {
    let alpha = picture.color().has_alpha();
    let mut pixels = picture.into_rgba8();
    let opaque = !alpha || pixels.pixels().all(|pixel| pixel.0[3] == 255);
    if !opaque {
        premultiply(&mut pixels);
    }
    let (width, height) = pixels.dimensions();
    Still {
        width,
        height,
        rgba: pixels.into_raw(),
        opaque,
    }
}

fn first_frame(source: &MediaSource) -> Result<Still, MediaError> {
    let frame = StreamReader::open_as_rgba(source)?.frame_at(0.0)?;
    let rgba = frame.rgba().unwrap_or_default().to_vec();
    let opaque = rgba.chunks_exact(4).all(|pixel| pixel[3] == 255);
    Ok(Still {
        width: frame.width(),
        height: frame.height(),
        rgba,
        opaque,
    })
}
