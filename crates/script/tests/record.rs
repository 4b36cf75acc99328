//! Whole projects, recorded.

mod common;

use common::{Film, Project};
use kinora_film::{AssetKind, Node, PictureSource};
use kinora_script::Severity;

const HELLO: &str = r#"
import {Audio, Txt, Video, makeScene2D} from '@revideo/2d';
import {all, createRef, makeProject, useScene, waitFor} from '@revideo/core';

const scene = makeScene2D('hello', function* (view) {
  const text = createRef<Txt>();
  const message = useScene().variables.get('message', 'Hello');
  yield view.add(
    <>
      <Video src={'/beach.mp4'} play={true} size={['100%', '100%']} />
      <Audio src={'/beat.mp3'} play={true} time={2.0} />
    </>,
  );
  yield view.add(<Txt fontFamily={'Roboto'} ref={text} fontSize={50} fill={'white'} text={message} />);
  yield* waitFor(1);
  yield* all(text().fontSize(100, 4), text().rotation(90, 4));
  yield* waitFor(25);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1920, y: 1080}}}});
"#;

fn scene(body: &str) -> String {
    format!(
        "import {{Audio, Circle, Img, Layout, Line, Node, Rect, Txt, Video, makeScene2D}} from '@revideo/2d';\n\
         import {{all, createRef, createSignal, loop, makeProject, tween, useLogger, useScene, waitFor}} from '@revideo/core';\n\
         const scene = makeScene2D('one', function* (view) {{\n{body}\n}});\n\
         export default makeProject({{scenes: [scene], settings: {{rendering: {{fps: 10}}}}}});\n"
    )
}

fn project(body: &str) -> Project {
    Project::new(&[("src/project.tsx", &scene(body))])
}

fn pictures(node: &Node, found: &mut Vec<f64>) {
    match node {
        Node::Group(group) => group
            .children
            .iter()
            .for_each(|child| pictures(child, found)),
        Node::Picture(picture) => {
            if let PictureSource::Video { time } = picture.source {
                found.push(time);
            }
        }
        _ => {}
    }
}

#[test]
fn hello_has_900_frames_its_clip_and_its_sounds() {
    let project = Project::new(&[("project.tsx", HELLO)]);
    let (recording, film) = project
        .record("project.tsx", |_| {})
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(film.frames.len(), 900);
    assert_eq!(recording.frames, 0..900);
    assert_eq!(
        (recording.header.size.width, recording.header.size.height),
        (1920, 1080)
    );
    assert_eq!(recording.scenes.len(), 1);
    assert_eq!(recording.scenes[0].name, "hello");
    assert_eq!(
        recording.variables,
        [("message".to_owned(), serde_json::json!("Hello"))]
    );

    let mut kinds: Vec<AssetKind> = recording
        .assets
        .iter()
        .map(|used| used.asset.kind)
        .collect();
    kinds.sort();
    assert_eq!(kinds, [AssetKind::Video, AssetKind::Audio]);
    assert!(recording.fonts.iter().any(|font| font.family == "Roboto"));
    for (index, seconds) in [(0, 0.0), (30, 1.0), (150, 5.0)] {
        let mut times = Vec::new();
        pictures(&film.frames[index].1, &mut times);
        assert_eq!(times.len(), 1, "frame {index}");
        assert!(
            (times[0] - seconds).abs() < 1e-6,
            "frame {index}: {times:?}"
        );
    }
    let beat = recording
        .sounds
        .iter()
        .find(|cue| (cue.time - 2.0).abs() < 1e-6);
    let beat = beat.unwrap_or_else(|| panic!("{:?}", recording.sounds));
    assert_eq!(beat.frames.start, 0);
}

