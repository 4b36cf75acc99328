//! Prints the time a frame takes for several kinds of scene, on one core:
//! `cargo run --release -p kinora-raster --example frames`. With a folder as
//! argument, a frame of each scene is written there as a PNG; with `-` and a
//! word, only the scenes with that word in their name are drawn; and with a
//! number after that, only so many frames.

#![allow(clippy::disallowed_methods)] // it measures and writes pictures

use std::{path::PathBuf, sync::Arc, time::Instant};

use kinora_film::{
    AssetId, Clip, Color, Drawing, FillRule, Filter, Geometry, Glyph, GlyphRun, Group, Node, Paint,
    Picture, PictureSource, Shadow, Shape, Size, Stroke,
};
use kinora_raster::{
    Assets, FontBytes, Matrix, Painter, SimdLevel, Still, VideoPicture, YuvPlanes, YuvSource,
};
use kurbo::{Affine, BezPath, Ellipse, Rect, RoundedRect};

const SIZE: Size = Size::new(1920, 1080);
const FRAMES: usize = 60;

/// The drawing of a frame number.
type Scene<'a> = Box<dyn Fn(usize) -> Drawing + 'a>;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().filter(|name| name != "-");
    let folder = folder.map(PathBuf::from);
    let word = arguments.next().unwrap_or_default();
    let count = arguments.next().and_then(|count| count.parse().ok());
    let count: usize = count.unwrap_or(FRAMES).clamp(1, FRAMES);
    let font: FontBytes = Arc::new(std::fs::read(font_path()).expect("the bundled font"));
    let font_id = AssetId::of((*font).as_ref());
    let hand = Hand {
        font,
        photo: Arc::new(photograph()),
        videos: (0..FRAMES).map(video).collect(),
    };
    let level = SimdLevel::detect();
    println!("1920x1080, {count} frames, level {}", level.name());
    let title = |n: usize| over_video(title(font_id, n), n);
    let first = self::title(font_id, FRAMES);
    let still = |n: usize| over_video(first.clone(), n);
    let scenes: [(&str, Scene); 15] = [
        ("text that changes over a video", Box::new(title)),
        ("text that stays over a video", Box::new(still)),
        ("video made larger", Box::new(|n| video_in(1.1, n))),
        (
            "video in a smaller rectangle",
            Box::new(|n| video_in(0.8, n)),
        ),
        ("photo that grows slowly", Box::new(photo)),
        ("video with a blur and a hue", Box::new(filtered)),
        ("200 nodes with effects", Box::new(|n| motion(font_id, n))),
        (
            "20 paragraphs scrolling",
            Box::new(|n| paragraphs(font_id, n)),
        ),
        ("photo in a round clip", Box::new(round_photo)),
        ("blur of 40 over the frame", Box::new(blurred)),
        ("text with a shadow", Box::new(|n| shaded_text(font_id, n))),
        ("group of shapes that fades", Box::new(faded)),
        ("3334 short texts", Box::new(|n| short_texts(font_id, n))),
        (
            "discs, bar and title",
            Box::new(|n| group(Affine::IDENTITY, vec![cluster(font_id, 0, n)])),
        ),
        (
            "ten times discs, bar and title",
            Box::new(|n| {
                let clusters = (0..10).map(|index| cluster(font_id, index, n));
                group(Affine::IDENTITY, clusters.collect())
            }),
        ),
    ];
    for (name, scene) in scenes {
        if !name.contains(&word) {
            continue;
        }
        let frames: Vec<Drawing> = (0..count).map(scene).collect();
        let mut painter = Painter::new(SIZE, level).expect("a sound size");
        let mut times: Vec<f64> = frames
            .iter()
            .map(|frame| {
                let start = Instant::now();
                painter.yuv(frame, Color::BLACK, &hand);
                start.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        if let Some(folder) = &folder {
            let path = folder.join(format!("{}.png", name.replace(' ', "-")));
            write(&path, painter.rgba(&frames[count / 2], &hand));
        }
        times.sort_by(f64::total_cmp);
        println!(
            "{name:32} median {:6.2} ms, least {:6.2}, most {:6.2}",
            times[count / 2],
            times[0],
            times[count - 1]
        );
    }
}

fn font_path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../script/fonts/Roboto-Regular.ttf")
}

