use kinora_check::{CheckOptions, Gravity, Rule};

use crate::{TEXT, nothing, only, report_of};

#[test]
fn what_is_never_on_the_canvas() {
    let found = only(
        &format!(
            "  view.add(<Txt key={{'lost'}} {TEXT} text={{'Hello'}} x={{600}} />);\n  yield* waitFor(1);"
        ),
        Rule::OffCanvas,
        Gravity::Warning,
    );
    assert_eq!(found.node.as_deref(), Some("lost"));
    assert_eq!(found.place["line"], 5);
    assert_eq!(found.frames, Some((0, 30)));
    assert!(found.bounds.unwrap().x0 > 640.0);
    // What comes in, or was faded out before, is seen.
    nothing(&format!(
        "  const text = createRef<Txt>();\n  view.add(<Txt ref={{text}} {TEXT} text={{'Hello'}} x={{600}} />);\n  yield* text().x(0, 1);\n  yield* text().opacity(0, 0.3);\n  text().x(900);\n  view.add(<Circle size={{50}} fill={{'red'}} />);\n  yield* waitFor(1);"
    ));
}

#[test]
fn a_text_that_the_edge_cuts() {
    let found = only(
        &format!(
            "  view.add(<Txt {TEXT} text={{'Hello there'}} x={{280}} />);\n  yield* waitFor(1);"
        ),
        Rule::CutOff,
        Gravity::Warning,
    );
    assert!(found.message.contains("`Hello there`"), "{}", found.message);
    // One that runs through is not cut.
    nothing(&format!(
        "  const text = createRef<Txt>();\n  view.add(<Txt ref={{text}} {TEXT} text={{'Hello there'}} x={{-500}} />);\n  yield* text().x(500, 2);"
    ));
}

#[test]
fn a_text_larger_than_its_box() {
    let found = only(
        &format!(
            "  view.add(<Rect width={{120}} height={{60}} fill={{'#303060'}}><Txt {TEXT} text={{'Unbreakable'}} /></Rect>);\n  yield* waitFor(1);"
        ),
        Rule::Overflow,
        Gravity::Warning,
    );
    assert!(
        found.message.contains("the box behind it 120×60"),
        "{}",
        found.message
    );
    nothing(&format!(
        "  view.add(<Rect layout padding={{20}} fill={{'#303060'}}><Txt {TEXT} text={{'Unbreakable'}} /></Rect>);\n  yield* waitFor(1);"
    ));
}

#[test]
fn texts_over_one_another() {
    let two = |y: i32| {
        format!(
            "  view.add(<Txt {TEXT} text={{'First line'}} />);\n  view.add(<Txt {TEXT} text={{'Second line'}} y={{{y}}} />);\n  yield* waitFor(1);"
        )
    };
    let found = only(&two(10), Rule::Overlap, Gravity::Warning);
    assert!(
        found.message.contains("`First line` and `Second line`"),
        "{}",
        found.message
    );
    nothing(&two(50));
    // What is covered is not seen.
    only(
        &format!(
            "  view.add(<Txt {TEXT} text={{'Below'}} />);\n  view.add(<Rect size={{400}} fill={{'#303060'}} />);\n  view.add(<Txt {TEXT} text={{'Above'}} />);\n  yield* waitFor(1);"
        ),
        Rule::Covered,
        Gravity::Warning,
    );
    // A shadow made of a second text is meant.
    nothing(&format!(
        "  view.add(<Txt {TEXT} text={{'Title'}} x={{2}} y={{2}} />);\n  view.add(<Txt {TEXT} text={{'Title'}} />);\n  yield* waitFor(1);"
    ));
}

#[test]
fn a_text_that_hardly_stands_out() {
    let on = |fill: &str, behind: &str| {
        format!(
            "  view.add(<Rect size={{500}} fill={{'{behind}'}} />);\n  view.add(<Txt fontSize={{30}} fontFamily={{'Roboto'}} fill={{'{fill}'}} text={{'Hello there'}} />);\n  yield* waitFor(1);"
        )
    };
    let found = only(&on("#707070", "#505060"), Rule::Contrast, Gravity::Warning);
    assert!(
        found.message.contains("#707070") && found.message.contains("#505060"),
        "{}",
        found.message
    );
    assert!(found.hint.contains("would do"), "{}", found.hint);
    nothing(&on("#ffffff", "#505060"));
    nothing(&on("#101010", "#c0c0c0"));
}

#[test]
fn a_character_that_no_font_has() {
    let found = only(
        &format!(
            "  view.add(<Txt key={{'old'}} {TEXT} text={{'A \\u{{12000}} B'}} />);\n  yield* waitFor(1);"
        ),
        Rule::MissingGlyph,
        Gravity::Warning,
    );
    assert_eq!(found.place["line"], 5);
    nothing(&format!(
        "  view.add(<Txt {TEXT} text={{'Äöü ß é'}} />);\n  yield* waitFor(1);"
    ));
}