const EVENTS: &str = r"
import {makeScene2D} from '@motion-canvas/2d';
import {loopUntil, useDuration, useRandom, useScene, waitFor, waitUntil} from '@motion-canvas/core';
export const other = 5;
export default makeScene2D(function* () {
  console.log(useScene().name, useDuration('first'), useRandom().nextFloat(), useRandom(5, false).nextFloat());
  yield* waitUntil('first');
  yield* waitUntil('second');
  yield* loopUntil('third', () => waitFor(0.1));
});
";

const EVENTS_PROJECT: &str = "
import {makeProject} from '@motion-canvas/core';
import intro, {other} from './scenes/intro?scene';
if (other !== 5) throw new Error('exports are not passed on');
export default makeProject({scenes: [intro]});
";

fn events(meta: &[(&str, &str)]) -> Project {
    let mut files = vec![
        ("src/project.tsx", EVENTS_PROJECT),
        ("src/scenes/intro.tsx", EVENTS),
    ];
    files.extend(meta);
    Project::new(&files)
}

#[test]
fn scenes_of_motion_canvas_take_names_and_times_from_their_files() {
    let meta = r#"{"version": 0, "seed": 123, "timeEvents": [
        {"name": "first", "targetTime": 1}, {"name": "second", "targetTime": 1.5}, {"name": "third", "targetTime": 2}, null]}"#;
    let beside = [
        ("src/scenes/intro.meta", meta),
        (
            "src/project.meta",
            r#"{"version": 0, "rendering": {"fps": 10}, "shared": {"size": {"x": 320, "y": 180}, "background": "red", "range": [0.5, null]}}"#,
        ),
    ];
    let project = events(&beside);
    let (logged, done) = project.record_logged();
    let film = done.unwrap_or_else(|told| panic!("{told}"));
    // seed 123 and seed 128
    assert_eq!(logged, ["intro 1 0.7872516233474016 0.4430417974945158"]);
    assert_eq!((film.frames[0].0, film.frames.len()), (5, 15));
    let header = film.header.unwrap();
    assert_eq!((header.size.width, header.size.height), (320, 180));
    assert_eq!(header.fps.value(), 10.0);
    assert_eq!(
        header.background,
        kinora_film::Color::rgba(1.0, 0.0, 0.0, 1.0)
    );
}

#[test]
fn time_events_that_nothing_places_take_no_time() {
    let (logged, done) = events(&[]).record_logged();
    assert_eq!(done.unwrap().frames.len(), 2);
    assert_eq!(logged.len(), 4, "{logged:?}");
    assert!(
        logged[0].starts_with("warn: the time event `first` takes no time"),
        "{logged:?}"
    );
    let variables = |value: serde_json::Value| {
        let project = events(&[(
            "src/scenes/intro.meta",
            r#"{"timeEvents": [{"name": "third", "targetTime": 9}]}"#,
        )]);
        let done = project.record("src/project.tsx", |options| {
            options.fps = Some(10.0);
            options.variables = Some(serde_json::json!({ "timeEvents": value }));
        });
        done.unwrap_or_else(|error| panic!("{error}"))
            .1
            .frames
            .len()
    };
    assert_eq!(
        variables(serde_json::json!({"first": 1, "second": 2, "third": 3})),
        30
    );
    assert_eq!(
        variables(serde_json::json!({"first": 7, "intro": {"first": 1}, "third": 2})),
        20
    );
    assert_eq!(variables(serde_json::json!({"second": 1})), 91);
}

#[test]
fn a_broken_meta_file_is_placed() {
    assert_eq!(
        events(&[("src/scenes/intro.meta", "{\"timeEvents\": [}")])
            .record_logged()
            .1
            .err()
            .unwrap(),
        "invalid JSON: expected value\n  src/scenes/intro.meta:1:17\n  1 | {\"timeEvents\": [}\n    |                 ^"
    );
    assert_eq!(
        events(&[("src/project.meta", "[1")])
            .record_logged()
            .1
            .err()
            .unwrap(),
        "invalid JSON: eof while parsing a list\n  src/project.meta:1:2\n  1 | [1\n    |  ^"
    );
    let project = Project::new(&[
        ("src/project.tsx", EVENTS_PROJECT),
        ("src/scenes/intro.tsx", "export const other = 5;"),
    ]);
    assert_eq!(
        project.record_logged().1.err().unwrap(),
        "`./intro.tsx` has no default export\n  src/scenes/intro.tsx:1:1\n  1 | export const other = 5;\n    | ^\n  hint: import what you need by name: `import {…} from`"
    );
}

