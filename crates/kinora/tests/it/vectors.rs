//! SVG files, shapes of documents, formulas.

use std::fs;

use crate::{frames::pixel, studio::Studio};

const LIME: [u8; 4] = [0, 255, 0, 255];
const RED: [u8; 4] = [255, 0, 0, 255];

fn frame(studio: &Studio) -> crate::studio::Outcome {
    studio.run(&["frame", "src/project.tsx", "--frames", "0", "-o", "one.png"])
}

fn write(studio: &Studio, name: &str, attributes: &str, inner: &str) {
    let text = format!("<svg xmlns='http://www.w3.org/2000/svg' {attributes}>{inner}</svg>");
    fs::write(studio.path("public").join(name), text).unwrap();
}

#[test]
fn files_and_data_urls_are_pictures_of_their_own_size() {
    let studio = Studio::scene(
        "  const img = createRef<Img>();
  view.add(<Img ref={img} x={-40} src={'/logo.svg'} />);
  view.add(<Img x={40} height={60} src={'data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 2 2\"><rect width=\"2\" height=\"2\" fill=\"#f00\"/></svg>'} />);
  console.log(img().naturalSize().x, img().naturalSize().y, img().getColorAtPoint(0).hex());
  yield* waitFor(0.1);",
    );
    write(
        &studio,
        "logo.svg",
        "width='40' height='20'",
        "<rect width='40' height='20' fill='lime'/>",
    );
    let told = frame(&studio).good();
    assert!(
        told.out.contains("40 20 #00ff00ff") || told.err.contains("40 20 #00ff00ff"),
        "{} {}",
        told.out,
        told.err
    );
    for (x, y, color) in [
        (40, 45, LIME),
        (21, 36, LIME),
        (40, 33, [0; 4]),
        (120, 20, RED),
        (95, 45, RED),
    ] {
        assert_eq!(pixel(&studio, "one.png", x, y).0, color, "{x} {y}");
    }
    // the whole way, through an encoder
    studio.render(&["-o", "film.mp4"]).good();
}

#[test]
fn patterns_and_embedded_pictures_and_what_only_pixels_can_show() {
    let studio = Studio::scene(
        "  view.add(<Rect x={-40} size={[60, 60]} fill={new Pattern({image: '/tile.svg', repetition: 'repeat'})} />);
  view.add(<Img x={40} src={'/soft.svg'} />);
  yield* waitFor(0.1);",
    );
    let source = String::from_utf8(studio.bytes("src/project.tsx")).unwrap();
    studio.write(
        "src/project.tsx",
        &source.replace("{Audio,", "{Pattern, Audio,"),
    );
    write(
        &studio,
        "tile.svg",
        "width='20' height='20'",
        "<rect width='10' height='20' fill='lime'/>",
    );
    let dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";
    let inner = format!(
        "<filter id='f'><feFlood flood-color='lime'/></filter>
         <rect width='20' height='60' filter='url(#f)'/>
         <image x='30' width='20' height='60' preserveAspectRatio='none' href='data:image/png;base64,{dot}'/>
         <image x='50' width='9' height='9' href='https://example.com/secret.png'/>"
    );
    write(&studio, "soft.svg", "width='60' height='60'", &inner);
    let told = frame(&studio).good();
    assert!(
        told.err
            .contains("shows `https://example.com/secret.png`, which lies outside of the file"),
        "{}",
        told.err
    );
    for (x, color) in [
        (33, [0; 4]),
        (45, LIME),
        (55, [0; 4]),
        (65, LIME),
        (100, LIME),
        (117, [0; 4]),
        (130, RED),
    ] {
        assert_eq!(pixel(&studio, "one.png", x, 45).0, color, "{x}");
    }
}

/// The frame fails with this message, which names the node's line.
fn told(studio: &Studio, message: &str) {
    let outcome = frame(studio);
    assert_eq!(outcome.code, Some(1), "{}", outcome.err);
    for part in [message, "src/project.tsx:4:"] {
        assert!(outcome.err.contains(part), "{part}: {}", outcome.err);
    }
}

#[test]
fn what_is_wrong_with_a_file_is_told_with_its_place() {
    let studio = Studio::scene("  view.add(<Img src={'/bad.svg'} />);\n  yield* waitFor(0.1);");
    for (text, message) in [
        (
            "<svg xmlns='http://www.w3.org/2000/svg'>\n<g>\n</svg>",
            "`/bad.svg`: line 3, column 1: ",
        ),
        (
            "<svg width='4' height='4'/>",
            "`/bad.svg`: its root needs `xmlns=",
        ),
        (
            "<svg xmlns='http://www.w3.org/2000/svg' width='0' height='9'/>",
            "`/bad.svg`: its size is 0×9",
        ),
        ("<html><svg/></html>", "`/bad.svg`: its root is `<html>`"),
    ] {
        fs::write(studio.path("public/bad.svg"), text).unwrap();
        told(&studio, message);
    }
    let entities: String = (1..20)
        .map(|n| format!("<!ENTITY a{n} '{}'>", format!("&a{};", n - 1).repeat(10)))
        .collect();
    let laughs = format!(
        "<!DOCTYPE svg [<!ENTITY a0 'ha'>{entities}]><svg xmlns='http://www.w3.org/2000/svg'>&a19;</svg>"
    );
    fs::write(studio.path("public/bad.svg"), laughs).unwrap();
    told(&studio, "`/bad.svg`: line 1, column");
}