#[test]
fn a_text_too_small_to_be_read() {
    let of = |size: u32| {
        format!(
            "  view.add(<Txt fill={{'white'}} fontFamily={{'Roboto'}} fontSize={{{size}}} text={{'Hello'}} />);\n  yield* waitFor(1);"
        )
    };
    let found = only(&of(4), Rule::SmallText, Gravity::Warning);
    assert!(found.message.contains("4.0 pixels"), "{}", found.message);
    nothing(&of(8));
}

#[test]
fn stretches_without_a_picture_or_a_change() {
    let found = only(
        "  view.fill(null);\n  const dot = createRef<Circle>();\n  view.add(<Circle ref={dot} size={50} fill={'red'} />);\n  yield* waitFor(1);\n  dot().opacity(0);\n  yield* waitFor(2);\n  dot().opacity(1);\n  yield* waitFor(1);",
        Rule::Empty,
        Gravity::Warning,
    );
    assert_eq!(found.frames, Some((30, 89)));
    nothing("  view.add(<Circle size={50} fill={'red'} />);\n  yield* waitFor(3);");
    only(
        "  view.add(<Circle size={50} fill={'red'} />);\n  yield* waitFor(12);",
        Rule::Frozen,
        Gravity::Note,
    );
}

/// A file of sound: so many seconds as loud as this.
pub fn tone(seconds: u32, loud: f64) -> Vec<u8> {
    let count = seconds * 48_000;
    let mut file = Vec::new();
    file.extend(b"RIFF");
    file.extend((36 + count * 2).to_le_bytes());
    file.extend(b"WAVEfmt ");
    for (value, bytes) in [
        (16, 4),
        (1, 2),
        (1, 2),
        (48_000, 4),
        (96_000, 4),
        (2, 2),
        (16, 2),
    ] {
        file.extend(&u32::to_le_bytes(value)[..bytes]);
    }
    file.extend(b"data");
    file.extend((count * 2).to_le_bytes());
    for index in 0..count {
        let value = (f64::from(index) * 440.0 * std::f64::consts::TAU / 48_000.0).sin();
        file.extend(((value * loud * 32_767.0) as i16).to_le_bytes());
    }
    file
}

#[test]
fn sound_that_is_too_loud_or_cut() {
    let sounds = |times: u32, files: &[(&str, Vec<u8>)]| -> Vec<(Rule, Gravity)> {
        let body = format!(
            "  view.add(<Circle size={{50}} fill={{'red'}} />);\n  for (let times = 0; times < {times}; times++) view.add(<Audio src={{'/a.wav'}} play={{true}} />);\n  yield* waitFor(2);"
        );
        let report = report_of(&body, files, &CheckOptions::default());
        report
            .findings
            .iter()
            .map(|finding| (finding.rule, finding.gravity))
            .collect()
    };
    let short = [("a.wav", tone(2, 0.6))];
    assert_eq!(sounds(3, &short), [(Rule::TooLoud, Gravity::Warning)]);
    assert_eq!(sounds(1, &short), []);
    let long = [("a.wav", tone(5, 0.6))];
    assert_eq!(sounds(1, &long), [(Rule::SoundCut, Gravity::Note)]);
}

#[test]
fn what_is_meant_is_not_told() {
    let line = format!(
        "  view.add(<Txt {TEXT} text={{'Hello'}} x={{600}} />); // kinora-ignore off-canvas\n  yield* waitFor(1);"
    );
    nothing(&line);
    let other = line.replace("kinora-ignore off-canvas", "kinora-ignore contrast");
    only(&other, Rule::OffCanvas, Gravity::Warning);
    let options = CheckOptions {
        ignored: [Rule::OffCanvas].into(),
        ..CheckOptions::default()
    };
    assert!(report_of(&other, &[], &options).findings.is_empty());
}

#[test]
fn what_is_made_in_a_loop_is_told_once() {
    let found = only(
        &format!(
            "  for (let index = 0; index < 5; index++) {{\n    view.add(<Txt {TEXT} text={{`Row ${{index}}`}} x={{700}} y={{index * 50}} />);\n  }}\n  yield* waitFor(1);"
        ),
        Rule::OffCanvas,
        Gravity::Warning,
    );
    assert_eq!(found.others, 4);
    let json = found.to_json();
    assert_eq!(
        (&json["rule"], &json["severity"]),
        (&"off-canvas".into(), &"warning".into())
    );
    assert!(json["box"]["width"].as_f64().unwrap() > 0.0);
    let told = found.to_string();
    assert!(
        told.starts_with("warning[off-canvas]: ") && told.contains("4 more"),
        "{told}"
    );
}