#[test]
fn a_text_may_be_cut_within_a_character() {
    let body = "const txt = createRef<Txt>(); view.add(<Txt ref={txt} text={''} />); yield* txt().text('a\u{1f4a1}b\u{1f4a1}', 1);";
    let (_, film) = project(body)
        .record("src/project.tsx", |_| {})
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(film.frames.len(), 12);
}

#[test]
fn unchanged_frames_are_the_same_drawing() {
    let project = project("view.add(<Rect size={100} fill={'red'} />); yield* waitFor(1);");
    let (_, film) = project
        .record("src/project.tsx", |_| {})
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(film.frames.len(), 11);
    assert!(film.frames[3].1.same(&film.frames[9].1));
}

#[test]
fn ranges_are_half_open_and_cut_what_the_whole_has() {
    let body = "const rect = createRef<Rect>(); view.add(<Rect ref={rect} size={100} fill={'red'} />); yield* rect().x(300, 2);";
    let project = project(body);
    let (_, whole) = project
        .record("src/project.tsx", |_| {})
        .unwrap_or_else(|error| panic!("{error}"));
    let (part, cut) = project
        .record("src/project.tsx", |options| {
            options.range = Some((0.5, 1.0))
        })
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(whole.frames.len(), 21);
    assert_eq!(part.frames, 5..10);
    assert_eq!(cut.frames, whole.frames[5..10]);
    let (end, _) = project
        .record("src/project.tsx", |options| {
            options.range = Some((1.5, f64::INFINITY))
        })
        .unwrap();
    assert_eq!(end.frames, 15..21);
}

#[test]
fn options_take_the_place_of_settings() {
    let body =
        "view.add(<Txt text={useScene().variables.get('name', 'none')} />); yield* waitFor(1);";
    let (recording, film) = project(body)
        .record("src/project.tsx", |options| {
            options.fps = Some(24.0);
            options.size = Some((640, 360));
            options.scale = Some(0.5);
            options.background = Some("#ff0000".to_owned());
            options.variables = Some(serde_json::json!({"name": "given"}));
        })
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        (recording.header.size.width, recording.header.size.height),
        (320, 180)
    );
    assert_eq!(recording.header.fps.value(), 24.0);
    assert_eq!(recording.header.background.to_rgba8(), [255, 0, 0, 255]);
    assert_eq!(film.frames.len(), 25);
}

#[test]
fn a_sink_that_has_enough_ends_the_run() {
    let project = project("yield* waitFor(1000);");
    let mut film = Film {
        limit: Some(3),
        ..Film::default()
    };
    let host = common::TestHost::default();
    let recording = kinora_script::record(
        &project.options("src/project.tsx"),
        Box::new(host),
        &mut film,
    )
    .unwrap();
    let taken = (film.frames.len(), recording.recording.frames);
    assert_eq!(taken, (3, 0..3));
    assert!(recording.stopped.is_some());
}

#[test]
fn scripts_see_a_frozen_clock_and_the_same_random_numbers() {
    let body = "console.log(Date.now(), new Date().getTime(), performance.now(), Math.random(), new Date(5).getTime()); yield;";
    let run = || {
        let project = project(body);
        let mut options = project.options("src/project.tsx");
        options.now_ms = 1_700_000_000_000.0;
        let host = common::TestHost::default();
        let logged = host.logged.clone();
        kinora_script::record(&options, Box::new(host), &mut Film::default()).unwrap();
        logged.take()
    };
    let (recording, _) = project(body)
        .record("src/project.tsx", |options| options.now_ms = 5.0)
        .unwrap();
    assert_eq!(recording.now_ms, 5.0);
    let first = run();
    assert!(
        first[0].starts_with("1700000000000 1700000000000 0 0."),
        "{first:?}"
    );
    assert!(first[0].ends_with(" 5"), "{first:?}");
    assert_eq!(first, run());
}