fn write(path: &std::path::Path, rgba: &[u8]) {
    let mut bytes = rgba.to_vec();
    for pixel in bytes.chunks_exact_mut(4) {
        let a = u32::from(pixel[3]).max(1);
        for channel in &mut pixel[..3] {
            *channel = (u32::from(*channel) * 255 / a).min(255) as u8;
        }
    }
    let file = std::io::BufWriter::new(std::fs::File::create(path).expect("a writable folder"));
    let mut encoder = png::Encoder::new(file, SIZE.width, SIZE.height);
    encoder.set_color(png::ColorType::Rgba);
    let mut writer = encoder.write_header().expect("a PNG header");
    writer.write_image_data(&bytes).expect("PNG data");
}

struct Hand {
    font: FontBytes,
    photo: Arc<Still>,
    videos: Vec<VideoPicture>,
}

impl Assets for Hand {
    fn font(&self, _: AssetId) -> Option<FontBytes> {
        Some(Arc::clone(&self.font))
    }

    fn still(&self, _: AssetId) -> Option<Arc<Still>> {
        Some(Arc::clone(&self.photo))
    }

    fn video(&self, _: AssetId, time: f64) -> Option<VideoPicture> {
        self.videos.get((time * 30.0).round() as usize).cloned()
    }
}

struct Frame {
    y: Vec<u8>,
    u: Vec<u8>,
    v: Vec<u8>,
}

impl YuvSource for Frame {
    fn planes(&self) -> YuvPlanes<'_> {
        YuvPlanes {
            width: SIZE.width,
            height: SIZE.height,
            y: &self.y,
            y_stride: SIZE.width as usize,
            u: &self.u,
            v: &self.v,
            uv_stride: SIZE.width as usize / 2,
            matrix: Matrix::Bt709,
            full_range: false,
        }
    }
}

fn video(n: usize) -> VideoPicture {
    let (width, height) = (SIZE.width as usize, SIZE.height as usize);
    let ramp = |width: usize, height: usize, factor: usize| -> Vec<u8> {
        (0..width * height)
            .map(|at| 16 + ((at % width + at / width + n * factor) / 8 % 200) as u8)
            .collect()
    };
    VideoPicture::Yuv(Arc::new(Frame {
        y: ramp(width, height, 3),
        u: ramp(width / 2, height / 2, 1),
        v: ramp(width / 2, height / 2, 2),
    }))
}

fn group(transform: Affine, children: Vec<Drawing>) -> Drawing {
    Drawing::new(Node::Group(Group::new(transform, children)))
}

fn text(font: AssetId, text: &str, size: f32, color: Color) -> GlyphRun {
    // Glyph numbers of the font's basic Latin letters follow their codes.
    let mut x = 0.0;
    let glyphs = text
        .bytes()
        .map(|byte| {
            let glyph = Glyph {
                id: u32::from(byte) - 27,
                x,
                y: 0.0,
            };
            x += size * if byte == b' ' { 0.25 } else { 0.55 };
            glyph
        })
        .filter(|glyph| glyph.id > 5)
        .collect();
    GlyphRun {
        font,
        index: 0,
        size,
        coords: Vec::new(),
        embolden: 0.0,
        skew: 0.0,
        glyphs,
        fill: Some(Paint::Solid(color)),
        stroke: None,
        stroke_first: false,
    }
}

fn video_in(scale: f64, n: usize) -> Drawing {
    let transform = Affine::translate((960.0, 540.0)) * Affine::scale(scale);
    group(transform, vec![picture(n)])
}

fn photograph() -> Still {
    let (width, height) = (4000, 3000);
    let pixel = |at: usize| {
        [
            (at / 31) as u8,
            (at / 4000) as u8,
            (at % 4000 / 9) as u8,
            255,
        ]
    };
    Still {
        width,
        height,
        rgba: (0..4000 * 3000).flat_map(pixel).collect(),
        opaque: true,
    }
}

fn photo(n: usize) -> Drawing {
    let scale = 1.0 + n as f64 / 300.0;
    let transform = Affine::translate((960.0, 540.0)) * Affine::scale(scale);
    let photo = Drawing::new(Node::Picture(Picture {
        asset: AssetId::of(b"photo"),
        source: PictureSource::Still,
        rect: Rect::new(-960.0, -720.0, 960.0, 720.0),
        opacity: 1.0,
        smoothing: true,
    }));
    group(transform, vec![photo])
}

