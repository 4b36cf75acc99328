//! The comparer's own tests: what must fail fails, what may differ passes.

use xtask::facts;
use xtask::likeness::{self, Likeness};
use xtask::picture::Picture;

fn fact(scene: &str, frame: u64) -> Picture {
    Picture::read(&facts::picture(scene, frame)).unwrap()
}

fn likeness(want: &Picture, got: &Picture) -> Likeness {
    likeness::compare(want, got).unwrap()
}

/// The picture moved to the right, clear where nothing comes from.
fn shifted(picture: &Picture, by: usize) -> Picture {
    let mut moved = Picture::filled(picture.width, picture.height, [0; 4]);
    for y in 0..picture.height {
        for x in by..picture.width {
            moved.set(x, y, picture.pixel(x - by, y));
        }
    }
    moved
}

/// Every kept picture of every scene that shows more than one even colour.
fn drawn_facts() -> Vec<(String, Picture)> {
    let mut all = Vec::new();
    for scene in facts::scenes().unwrap() {
        for frame in facts::read(&scene).unwrap().frames {
            let picture = fact(&scene, frame.frame);
            let first = picture.pixel(0, 0);
            if picture.rgba.chunks_exact(4).any(|pixel| pixel != first) {
                all.push((format!("{scene} {}", frame.frame), picture));
            }
        }
    }
    assert!(all.len() > 100, "only {} pictures", all.len());
    all
}

#[test]
fn a_picture_is_like_itself() {
    for (name, picture) in drawn_facts() {
        let found = likeness(&picture, &picture);
        assert!(
            found.passes() && found.stray == 0.0 && found.frame > 0.9999,
            "{name}: {found:?}"
        );
    }
}

#[test]
fn an_empty_frame_fails_everywhere() {
    // All that there is of these has an opacity of a fifth.
    let bears = ["tween-opacity 15", "tween-opacity 20"];
    let passing: Vec<String> = drawn_facts()
        .into_iter()
        .filter(|(_, picture)| {
            let empty = Picture::filled(picture.width, picture.height, [0; 4]);
            likeness(picture, &empty).passes()
        })
        .map(|(name, _)| name)
        .collect();
    assert_eq!(passing, bears);
}

#[test]
fn two_pixels_off_fails() {
    // Nothing but blurs, faint things, long bars and lines along the way, and frames that
    // are mostly one large plain shape bear it; where nodes are is compared as well.
    let bears = [
        "audio 20",
        "draw-particles 0",
        "draw-pixel-loop 0",
        "filter-blur 0",
        "loops-and-chains 6",
        "loops-and-chains 10",
        "move-with-absolute 4",
        "node-transforms 0",
        "points-tween 0",
        "scale-around-corner 0",
        "scale-around-corner 4",
        "scale-around-corner 8",
        "template-typewriter 0",
        "tween-arrows 0",
        "tween-circle-angles 6",
        "tween-filters 6",
        "tween-filters 12",
        "tween-img 7",
        "tween-opacity 15",
        "tween-opacity 20",
        "tween-skew 8",
        "tween-skew 12",
    ];
    let passing: Vec<String> = drawn_facts()
        .into_iter()
        .filter(|(_, picture)| likeness(picture, &shifted(picture, 2)).passes())
        .map(|(name, _)| name)
        .collect();
    assert!(
        passing.iter().all(|name| bears.contains(&name.as_str())),
        "{passing:?}"
    );
}

#[test]
fn a_wrong_colour_of_equal_luma_fails() {
    let green = Picture::filled(40, 40, [0, 110, 0, 255]);
    let mut want = Picture::filled(320, 180, [0; 4]);
    let mut got = want.clone();
    want.paste(&green, 100, 60);
    // The same luma, so structure sees nothing; only the colour differs.
    got.paste(&Picture::filled(40, 40, [255, 35, 0, 255]), 100, 60);
    let found = likeness(&want, &got);
    assert!(found.frame > 0.99 && found.drawn > 0.9, "{found:?}");
    assert!(!found.passes(), "{found:?}");
}

#[test]
fn one_wrong_letter_colour_fails() {
    let want = fact("text-spans", 0);
    let mut got = want.clone();
    for pixel in got
        .rgba
        .chunks_exact_mut(4)
        .filter(|pixel| pixel[2] > 200 && pixel[0] < 60)
    {
        pixel.swap(0, 2);
    }
    assert_ne!(want, got);
    assert!(!likeness(&want, &got).passes());
}

#[test]
fn a_level_of_rounding_passes() {
    let want = fact("gradient", 0);
    let mut got = want.clone();
    for pixel in got.rgba.chunks_exact_mut(4) {
        pixel[0] = pixel[0].saturating_add(2);
    }
    assert!(likeness(&want, &got).passes());
}

#[test]
fn sizes_must_agree() {
    let picture = Picture::filled(4, 4, [0; 4]);
    assert_eq!(
        likeness::compare(&picture, &Picture::filled(4, 5, [0; 4])),
        None
    );
}