#[test]
fn fonts_of_stylesheets_are_known() {
    let font = std::fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fonts/Roboto-Bold.ttf"
    ))
    .unwrap();
    let body = scene(
        "view.add(<><Txt fontFamily={'Mine'} text={'x'} /><Txt fontFamily={'Two'} text={'a'} /><Txt fontFamily={'One'} text={'b'} /></>); yield;",
    );
    let project = Project::new(&[
        ("project.tsx", &format!("import './global.css';\n{body}")),
        (
            "global.css",
            "@import './more.css'; @font-face { font-family: 'Web'; src: url(web.eot) }
             @font-face { font-family: 'Two'; src: url(missing.woff2) format('woff2'), url(small.woff2) format('woff2') }
             @font-face { font-family: 'One'; src: url(small.woff) }
             @font-face { font-family: 'Broken'; src: url(broken.woff2) }",
        ),
        (
            "more.css",
            "@font-face { font-family: 'Mine'; src: url('./mine.ttf') }",
        ),
    ]);
    std::fs::write(project.root().join("mine.ttf"), font).unwrap();
    let packed = |name: &str| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fonts");
        std::fs::read(format!("{folder}/{name}")).unwrap()
    };
    for name in ["small.woff", "small.woff2"] {
        std::fs::write(project.root().join(name), packed(name)).unwrap();
    }
    let broken = &packed("small.woff2")[..300];
    std::fs::write(project.root().join("broken.woff2"), broken).unwrap();
    let (recording, _) = project
        .record("project.tsx", |_| {})
        .unwrap_or_else(|error| panic!("{error}"));
    for family in ["Mine", "Two", "One"] {
        let known = recording.fonts.iter().any(|font| font.family == family);
        assert!(known, "{family}: {:?}", recording.fonts);
    }
    let warned: Vec<&str> = recording
        .diagnostics
        .iter()
        .map(|it| it.message.as_str())
        .collect();
    let root = project.root().display().to_string();
    assert_eq!(
        warned,
        [
            "the font `Web` is not used: its stylesheet offers it in no format that is read"
                .to_owned(),
            format!(
                "cannot load the font `Broken` from `{root}/broken.woff2`: it is a damaged WOFF file"
            ),
        ]
    );
    assert_eq!(recording.diagnostics[0].severity, Severity::Warning);
}

#[test]
fn what_is_not_a_project_is_refused() {
    let hint = "\n  hint: export a project: `export default makeProject({scenes: [scene]})`";
    for (source, what) in [
        ("export const x = 1;", "has no default export"),
        ("export default 5;", "is a number, not a project"),
        (
            "export default {a: 1};",
            "is an object without `scenes`, not a project",
        ),
        ("export default () => 1;", "is a function, not a project"),
        (
            "import {makeProject} from '@revideo/core'; export default makeProject({scenes: []});",
            "is a project without any scene, not a project",
        ),
        (
            "import {makeScene2D} from '@revideo/2d'; export default makeScene2D('a', function* () {});",
            "is a scene, not a project",
        ),
    ] {
        let project = Project::new(&[("p.ts", source)]);
        let told = project.record_fault("p.ts", |_| {});
        let subject = if what.starts_with("has") {
            "`p.ts`"
        } else {
            "the default export of `p.ts`"
        };
        assert_eq!(told, format!("{subject} {what}{hint}"));
    }
}