#[test]
fn no_file_of_this_machine_gets_into_a_picture() {
    let studio = Studio::scene("  view.add(<Img src={'/logo.svg'} />);\n  yield* waitFor(0.1);");
    write(
        &studio,
        "other.svg",
        "width='9' height='9'",
        "<rect width='9' height='9' fill='red'/>",
    );
    let path = studio.path("public/other.svg");
    let inner = format!("<image width='90' height='90' href='{}'/>", path.display());
    write(&studio, "logo.svg", "width='90' height='90'", &inner);
    let told = frame(&studio).good();
    assert!(
        told.err.contains("which lies outside of the file"),
        "{}",
        told.err
    );
    assert_eq!(pixel(&studio, "one.png", 80, 45).0, [0; 4]);
}

#[test]
fn documents_are_shapes_and_formulas_are_pictures() {
    let studio = Studio::scene(
        "  view.add(<SVG x={-40} width={60} fill={'lime'} svg={'<svg viewBox=\"0 0 2 2\"><rect width=\"2\" height=\"2\" fill=\"currentColor\"/></svg>'} />);
  view.add(<Latex x={40} height={60} tex={'\\\\color{red}\\\\rule{1em}{1em}'} />);
  yield* waitFor(0.1);",
    );
    let source = String::from_utf8(studio.bytes("src/project.tsx")).unwrap();
    studio.write(
        "src/project.tsx",
        &source.replace("{Audio,", "{Latex, SVG, Audio,"),
    );
    frame(&studio).good();
    for (x, color) in [
        (5, [0; 4]),
        (15, LIME),
        (65, LIME),
        (75, [0; 4]),
        (100, RED),
        (145, RED),
    ] {
        assert_eq!(pixel(&studio, "one.png", x, 45).0, color, "{x}");
    }
}

#[test]
fn gradients_of_shapes_look_like_those_of_a_file() {
    let text = "<svg viewBox='0 0 80 40' xmlns='http://www.w3.org/2000/svg'>\
        <linearGradient id='a'><stop offset='0' stop-color='red'/>\
        <stop offset='100%' style='stop-color:blue;stop-opacity:.5'/></linearGradient>\
        <linearGradient id='b' href='#a' x1='0' y1='0' x2='1' y2='1'/>\
        <radialGradient id='c'><stop offset='0' stop-color='gold'/><stop offset='1' stop-color='green'/></radialGradient>\
        <linearGradient id='d' gradientUnits='userSpaceOnUse' x1='50' x2='80' gradientTransform='rotate(20)'>\
        <stop offset='0'/><stop offset='1' stop-color='white'/></linearGradient>\
        <rect x='2' y='2' width='20' height='10' fill='url(#a)'/>\
        <rect x='2' y='18' width='20' height='18' rx='3' fill='url(#b)'/>\
        <circle cx='36' cy='20' r='10' fill='url(#c)'/>\
        <path d='M50 8 C 60 -10 70 20 56 38 Z' fill='url(#b)'/>\
        <polygon points='66,4 78,18 70,30' fill='url(#d)'/></svg>";
    let studio = Studio::scene(&format!(
        "  view.add(<SVG svg={{`{text}`}} width={{80}} x={{-40}} />);
  view.add(<Img src={{'data:image/svg+xml,' + encodeURIComponent(`{text}`)}} width={{80}} x={{40}} />);
  yield* waitFor(0.1);"
    ));
    let source = String::from_utf8(studio.bytes("src/project.tsx")).unwrap();
    studio.write(
        "src/project.tsx",
        &source.replace("{Audio,", "{SVG, Audio,"),
    );
    frame(&studio).good();
    for (x, y) in [
        (5, 7),
        (18, 7),
        (6, 22),
        (18, 32),
        (36, 20),
        (42, 20),
        (55, 12),
        (58, 28),
        (72, 15),
        (70, 24),
    ] {
        let at = |left: usize| pixel(&studio, "one.png", left + x, 25 + y).0;
        let [own, file] = [at(0), at(80)];
        let near = (0..4).all(|channel| own[channel].abs_diff(file[channel]) <= 3);
        assert!(near && own[3] > 0, "{x} {y}: {own:?} {file:?}");
    }
}
