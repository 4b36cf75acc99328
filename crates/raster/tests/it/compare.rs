//! Comparing pictures.

use std::{
    fmt,
    fs::File,
    io::{BufReader, BufWriter},
    path::Path,
};

/// 8-bit samples, `channels` to a pixel: 1 (grey) or 4 (RGBA, not premultiplied).
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub channels: usize,
    pub samples: Vec<u8>,
}

/// How two pictures differ.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    Size {
        want: (usize, usize),
        got: (usize, usize),
    },
    Pixels {
        count: usize,
        worst: u8,
        at: (usize, usize),
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size { want, got } => write!(f, "size {got:?}, want {want:?}"),
            Self::Pixels { count, worst, at } => {
                write!(f, "{count} pixels differ, by {worst} at most, at {at:?}")
            }
        }
    }
}

/// Compares sample by sample; a difference of up to `allowance` is none.
pub fn compare(want: &Picture, got: &Picture, allowance: u8) -> Result<(), Difference> {
    let size = |picture: &Picture| (picture.width, picture.height);
    if size(want) != size(got) || want.channels != got.channels {
        return Err(Difference::Size {
            want: size(want),
            got: size(got),
        });
    }
    let pixels = want.samples.chunks(want.channels);
    let (mut count, mut worst, mut at) = (0, 0, (0, 0));
    for (index, (want_pixel, got_pixel)) in
        pixels.zip(got.samples.chunks(want.channels)).enumerate()
    {
        let samples = want_pixel.iter().zip(got_pixel);
        let most = samples.map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0);
        if most > allowance {
            count += 1;
        }
        if most > worst {
            worst = most;
            at = (index % want.width, index / want.width);
        }
    }
    match count {
        0 => Ok(()),
        _ => Err(Difference::Pixels { count, worst, at }),
    }
}

/// Want, got and their difference (eightfold, opaque) side by side.
pub fn side_by_side(want: &Picture, got: &Picture) -> Picture {
    let width = want.width.max(got.width);
    let height = want.height.max(got.height);
    let pixel = |picture: &Picture, x: usize, y: usize| -> [u8; 4] {
        if x >= picture.width || y >= picture.height {
            return [0; 4];
        }
        let at = (y * picture.width + x) * picture.channels;
        match picture.channels {
            1 => [picture.samples[at]; 3].map_to_opaque(),
            _ => std::array::from_fn(|channel| picture.samples[at + channel]),
        }
    };
    let mut samples = Vec::with_capacity(width * height * 12);
    for y in 0..height {
        for x in 0..width {
            samples.extend(pixel(want, x, y));
        }
        for x in 0..width {
            samples.extend(pixel(got, x, y));
        }
        for x in 0..width {
            let (a, b) = (pixel(want, x, y), pixel(got, x, y));
            let opacity = a[3].abs_diff(b[3]);
            let channel = |at: usize| a[at].abs_diff(b[at]).max(opacity).saturating_mul(8);
            samples.extend([channel(0), channel(1), channel(2), 255]);
        }
    }
    Picture {
        width: width * 3,
        height,
        channels: 4,
        samples,
    }
}

trait Opaque {
    fn map_to_opaque(self) -> [u8; 4];
}

impl Opaque for [u8; 3] {
    fn map_to_opaque(self) -> [u8; 4] {
        [self[0], self[1], self[2], 255]
    }
}

pub fn write(path: &Path, picture: &Picture) {
    let file = BufWriter::new(File::create(path).expect("a file to write"));
    let (width, height) = (picture.width as u32, picture.height as u32);
    let mut encoder = png::Encoder::new(file, width, height);
    encoder.set_compression(png::Compression::High);
    encoder.set_color(match picture.channels {
        1 => png::ColorType::Grayscale,
        _ => png::ColorType::Rgba,
    });
    let mut writer = encoder.write_header().expect("a header");
    writer
        .write_image_data(&picture.samples)
        .expect("picture data");
}

pub fn read(path: &Path) -> Option<Picture> {
    let decoder = png::Decoder::new(BufReader::new(File::open(path).ok()?));
    let mut reader = decoder.read_info().expect("a PNG");
    let mut samples = vec![0; reader.output_buffer_size().expect("a sound size")];
    let info = reader.next_frame(&mut samples).expect("a picture");
    Some(Picture {
        width: info.width as usize,
        height: info.height as usize,
        channels: info.color_type.samples(),
        samples,
    })
}

/// Premultiplied RGBA as a picture.
pub fn from_premultiplied(rgba: &[u8], width: usize, height: usize) -> Picture {
    let mut samples = rgba.to_vec();
    for pixel in samples.chunks_exact_mut(4) {
        let alpha = u32::from(pixel[3]);
        for channel in &mut pixel[..3] {
            let straight = (u32::from(*channel) * 255 + alpha / 2).checked_div(alpha);
            *channel = straight.unwrap_or(0).min(255) as u8;
        }
    }
    Picture {
        width,
        height,
        channels: 4,
        samples,
    }
}

fn grey(width: usize, samples: &[u8]) -> Picture {
    Picture {
        width,
        height: samples.len() / width,
        channels: 1,
        samples: samples.to_vec(),
    }
}

#[test]
fn equal_pictures_have_no_difference() {
    let picture = grey(2, &[1, 2, 3, 4]);
    assert_eq!(compare(&picture, &picture, 0), Ok(()));
}

#[test]
fn the_worst_pixel_is_named() {
    let want = grey(3, &[10, 10, 10, 10, 10, 10]);
    let got = grey(3, &[10, 11, 10, 10, 10, 7]);
    let difference = |count, worst, at| Err(Difference::Pixels { count, worst, at });
    assert_eq!(compare(&want, &got, 0), difference(2, 3, (2, 1)));
    assert_eq!(compare(&want, &got, 1), difference(1, 3, (2, 1)));
    assert_eq!(compare(&want, &got, 3), Ok(()));
}

#[test]
fn other_sizes_are_told_apart() {
    let (want, got) = (grey(3, &[0; 6]), grey(2, &[0; 6]));
    assert!(matches!(
        compare(&want, &got, 255),
        Err(Difference::Size { .. })
    ));
}

#[test]
fn the_difference_is_drawn_beside() {
    let picture = side_by_side(&grey(1, &[10]), &grey(1, &[12]));
    let want = [10, 10, 10, 255, 12, 12, 12, 255, 16, 16, 16, 255];
    assert_eq!(picture.samples, want);
}

#[test]
fn what_was_written_is_read() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("written.png");
    let picture = grey(2, &[1, 2, 3, 4]);
    write(&path, &picture);
    assert_eq!(read(&path), Some(picture));
}
