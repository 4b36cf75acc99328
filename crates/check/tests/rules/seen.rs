//! What can be seen, and for how long.

use kinora_check::{Gravity, Rule};

use crate::{TEXT, findings, nothing, only};

#[test]
fn a_text_that_something_covers() {
    let with = |extra: &str| {
        format!(
            "  view.add(<Txt {TEXT} text={{'Hello there'}} zIndex={{0}} />);\n  view.add(<Rect key={{'box'}} size={{[90, 90]}} fill={{'#303060'}} {extra} />);\n  yield* waitFor(1);"
        )
    };
    let found = only(&with("x={-60}"), Rule::Covered, Gravity::Warning);
    assert!(
        found.message.contains("behind `box` (Rect)"),
        "{}",
        found.message
    );
    nothing(&with("x={-60} zIndex={-1}"));
    nothing(&with("x={-60} opacity={0.5}"));
    nothing(&with("x={-60} radius={45} y={100}"));
    let found = only(&with("scale={5}"), Rule::Covered, Gravity::Warning);
    assert!(found.message.contains("is never seen"), "{}", found.message);
    // One that was seen made room for what came.
    nothing(&format!(
        "  const card = createRef<Rect>();\n  view.add(<Txt {TEXT} text={{'Hello there'}} />);\n  view.add(<Rect ref={{card}} size={{[640, 360]}} y={{360}} fill={{'#303060'}} />);\n  yield* waitFor(1);\n  yield* card().y(0, 1);\n  yield* waitFor(1);"
    ));
    // A circle does not fill its box; what is clipped is not seen.
    nothing(&format!(
        "  view.add(<Txt {TEXT} text={{'Hello'}} x={{-80}} y={{-80}} />);\n  view.add(<Circle size={{250}} fill={{'#303060'}} />);\n  yield* waitFor(1);"
    ));
    nothing(&format!(
        "  view.add(<Txt {TEXT} text={{'Hello there'}} />);\n  view.add(<Rect clip size={{[90, 90]}} y={{120}} fill={{'#303060'}}><Rect size={{500}} fill={{'#303060'}} /></Rect>);\n  yield* waitFor(1);"
    ));
}

#[test]
fn a_picture_half_off_the_canvas() {
    let at = |x: i32, size: i32| {
        format!(
            "  view.add(<Icon icon={{'mdi:star'}} size={{{size}}} x={{{x}}} />);\n  yield* waitFor(1);"
        )
        .replace("Icon icon={'mdi:star'}", "Img src={'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 8 8%22%3E%3Crect width=%228%22 height=%228%22 fill=%22red%22/%3E%3C/svg%3E'}")
    };
    let found = only(&at(320, 100), Rule::HalfOff, Gravity::Warning);
    assert!(
        found.message.contains("50 % of the Img"),
        "{}",
        found.message
    );
    nothing(&at(290, 100));
    // One that fills the canvas is a background.
    nothing(&at(400, 700));
}

#[test]
fn a_text_that_is_gone_before_it_is_read() {
    let of = |text: &str, seconds: f64| {
        format!(
            "  const text = createRef<Txt>();\n  view.add(<Txt ref={{text}} {TEXT} fontSize={{16}} text={{'{text}'}} />);\n  yield* waitFor({seconds});\n  text().remove();\n  view.add(<Circle size={{50}} fill={{'red'}} />);\n  yield* waitFor(1);"
        )
    };
    let long = "A sentence that has far too many words to be read within such a short time";
    let found = only(&of(long, 1.0), Rule::ShortText, Gravity::Warning);
    assert!(
        found.message.contains("reading it takes 3.0 s"),
        "{}",
        found.message
    );
    nothing(&of(long, 3.2));
    nothing(&of("Go!", 0.4));
    // What is typed is there from its first letter on; a changing number is not read.
    nothing(&format!(
        "  const text = createRef<Txt>();\n  view.add(<Txt ref={{text}} {TEXT} fontSize={{16}} text={{''}} />);\n  yield* text().text('{long}', 3, linear);\n  yield* waitFor(0.4);"
    ));
    nothing(&format!(
        "  const text = createRef<Txt>();\n  view.add(<Txt ref={{text}} {TEXT} />);\n  for (let n = 0; n < 40; n++) {{\n    text().text(`${{n * 7919}} items of ${{n * 104729}}`);\n    yield* waitFor(0.1);\n  }}"
    ));
}

#[test]
fn a_picture_that_flashes() {
    let every = |frames: u32, size: &str| {
        format!(
            "  const card = createRef<Rect>();\n  view.add(<Rect ref={{card}} size={{{size}}} fill={{'white'}} />);\n  for (let n = 0; n < 60 / {frames}; n++) {{\n    card().opacity(n % 2);\n    yield* waitFor({frames} / 30);\n  }}"
        )
    };
    let found = only(&every(3, "[640, 360]"), Rule::Flash, Gravity::Warning);
    assert!(
        found.message.contains("on 100 % of the canvas"),
        "{}",
        found.message
    );
    nothing(&every(6, "[640, 360]"));
    nothing(&every(3, "[200, 200]"));
    // A saturated red that comes and goes is worse than its brightness.
    let red = every(3, "[640, 360]").replace("'white'", "'#b00000'");
    only(&red, Rule::Flash, Gravity::Warning);
}

#[test]
fn what_jumps_while_it_moves() {
    let then = |x: i32| {
        format!(
            "  const dot = createRef<Circle>();\n  view.add(<Circle key={{'dot'}} ref={{dot}} size={{50}} fill={{'red'}} x={{-200}} />);\n  yield* dot().x(0, 1, linear);\n  dot().x({x});\n  yield* dot().x(250, 1, linear);"
        )
    };
    let found = only(&then(150), Rule::Jump, Gravity::Note);
    assert_eq!(found.node.as_deref(), Some("dot"));
    assert_eq!(found.frames.unwrap().0, found.frames.unwrap().1);
    nothing(&then(0));
    // What stands before and after is a cut, and so is what is hidden meanwhile.
    nothing(
        "  const dot = createRef<Circle>();\n  view.add(<Circle ref={dot} size={50} fill={'red'} x={-200} />);\n  yield* waitFor(1);\n  dot().x(200);\n  yield* waitFor(1);",
    );
    nothing(
        "  const dot = createRef<Circle>();\n  view.add(<Circle ref={dot} size={50} fill={'red'} x={-200} />);\n  view.add(<Circle size={9} fill={'white'} />);\n  yield* dot().x(0, 1, linear);\n  dot().opacity(0);\n  yield* waitFor(0.1);\n  dot().x(-200).opacity(1);\n  yield* dot().x(0, 1, linear);",
    );
}

#[test]
fn a_font_that_is_not_there() {
    let of = |family: &str| {
        format!(
            "  view.add(<Txt fill={{'white'}} fontFamily={{'{family}'}} text={{'Hello'}} />);\n  yield* waitFor(1);"
        )
    };
    let found = only(&of("No Such Font"), Rule::FallbackFont, Gravity::Warning);
    assert_eq!(found.place["line"], 5);
    assert!(
        found.message.contains("`No Such Font`"),
        "{}",
        found.message
    );
    nothing(&of("Roboto"));
    assert!(findings(&of("No Such Font, Roboto")).len() <= 1);
}