#[test]
fn an_unknown_export_of_the_runtime_has_a_suggestion() {
    let project = Project::new(&[(
        "p.tsx",
        "import {makeProject, waitfor, Txt} from '@revideo/core';\nimport {Rct} from '@revideo/2d';\nimport {X} from '@revideo/2d/lib/componets';\nimport '@revideo/ui';\nexport default [makeProject, waitfor, Txt, Rct, X];\n",
    )]);
    let told = project.record_fault("p.tsx", |_| {});
    assert_eq!(
        told,
        "cannot find module `@revideo/2d/lib/componets`\n  p.tsx:3:17\n  3 | import {X} from '@revideo/2d/lib/componets';\n    |                 ^\n  hint: did you mean `@revideo/2d/lib/components`?\n\n\
         cannot find module `@revideo/ui`\n  p.tsx:4:8\n  4 | import '@revideo/ui';\n    |        ^\n  hint: there is no `@revideo/ui` here: scenes can import `@revideo/core` and `@revideo/2d`"
    );
    let project = Project::new(&[(
        "p.tsx",
        "import {makeProject, waitfor, Txt} from '@revideo/core';\nimport {Rct} from '@revideo/2d';\nexport default [makeProject, waitfor, Txt, Rct];\n",
    )]);
    assert_eq!(
        project.record_fault("p.tsx", |_| {}),
        "`@revideo/core` has no export `waitfor`\n  p.tsx:1:22\n  1 | import {makeProject, waitfor, Txt} from '@revideo/core';\n    |                      ^\n  hint: did you mean `waitFor`?\n\n\
         `@revideo/core` has no export `Txt`\n  p.tsx:1:31\n  1 | import {makeProject, waitfor, Txt} from '@revideo/core';\n    |                               ^\n  hint: `@revideo/2d` exports it\n\n\
         `@revideo/2d` has no export `Rct`\n  p.tsx:2:9\n  2 | import {Rct} from '@revideo/2d';\n    |         ^\n  hint: did you mean `Rect`?"
    );
}

#[test]
fn an_exception_in_a_scene_names_its_line_and_frame() {
    let told = project(
        "view.add(<Rect />);\nyield* waitFor(0.5);\nconst none: any = undefined;\nnone.x = 1;",
    )
    .record_fault("src/project.tsx", |_| {});
    assert_eq!(
        told,
        "TypeError: cannot set property 'x' of undefined\n  src/project.tsx:7:1\n  7 | none.x = 1;\n    | ^\n  hint: it happened in frame 4"
    );
}

#[test]
fn numbers_that_are_not_finite_name_node_and_property() {
    let told = project("const rect = createRef<Rect>();\nview.add(<Rect ref={rect} width={10} key={'box'} />);\nyield* waitFor(0.3);\nrect().x(0 / 0);\nyield* waitFor(0.3);").record_fault("src/project.tsx", |_| {});
    assert!(told.contains("`box`"), "{told}");
    assert!(told.contains("`position`"), "{told}");
    assert!(told.contains("it happened in frame"), "{told}");
}

#[test]
fn a_missing_file_names_its_address() {
    let told = project("yield view.add(<Img src={'/missing.png'} width={10} />);")
        .record_fault("src/project.tsx", |_| {});
    assert!(
        told.contains("`/missing.png`") && told.contains("there is no such file"),
        "{told}"
    );
}

#[test]
fn an_endless_loop_is_stopped_and_placed() {
    let told = project("yield* waitFor(0.2);\nlet n = 0;\nwhile (true) {\n  n += 1;\n}")
        .record_fault("src/project.tsx", |options| {
            options.limits.frame_seconds = 0.3
        });
    assert!(
        told.starts_with("frame 1 took longer than 0.3 s of script"),
        "{told}"
    );
    assert!(told.contains("src/project.tsx:"), "{told}");
    assert!(told.contains("hint: an endless loop?"), "{told}");
    let top = Project::new(&[("p.ts", "for (;;) {}")])
        .record_fault("p.ts", |options| options.limits.frame_seconds = 0.2);
    assert!(
        top.starts_with("the project took longer than 0.2 s to load\n  p.ts:1:"),
        "{top}"
    );
}

