//! What becomes of whole files.

use kinora_film::{AssetId, Blend, Drawing, Group, Node, Paint, Shape, Walk};
use kinora_svg::{NoFonts, SvgError, Vector, is_svg, pixels, read};

fn file(root: &str, inner: &str) -> String {
    format!("<svg xmlns='http://www.w3.org/2000/svg' {root}>{inner}</svg>")
}

fn try_read(text: &str) -> Result<Vector, SvgError> {
    let mut keep = |bytes: Vec<u8>| Ok(AssetId::of(&bytes));
    read(text.as_bytes(), &mut NoFonts, &mut keep)
}

/// A picture of 100×100 with this in it.
fn vector(inner: &str) -> Vector {
    try_read(&file("width='100' height='100'", inner)).unwrap()
}

fn nodes(drawing: &Drawing) -> Vec<&Node> {
    Walk::default().enter(drawing).map(|node| &**node).collect()
}

fn shapes(drawing: &Drawing) -> Vec<&Shape> {
    let shapes = nodes(drawing).into_iter().filter_map(|node| match node {
        Node::Shape(shape) => Some(shape),
        _ => None,
    });
    shapes.collect()
}

fn groups(drawing: &Drawing) -> Vec<&Group> {
    let groups = nodes(drawing).into_iter().filter_map(|node| match node {
        Node::Group(group) => Some(group),
        _ => None,
    });
    groups.collect()
}

#[test]
fn fill_and_stroke_of_a_path_are_one_shape() {
    let vector = vector(
        "<rect x='10' y='10' width='30' height='20' fill='red' stroke='#00f' stroke-width='4' stroke-opacity='.5'/>",
    );
    let shapes = shapes(&vector.drawing);
    assert_eq!(shapes.len(), 1);
    let stroke = shapes[0].stroke.as_ref().unwrap();
    let Paint::Solid(color) = stroke.paint else {
        panic!("{:?}", stroke.paint)
    };
    assert_eq!((stroke.width, color.to_rgba8()), (4.0, [0, 0, 255, 128]));
    assert!(vector.pictures.is_empty() && vector.remarks.is_empty());
}

#[test]
fn percentages_are_of_the_size_that_a_file_has() {
    let boxed = |root: &str| {
        let inner = "<rect x='50%' width='50%' height='100%'/>";
        let vector = try_read(&file(root, inner)).unwrap();
        let drawn = shapes(&vector.drawing)[0].geometry.bounding_box();
        (
            vector.width,
            vector.height,
            drawn.x0,
            drawn.width(),
            drawn.height(),
        )
    };
    assert_eq!(boxed(""), (300, 150, 150.0, 150.0, 150.0));
    assert_eq!(
        boxed("width='100%' height='100%'"),
        (300, 150, 150.0, 150.0, 150.0)
    );
    assert_eq!(boxed("width='60'"), (60, 150, 30.0, 30.0, 150.0));
    assert_eq!(
        boxed("height = '1in' id='a'"),
        (300, 96, 150.0, 150.0, 96.0)
    );
    assert_eq!(boxed("width='80' height='40'"), (80, 40, 40.0, 40.0, 40.0));
}

#[test]
fn only_what_reaches_over_the_edge_is_cut() {
    let clips = |inner: &str| {
        groups(&vector(inner).drawing)
            .iter()
            .filter(|group| group.clip.is_some())
            .count()
    };
    assert_eq!(clips("<circle cx='50' cy='50' r='50'/>"), 0);
    assert_eq!(clips("<circle cx='50' cy='50' r='51'/>"), 1);
    assert_eq!(clips("<circle cx='50' cy='50' r='50' stroke='red'/>"), 1);
}

#[test]
fn masks_of_shapes_and_clips_stay_vectors() {
    let mask = vector(
        "<mask id='m'><rect width='50' height='50' fill='white'/><circle r='9' fill='#888'/></mask><rect width='90' height='90' mask='url(#m)'/>",
    );
    assert!(mask.pictures.is_empty());
    let blends: Vec<Blend> = groups(&mask.drawing)
        .iter()
        .map(|group| group.blend)
        .collect();
    for blend in [Blend::DestinationIn, Blend::DestinationOut, Blend::Lighter] {
        assert!(blends.contains(&blend), "{blend:?} in {blends:?}");
    }
    let clip = "<clipPath id='c'><circle r='9'/></clipPath><rect width='90' height='90' clip-path='url(#c)'/>";
    assert!(
        groups(&vector(clip).drawing)
            .iter()
            .any(|group| group.clip.is_some())
    );
}

#[test]
fn filters_and_patterns_become_pixels() {
    let filter = vector(
        "<filter id='f'><feGaussianBlur stdDeviation='2'/></filter><rect width='50' height='50' filter='url(#f)'/>",
    );
    assert_eq!(filter.pictures.len(), 1);
    let pattern = vector(
        "<pattern id='p' width='5' height='5' patternUnits='userSpaceOnUse'><circle r='2'/></pattern><rect width='50' height='50' fill='url(#p)'/>",
    );
    assert_eq!(pattern.pictures.len(), 1);
}