fn filtered(n: usize) -> Drawing {
    let mut group = Group::new(Affine::translate((960.0, 540.0)), vec![picture(n)]);
    group.filters = vec![Filter::Blur(8.0), Filter::HueRotate(40.0)];
    Drawing::new(Node::Group(group))
}

fn over_video(top: Drawing, n: usize) -> Drawing {
    group(Affine::translate((960.0, 540.0)), vec![picture(n), top])
}

fn picture(n: usize) -> Drawing {
    Drawing::new(Node::Picture(Picture {
        asset: AssetId::of(b"video"),
        source: PictureSource::Video {
            time: n as f64 / 30.0,
        },
        rect: Rect::new(-960.0, -540.0, 960.0, 540.0),
        opacity: 1.0,
        smoothing: true,
    }))
}

fn title(font: AssetId, n: usize) -> Drawing {
    let size = 50.0 + 50.0 * n as f32 / FRAMES as f32;
    let run = text(font, "Hello World!", size, Color::WHITE);
    let run = Drawing::new(Node::Glyphs(run));
    group(Affine::translate((-310.0, 40.0)), vec![run])
}

fn paragraphs(font: AssetId, n: usize) -> Drawing {
    let words = "the quick brown fox jumps over the lazy dog while seven wizards mix potions ";
    let long = words.repeat(5);
    let mut children = vec![Drawing::new(Node::Shape(Shape::filled(
        Geometry::Rect(Rect::new(0.0, 0.0, 1920.0, 1080.0)),
        Paint::Solid(Color::WHITE),
    )))];
    for paragraph in 0..20 {
        let (column, row) = (paragraph % 4, paragraph / 4);
        for line in 0..9 {
            let start = (paragraph * 7 + line * 41) % 200;
            let run = text(font, &long[start..start + 42], 18.0, Color::BLACK);
            let x = 30.0 + f64::from(column as u32) * 470.0;
            let y = f64::from(row as u32) * 220.0 + line as f64 * 22.0 + 20.0 + n as f64 * 1.5;
            children.push(group(
                Affine::translate((x, y)),
                vec![Drawing::new(Node::Glyphs(run))],
            ));
        }
    }
    group(Affine::IDENTITY, children)
}

fn circle(radius: f64, color: Color) -> Drawing {
    let circle = Ellipse::new((0.0, 0.0), (radius, radius), 0.0);
    Drawing::new(Node::Shape(Shape::filled(
        Geometry::Ellipse(circle),
        Paint::Solid(color),
    )))
}

fn round_photo(n: usize) -> Drawing {
    let mut round = Group::new(
        Affine::translate((900.0 + n as f64 * 2.0, 540.0)),
        vec![photo(n).children()[0].clone()],
    );
    round.clip = Some(Clip {
        geometry: Geometry::Ellipse(Ellipse::new((0.0, 0.0), (400.0, 400.0), 0.0)),
        rule: FillRule::NonZero,
    });
    Drawing::new(Node::Group(round))
}

fn blurred(n: usize) -> Drawing {
    let mut group = Group::new(Affine::translate((960.0, 540.0)), vec![picture(n)]);
    group.filters = vec![Filter::Blur(40.0)];
    Drawing::new(Node::Group(group))
}

fn shaded_text(font: AssetId, n: usize) -> Drawing {
    let run = text(font, "A title with a shadow", 120.0, Color::WHITE);
    let place = Affine::translate((200.0 + n as f64 * 3.0, 540.0));
    let mut group = Group::new(place, vec![Drawing::new(Node::Glyphs(run))]);
    group.shadow = Some(Shadow {
        color: Color::rgba(0.0, 0.0, 0.0, 0.7),
        deviation: 10.0,
        dx: 6.0,
        dy: 8.0,
    });
    Drawing::new(Node::Group(group))
}

fn faded(n: usize) -> Drawing {
    let discs = (0..6).map(|index| {
        let place = Affine::translate((f64::from(index) * 150.0 - 375.0, 0.0));
        let shade = index as f32 / 6.0;
        group(
            place,
            vec![circle(140.0, Color::rgba(shade, 0.4, 0.8, 1.0))],
        )
    });
    let mut group = Group::new(
        Affine::translate((900.0 + n as f64 * 2.0, 540.0)),
        discs.collect(),
    );
    group.opacity = 0.3 + n as f32 / 100.0;
    Drawing::new(Node::Group(group))
}