#[test]
fn a_scene_that_never_ends_is_stopped() {
    let told = project("while (true) yield* waitFor(1);")
        .record_fault("src/project.tsx", |options| {
            options.limits.max_duration_s = 20.0
        });
    assert!(
        told.starts_with("scene `one` has not ended after 20 s"),
        "{told}"
    );
}

#[test]
fn a_script_that_eats_memory_or_stack_is_stopped() {
    let told =
        project("const all: any[] = [];\nwhile (true) all.push(new Array(1000).fill(all.length));")
            .record_fault("src/project.tsx", |options| {
                options.limits.heap_bytes = 64 << 20
            });
    assert_eq!(
        told,
        "the script needs more than 64 MiB of memory\n  src/project.tsx:5:44\n  5 | while (true) all.push(new Array(1000).fill(all.length));\n    |                                            ^\n  hint: an endless loop that keeps what it makes? `--max-memory` gives more\n  hint: it happened in frame 0"
    );
    let told = project("const down = (n: number): number => down(n + 1) + 1;\ndown(0); yield;")
        .record_fault("src/project.tsx", |_| {});
    assert!(
        told.starts_with("RangeError: Maximum call stack size exceeded\n  src/project.tsx:4:"),
        "{told}"
    );
}

#[test]
fn a_range_behind_the_end_is_refused() {
    let project = project("yield* waitFor(1);");
    let told = project.record_fault("src/project.tsx", |options| {
        options.range = Some((5.0, 6.0))
    });
    assert_eq!(
        told,
        "the range starts at 5 s, but the project ends at 1.1 s"
    );
    let told = project.record_fault("src/project.tsx", |options| {
        options.range = Some((6.0, 5.0))
    });
    assert_eq!(
        told,
        "the range from `6` s to `5` s holds no frame\n  hint: a range ends after it starts"
    );
}

#[test]
fn rendering_from_within_a_scene_is_refused() {
    let body = scene("yield;");
    let source = format!(
        "import {{renderVideo}} from '@revideo/renderer';\nawait renderVideo({{projectFile: 'x'}});\n{body}"
    );
    let told = Project::new(&[("p.tsx", &source)]).record_fault("p.tsx", |_| {});
    assert_eq!(
        told,
        "renderVideo cannot be called while a film is recorded: call it from a script run with `kinora run`\n  p.tsx:2:7\n  2 | await renderVideo({projectFile: 'x'});\n    |       ^"
    );
}

#[test]
fn deep_trees_are_refused() {
    let nested = |depth: usize| {
        project(&format!(
            "let parent: any = view;\nfor (let i = 0; i < {depth}; i++) {{ const next = <Node /> as any; parent.add(next); parent = next; }}\nyield* waitFor(0.2);"
        ))
    };
    let (recording, _) = nested(200)
        .record("src/project.tsx", |_| {})
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(recording.frames, 0..2);
    let told = nested(3000).record_fault("src/project.tsx", |_| {});
    let deep = told.contains("lies more than 256 nodes deep")
        || told.contains("Maximum call stack size exceeded");
    assert!(deep && told.contains("it happened in frame 0"), "{told}");
}

#[test]
fn rejections_in_scenes_are_warnings() {
    let body = "(async () => { await null; throw new Error('unheard'); })(); yield* waitFor(0.2);";
    let (recording, _) = project(body)
        .record("src/project.tsx", |_| {})
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(recording.diagnostics.len(), 1);
    assert_eq!(recording.diagnostics[0].message, "unheard");
    assert_eq!(recording.diagnostics[0].severity, Severity::Warning);
    assert_eq!(recording.diagnostics[0].place.as_ref().unwrap().line, 4);
}

