use kinora_film::{Drawing, Node, PictureSource, Segment, Walk};
use kinora_worker::Recipe;

/// About how many nanoseconds of one processor a segment takes to render.
///
/// Only the proportion between segments matters, to give workers even shares. The
/// figures are those of one core that renders the hello project: what is encoded and
/// decoded is counted by pixels, what is drawn by the parts that are new in a frame.
pub fn cost(segment: &Segment, recipe: &Recipe) -> u64 {
    let Some(codec) = &recipe.format.video else {
        return segment.frames.len() as u64;
    };
    let encoding = codec.cost();
    let size = segment.header.size;
    let pixels = u64::from(size.width) * u64::from(size.height);
    let mut walk = Walk::default();
    let mut before: Option<&Drawing> = None;
    let mut sum = 0;
    for frame in &segment.frames {
        let still = before.is_some_and(|before| before.same(frame));
        if still {
            sum += pixels * encoding.still;
        } else {
            sum += pixels * encoding.moving;
            sum += walk
                .enter(frame)
                .map(|node| drawn(node, pixels))
                .sum::<u64>();
        }
        before = Some(frame);
    }
    sum
}

/// Decoding a pixel of a clip.
const DECODED: u64 = 4;
/// Drawing a shape, a text or a picture.
const PART: u64 = 75_000;

/// What a node that no earlier frame of the segment had adds by itself.
fn drawn(node: &Node, pixels: u64) -> u64 {
    match node {
        Node::Group(_) => 0,
        Node::Picture(picture) if matches!(picture.source, PictureSource::Video { .. }) => {
            pixels * DECODED
        }
        Node::Picture(_) | Node::Shape(_) | Node::Glyphs(_) => PART,
    }
}
