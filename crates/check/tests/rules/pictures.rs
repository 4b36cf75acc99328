//! Pictures, videos and sounds, and the storyboard.

use kinora_check::{CheckOptions, Gravity, Rule, check, storyboard};
use kinora_film::Size;
use kinora_media::{Quality, VideoCodec, encode_still};
use kinora_session::{RenderOrder, RenderSettings};

use crate::{report_of, rules::tone, session};

/// A picture file of this size.
fn picture(width: u32, height: u32) -> Vec<u8> {
    let codec = VideoCodec::of_picture("a.png".as_ref(), &Quality::default()).unwrap();
    let pixels = [200, 40, 40, 255].repeat((width * height) as usize);
    encode_still(&codec, width, height, &pixels).unwrap()
}

fn rules(body: &str, files: &[(&str, Vec<u8>)]) -> Vec<(Rule, Gravity)> {
    let report = report_of(body, files, &CheckOptions::default());
    let findings = report.findings.iter();
    findings
        .map(|finding| (finding.rule, finding.gravity))
        .collect()
}

#[test]
fn pictures_that_are_too_small_or_stretched() {
    let files = [("a.png", picture(80, 40))];
    let with = |props: &str| {
        let body = format!("  view.add(<Img src={{'/a.png'}} {props} />);\n  yield* waitFor(1);");
        rules(&body, &files)
    };
    assert_eq!(with("width={100}"), []);
    assert_eq!(with("width={200}"), [(Rule::Upscaled, Gravity::Warning)]);
    assert_eq!(with("scale={3}"), [(Rule::Upscaled, Gravity::Warning)]);
    assert_eq!(with("width={200} smoothing={false}"), []);
    assert_eq!(
        with("size={[80, 80]} scale={0.5}"),
        [(Rule::Stretched, Gravity::Warning)]
    );
    assert_eq!(with("size={[60, 30]} rotation={45}"), []);
}

#[test]
fn a_sound_of_which_nothing_is_heard() {
    let with = |loud: f64, props: &str| {
        let body = format!(
            "  view.add(<Circle size={{50}} fill={{'red'}} />);\n  view.add(<Audio src={{'/a.wav'}} play={{true}} {props} />);\n  yield* waitFor(2);"
        );
        rules(&body, &[("a.wav", tone(2, loud))])
    };
    let silent = [(Rule::SilentSound, Gravity::Warning)];
    assert_eq!(with(0.0, ""), silent);
    assert_eq!(with(0.5, "volume={0}"), []);
    assert_eq!(with(0.5, ""), []);
}

#[test]
fn what_was_found_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("tmp")).unwrap();
    let scene = "import {Txt, makeScene2D} from '@revideo/2d';
import {makeProject, waitFor} from '@revideo/core';
const scene = makeScene2D('scene', function* (view) {
  view.fill('#101018');
  view.add(<Txt fill={'white'} fontSize={40} text={'Hello there'} x={280} />);
  yield* waitFor(1);
});
export default makeProject({scenes: [scene], settings: {shared: {size: {x: 640, y: 360}}}});
";
    std::fs::write(path("project.tsx"), scene).unwrap();
    let session = session(&path("project.tsx"), &path("tmp"));
    let report = check(&session, &CheckOptions::default()).unwrap();
    assert_eq!(report.findings.len(), 1);
    let shown = storyboard(&session, &report.findings).unwrap().unwrap();
    // A picture of the frame with a gap around it.
    assert_eq!(shown.size, Size::new(648, 368));
    let pixel = |x: f64, y: f64| {
        let at = ((y as u32 + 4) * shown.size.width + x as u32 + 4) as usize * 4;
        [shown.rgba[at], shown.rgba[at + 1], shown.rgba[at + 2]]
    };
    let bounds = report.findings[0].bounds.unwrap();
    let middle = bounds.center().y;
    assert_eq!(pixel(bounds.x0 + 1.0, middle), [255, 64, 48]);
    assert_eq!(pixel(bounds.x0 - 9.0, middle), [16, 16, 24]);
    assert!(storyboard(&session, &[]).unwrap().is_none());
}

/// A film of one second, 160 by 90.
fn clip() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("tmp")).unwrap();
    let scene = "import {Circle, makeScene2D} from '@revideo/2d';
import {createRef, makeProject} from '@revideo/core';
const scene = makeScene2D('scene', function* (view) {
  const dot = createRef<Circle>();
  view.add(<Circle ref={dot} size={40} fill={'red'} />);
  yield* dot().x(50, 1);
});
export default makeProject({scenes: [scene], settings: {shared: {size: {x: 160, y: 90}}}});
";
    std::fs::write(path("project.tsx"), scene).unwrap();
    let file = path("clip.mp4");
    let recipe = RenderSettings::default().recipe(&file).unwrap();
    let order = RenderOrder::new(&file, recipe);
    session(&path("project.tsx"), &path("tmp"))
        .render(&order)
        .unwrap();
    std::fs::read(file).unwrap()
}

#[test]
fn videos_that_end_or_are_stretched() {
    let files = [("a.mp4", clip())];
    let with = |props: &str, seconds: f64| {
        let body = format!(
            "  view.add(<Video src={{'/a.mp4'}} play={{true}} {props} />);\n  yield* waitFor({seconds});"
        );
        rules(&body, &files)
    };
    assert_eq!(with("width={160}", 1.0), []);
    assert_eq!(
        with("width={160}", 2.0),
        [(Rule::MediaEnds, Gravity::Warning)]
    );
    assert_eq!(with("width={160} loop={true}", 2.0), []);
    assert_eq!(with("width={160} opacity={0}", 2.0), []);
    assert_eq!(
        with("size={[90, 90]}", 1.0),
        [(Rule::Stretched, Gravity::Warning)]
    );
    assert_eq!(
        with("width={320}", 1.0),
        [(Rule::Upscaled, Gravity::Warning)]
    );
}