#[test]
fn an_error_in_a_reactive_value_ends_the_recording_once_told() {
    let body = "const none: any = null;\nview.add(<Rect size={10} fill={() => none.color} />);\nyield* waitFor(1);";
    let project = project(body);
    let host = common::TestHost::default();
    let logged = host.logged.clone();
    let options = project.options("src/project.tsx");
    let told = kinora_script::record(&options, Box::new(host), &mut Film::default()).unwrap_err();
    let told = project.relative(&told);
    assert!(
        told.contains("cannot read property 'color' of null\n  src/project.tsx:5:"),
        "{told}"
    );
    assert_eq!(logged.take(), Vec::<String>::new());
}

#[test]
fn console_errors_are_passed_on_and_end_nothing() {
    let project = project("console.error('oh', new Error('no')); yield* waitFor(0.1);");
    let host = common::TestHost::default();
    let logged = host.logged.clone();
    kinora_script::record(
        &project.options("src/project.tsx"),
        Box::new(host),
        &mut Film::default(),
    )
    .unwrap();
    let logged = logged.take();
    assert_eq!(logged, ["error: oh error: no\nat src/project.tsx:4:25"]);
}

#[test]
fn a_scene_that_is_no_generator_is_refused() {
    let source = "import {makeScene2D} from '@revideo/2d'; import {makeProject} from '@revideo/core';\n\
        export default makeProject({scenes: [makeScene2D('plain', ((view: any) => { view.fill('red'); }) as any)]});";
    let told = Project::new(&[("p.ts", source)]).record_fault("p.ts", |_| {});
    assert!(told.starts_with("the scene `plain` is made of a function that is no generator: write `function* (view) {…}`"), "{told}");
}

/// A film that makes nodes, tweens them in every way and takes them out again.
fn turnover(rounds: u32) -> String {
    format!(
        r"
import {{Circle, Layout, Rect, Txt, makeScene2D}} from '@revideo/2d';
import {{all, linear, loop, makeProject}} from '@revideo/core';
const run = function* (view) {{
  yield* loop({rounds}, function* () {{
    const nodes = Array.from({{length: 40}}, (_, index) => index % 2 === 0
      ? <Rect size={{10}} fill={{'red'}}><Circle size={{5}} /></Rect>
      : <Layout layout><Txt text={{`${{index}}`}} fontSize={{20}} /></Layout>);
    view.add(nodes);
    yield* all(...nodes.map(node => all(node.position([50, 50], 0.2, linear), node.rotation(90, 0.2))),
      ...nodes.filter(node => node instanceof Rect).map(node => node.fill('blue', 0.2)));
    for (const node of nodes) node.remove();
  }});
}};
const scenes = Array.from({{length: 5}}, (_, index) => makeScene2D(`scene${{index}}`, run));
export default makeProject({{scenes, settings: {{rendering: {{fps: 10}}}}}});
"
    )
}

#[test]
fn nodes_that_nobody_can_reach_take_no_memory() {
    let project = Project::new(&[("src/project.tsx", &turnover(12))]);
    let (_, film) = project
        .record("src/project.tsx", |options| {
            // 4,800 nodes with what belongs to them take many times as much
            options.limits.heap_bytes = 24 << 20;
        })
        .unwrap();
    assert!(film.frames.len() >= 5 * 12 * 2, "{}", film.frames.len());
}

#[test]
fn a_tsconfig_above_the_root_counts() {
    let project = Project::new(&[
        (
            "tsconfig.json",
            r#"{"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["src/*"]}}}"#,
        ),
        ("src/box/index.ts", "export const size = 9;"),
        (
            "demo/src/project.tsx",
            "import {size} from '@/box';\nimport {Rect, makeScene2D} from '@revideo/2d';\nimport {makeProject} from '@revideo/core';\n\
             const scene = makeScene2D('one', function* (view) {\n  view.add(<Rect size={size} fill={'red'} />);\n  yield;\n});\n\
             export default makeProject({scenes: [scene]});\n",
        ),
    ]);
    let (_, film) = project
        .record("demo/src/project.tsx", |options| {
            options.root.push("demo");
        })
        .unwrap();
    assert!(!film.frames.is_empty());
}