fn short_texts(font: AssetId, n: usize) -> Drawing {
    let texts = (0..3334_usize).map(|index| {
        let run = text(font, &format!("Text {index}"), 14.0, Color::WHITE);
        let (column, row) = ((index % 40) as f64, (index / 40) as f64);
        let place = Affine::translate((column * 48.0 + n as f64 * 0.7, row * 12.9 + 12.0));
        group(place, vec![Drawing::new(Node::Glyphs(run))])
    });
    group(Affine::IDENTITY, texts.collect())
}

/// Two translucent discs of 520 and 420 pixels, a bar, a title and a subtitle.
fn cluster(font: AssetId, index: usize, n: usize) -> Drawing {
    let t = n as f64 / 30.0;
    let line = |words, size, y| {
        let run = text(font, words, size, Color::WHITE);
        group(
            Affine::translate((-420.0, y)),
            vec![Drawing::new(Node::Glyphs(run))],
        )
    };
    let bar = Geometry::Rect(Rect::new(-420.0, 90.0, -420.0 + 400.0 * t, 102.0));
    let children = vec![
        group(
            Affine::translate((-300.0 + 40.0 * t, -60.0)),
            vec![circle(260.0, Color::rgba(0.9, 0.3, 0.4, 0.5))],
        ),
        group(
            Affine::translate((300.0 - 40.0 * t, 80.0)),
            vec![circle(210.0, Color::rgba(0.2, 0.5, 0.9, 0.5))],
        ),
        Drawing::new(Node::Shape(Shape::filled(bar, Paint::Solid(Color::WHITE)))),
        line("A title of a film", 140.0, 40.0),
        line("and what is said below", 48.0, 160.0),
    ];
    let (x, y) = (index % 4, index / 4);
    let place = (960.0 + x as f64 * 31.0, 540.0 + y as f64 * 47.0);
    group(Affine::translate(place), children)
}

fn motion(font: AssetId, n: usize) -> Drawing {
    let t = n as f64 / 30.0;
    let mut children = vec![Drawing::new(Node::Shape(Shape::filled(
        Geometry::Rect(Rect::new(0.0, 0.0, 1920.0, 1080.0)),
        Paint::Solid(Color::rgba(0.1, 0.1, 0.15, 1.0)),
    )))];
    for i in 0..200_usize {
        let (x, y) = ((i * 379 % 1800 + 60) as f64, (i * 733 % 960 + 60) as f64);
        let hue = (i % 7) as f32 / 7.0;
        let color = Color::rgba(hue, 1.0 - hue, 0.6, 1.0);
        let place = Affine::translate((x + 20.0 * t, y)) * Affine::rotate(t + i as f64);
        let side = 40.0 + (i * 17 % 120) as f64;
        let half = side / 2.0;
        let node = match i % 4 {
            0 => {
                let rect = RoundedRect::new(-half, -half, half, half, side / 6.0);
                let mut shape = Shape::filled(Geometry::RoundedRect(rect), Paint::Solid(color));
                shape.stroke = Some(Stroke::new(Paint::Solid(Color::WHITE), 3.0));
                let mut group = Group::new(place, vec![Drawing::new(Node::Shape(shape))]);
                group.opacity = 0.8;
                group.shadow = Some(Shadow {
                    color: Color::rgba(0.0, 0.0, 0.0, 0.7),
                    deviation: 6.0,
                    dx: 4.0,
                    dy: 6.0,
                });
                Drawing::new(Node::Group(group))
            }
            1 => {
                let circle = Ellipse::new((0.0, 0.0), (half, half), 0.0);
                let shape = Shape::filled(Geometry::Ellipse(circle), Paint::Solid(color));
                group(place, vec![Drawing::new(Node::Shape(shape))])
            }
            2 => {
                let run = text(font, "Motion", 24.0 + (i % 30) as f32, color);
                group(place, vec![Drawing::new(Node::Glyphs(run))])
            }
            _ => {
                let mut path = BezPath::new();
                path.move_to((-half, 0.0));
                path.curve_to((0.0, -half), (0.0, half), (half, 0.0));
                let mut shape = Shape::filled(Geometry::Path(path), Paint::Solid(color));
                shape.fill = None;
                shape.stroke = Some(Stroke::new(Paint::Solid(color), 6.0));
                group(place, vec![Drawing::new(Node::Shape(shape))])
            }
        };
        children.push(node);
    }
    group(Affine::IDENTITY, children)
}