#[test]
fn a_stretched_gradient_keeps_its_circles_in_a_space_of_its_own() {
    let vector = vector(
        "<radialGradient id='g'><stop stop-color='red'/><stop offset='1'/></radialGradient><rect width='80' height='20' fill='url(#g)'/>",
    );
    let shape = shapes(&vector.drawing)[0];
    assert!(matches!(&shape.fill, Some(Paint::Gradient(gradient)) if gradient.stops.len() == 2));
    let stretched = groups(&vector.drawing).iter().any(|group| {
        let [a, _, _, d, ..] = group.transform.as_coeffs();
        (a - 80.0).abs() < 1e-3 && (d - 20.0).abs() < 1e-3
    });
    assert!(stretched);
}

#[test]
fn what_lies_outside_of_a_file_is_left_out_and_told() {
    let vector = vector(
        "<image href='/etc/passwd' width='9' height='9'/><image href='http://x/y.png' width='9' height='9'/>",
    );
    assert_eq!(vector.remarks.len(), 2);
    assert!(
        vector.remarks[0].contains("`/etc/passwd`"),
        "{:?}",
        vector.remarks
    );
    assert!(shapes(&vector.drawing).is_empty() && vector.pictures.is_empty());
}

#[test]
fn a_picture_in_a_picture_is_told_when_it_cannot_be_kept() {
    let text = file(
        "width='9' height='9'",
        "<image width='9' height='9' href='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC'/>",
    );
    let mut keep = |_: Vec<u8>| Err("there is no room".to_owned());
    let vector = read(text.as_bytes(), &mut NoFonts, &mut keep).unwrap();
    assert_eq!(
        vector.remarks,
        ["a picture that it holds is not drawn: there is no room"]
    );
    assert_eq!(try_read(&text).unwrap().pictures.len(), 1);
}

#[test]
fn pixels_are_those_of_the_own_size() {
    let png = pixels(file("viewBox='0 0 4 1'", "").as_bytes(), &mut NoFonts).unwrap();
    assert_eq!(png[16..24], [0, 0, 1, 44, 0, 0, 0, 75]);
    let huge = file("width='100000' height='100000'", "");
    assert!(matches!(
        pixels(huge.as_bytes(), &mut NoFonts),
        Err(SvgError::Large(_))
    ));
    assert!(try_read(&huge).is_ok());
}

#[test]
fn faults_have_a_place() {
    assert_eq!(
        try_read("<svg xmlns='http://www.w3.org/2000/svg'/>").map(|it| (it.width, it.height)),
        Ok((300, 150))
    );
    assert_eq!(try_read("<svg/>"), Err(SvgError::Namespace));
    assert!(matches!(
        try_read("\n\n<svg"),
        Err(SvgError::Malformed { line: 3, .. })
    ));
    let bytes = read(
        b"<svg>\xff</svg>",
        &mut NoFonts,
        &mut |_| Err(String::new()),
    );
    assert_eq!(bytes, Err(SvgError::Encoding));
    // Path data that breaks off is drawn up to there, as browsers do.
    assert_eq!(
        shapes(&vector("<path d='M0 0h10v10z L bad'/>").drawing).len(),
        1
    );
}

#[test]
fn circles_and_numbers_out_of_all_bounds_come_to_an_end() {
    for inner in [
        "<g id='a'><use href='#a'/><rect width='5' height='5'/></g>",
        "<mask id='m' mask='url(#m)'><rect width='9' height='9' mask='url(#m)'/></mask><rect width='9' height='9' mask='url(#m)'/>",
        "<clipPath id='c' clip-path='url(#c)'><rect width='9' height='9'/></clipPath><rect width='9' height='9' clip-path='url(#c)'/>",
        "<pattern id='p' width='1' height='1'><rect fill='url(#p)' width='9' height='9'/></pattern><rect width='9' height='9' fill='url(#p)'/>",
        "<rect width='1e38' height='1e38' stroke='red' stroke-width='1e38' transform='scale(1e38)'/>",
        "<filter id='f' x='-1e9' width='1e18' height='1e18'><feGaussianBlur stdDeviation='1e9'/></filter><rect width='9' height='9' filter='url(#f)'/>",
        "<linearGradient id='g' spreadMethod='repeat' x2='1e-9'><stop/><stop offset='1' stop-color='red'/></linearGradient><rect width='99' height='99' fill='url(#g)'/>",
    ] {
        assert!(
            try_read(&file("width='9' height='9'", inner)).is_ok(),
            "{inner}"
        );
    }
}

#[test]
fn files_are_known_by_their_beginning() {
    for (text, expected) in [
        ("<svg>", true),
        ("\u{feff}<?xml version='1.0'?>\n<!-- c -->\n<svg>", true),
        (
            "<!DOCTYPE svg><x:svg xmlns:x='http://www.w3.org/2000/svg'>",
            true,
        ),
        ("<!DOCTYPE html><svg>", false),
        ("text <svg>", false),
    ] {
        assert_eq!(is_svg(text.as_bytes()), expected, "{text}");
    }
}
