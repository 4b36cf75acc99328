//! What projects in the wild do and no other test does.

mod common;

use common::{Film, Project};

/// A project of one scene of 10 frames a second.
fn project(body: &str) -> Project {
    let text = format!(
        "import {{Layout, Rect, View2D, lines, makeScene2D, word}} from '@revideo/2d';\n\
         import {{Reference, Vector2, createRef, linear, makeProject, makeRef, makeRefs, range, useLogger, useScene, waitFor}} from '@revideo/core';\n\
         const scene = makeScene2D('one', function* (view: View2D) {{\n{body}\n}});\n\
         export default makeProject({{\n  scenes: [scene],\n  settings: {{shared: {{size: new Vector2(640, 360)}}, rendering: {{fps: 10, exporter: {{name: '@revideo/core/ffmpeg', options: {{format: 'mp4'}}}}}}}},\n}});\n"
    );
    Project::new(&[("src/project.tsx", &text)])
}

fn recorded(body: &str) -> (Vec<String>, Film) {
    let (logged, done) = project(body).record_logged();
    match done {
        Ok(film) => (logged, film),
        Err(told) => panic!("{told}"),
    }
}

#[test]
fn an_exporter_may_be_named_and_the_size_be_a_vector() {
    let (_, film) = recorded("yield* waitFor(0.5);");
    let header = film.header.unwrap();
    assert_eq!((header.size.width, header.size.height), (640, 360));
    assert_eq!((header.fps.value(), film.frames.len()), (10.0, 5));
}

#[test]
fn a_scene_speaks_through_its_logger() {
    let (logged, _) = recorded(
        "useLogger().info('information');\nuseLogger().warn({message: 'warning', remarks: 'remark'});\nuseLogger().debug('detail');\nuseScene().logger.info(`size ${useScene().getSize().x}`);\nyield;",
    );
    assert_eq!(
        logged,
        [
            "information",
            "warn: warning / remark",
            "debug: detail",
            "size 640"
        ]
    );
}

#[test]
fn nodes_are_referred_to_by_lists_objects_and_by_those_who_are_passed_references() {
    let (logged, _) = recorded(
        "const boxes: Rect[] = [];
         view.add(range(3).map(index => <Rect ref={makeRef(boxes, index)} x={index * 10} />));
         const parts = makeRefs<(props: {refs: {box: Rect}}) => unknown>();
         view.add(<Rect ref={makeRef(parts, 'box')} y={7} />);
         function* move(box: Reference<Rect>) { yield* box().x(50, 0.2, linear); }
         const moved = createRef<Rect>();
         view.add(<Rect ref={moved} />);
         yield* move(moved);
         console.log(boxes.map(box => box.x()), parts.box.y(), moved().x());",
    );
    assert_eq!(logged, ["[0, 10, 20] 7 50"]);
}

#[test]
fn lengths_are_written_in_templates_and_paddings_side_by_side() {
    let (logged, _) = recorded(
        "const share = 25;
         const box = createRef<Layout>();
         const inner = createRef<Rect>();
         view.add(<Rect ref={inner} width={`${share * 2}%`} height={'100%'} />);
         view.add(<Layout ref={box} layout paddingLeft={30} paddingTop={5}><Rect width={50} height={20} /></Layout>);
         console.log(inner().width(), inner().height(), box().width(), box().height(), box().padding().left, box().padding.top());
         yield inner().width(`${share}%`, 0.2, linear);
         yield* waitFor(0.2);
         console.log(inner().width());
         yield* waitFor(0.3);
         console.log(inner().width(), inner().width.context.raw());",
    );
    assert_eq!(logged, ["320 360 80 25 30 5", "240", "160 25%"]);
}

#[test]
fn a_ripple_is_drawn_for_its_second() {
    let (_, film) = recorded(
        "const box = createRef<Rect>();\nview.add(<Rect ref={box} size={50} fill={'red'} />);\nyield* box().ripple(0.5);\nyield* waitFor(0.4);",
    );
    let frames: Vec<_> = film.frames.iter().map(|(_, drawing)| drawing).collect();
    let still = frames[0];
    let shown: Vec<usize> = (0..frames.len())
        .filter(|&frame| frames[frame] != still)
        .collect();
    assert_eq!(shown, [1, 2, 3, 4]);
}

#[test]
fn ranges_of_code_are_made() {
    let (logged, _) = recorded(
        "console.log(JSON.stringify([lines(2), lines(1, 3), word(1, 4), word(1, 4, 5)]));\nyield;",
    );
    assert_eq!(
        logged,
        ["[[[2,0],[2,null]],[[1,0],[3,null]],[[1,4],[1,null]],[[1,4],[1,9]]]"]
    );
}

#[test]
fn a_component_that_cannot_be_drawn_is_named_with_its_line() {
    let text = "import {makeScene2D} from '@revideo/2d';\nimport {Rive} from '@revideo/2d';\nimport {makeProject} from '@revideo/core';\n\
         const scene = makeScene2D('one', function* (view) {\n  view.add(<Rive key={'it'} src={'a.riv'} />);\n});\n\
         export default makeProject({scenes: [scene]});\n";
    let project = Project::new(&[("src/project.tsx", text)]);
    let told = project.record_fault("src/project.tsx", |_| {});
    assert!(told.contains("<Rive>"), "{told}");
    assert!(told.contains("src/project.tsx:5:"), "{told}");
}

#[test]
fn code_that_cannot_be_drawn_is_named_with_its_line() {
    let hook = "code={'a'} drawHooks={{token() { throw new Error('no such ink'); }}}";
    for (props, part) in [
        (
            "code={12}",
            "code is a text or what `CODE` gives; it cannot be `12`",
        ),
        ("code={[{unknown: 1}]}", "`{\"unknown\":1}` is none of them"),
        ("selection={'all'}", "`\"all\"`"),
        (
            "code={'x'.repeat(600000)}",
            "`it` shows more code than can be drawn",
        ),
        (hook, "no such ink"),
    ] {
        let text = format!(
            "import {{Code, makeScene2D}} from '@revideo/2d';\nimport {{makeProject}} from '@revideo/core';\n\
             const scene = makeScene2D('one', function* (view) {{\n  view.add(<Code key={{'it'}} {props} />);\n}});\n\
             export default makeProject({{scenes: [scene], experimentalFeatures: true}});\n"
        );
        let project = Project::new(&[("src/project.tsx", &text)]);
        let told = project.record_fault("src/project.tsx", |_| {});
        assert!(told.contains(part), "{told}");
        assert!(told.contains("src/project.tsx:4:"), "{told}");
    }
}

#[test]
fn an_error_that_is_logged_does_not_end_the_film() {
    let (_, film) = recorded("useLogger().error('this is wrong');\nyield;");
    assert_eq!(film.frames.len(), 2);
}

#[test]
fn a_node_that_is_disposed_and_not_removed_is_drawn_no_more() {
    let (_, film) = recorded(
        "const [kept, gone] = [<Rect size={50} fill={'red'} />, <Rect size={20} fill={'blue'} />] as Rect[];
         view.add(kept);
         yield;
         view.add(gone);
         yield;
         gone.dispose();
         view.add(<Rect />);
         yield;",
    );
    let frames: Vec<_> = film.frames.iter().map(|(_, drawing)| drawing).collect();
    assert!(frames[1] != frames[0] && frames[2] == frames[0]);
}

#[test]
fn every_folder_of_the_core_can_be_imported() {
    let folders = [
        ("lib", "makeProject"),
        ("project", "makeProject"),
        ("lib/app", "makeProject"),
        ("lib/decorators", "lazy"),
        ("lib/events", "EventDispatcher"),
        ("lib/exporter", "ImageExporter"),
        ("lib/flow", "all"),
        ("lib/media", "loadImage"),
        ("lib/plugin", "makePlugin"),
        ("lib/scenes", "Random"),
        ("lib/signals", "createSignal"),
        ("lib/threading", "cancel"),
        ("lib/transitions", "fadeTransition"),
        ("lib/tweening", "linear"),
        ("lib/types", "Vector2"),
        ("lib/types/Vector", "Vector2"),
        ("lib/utils", "createRef"),
    ];
    let mut text = "import * as core from '@revideo/core';\n".to_owned();
    for (index, (path, name)) in folders.iter().enumerate() {
        for (at, package) in ["revideo", "motion-canvas"].iter().enumerate() {
            text.push_str(&format!(
                "import {{{name} as _{index}_{at}}} from '@{package}/core/{path}';\nif (_{index}_{at} !== core.{name}) console.log('{package} {path}');\n"
            ));
        }
    }
    text.push_str("import shader from './a.glsl';\nconsole.log(shader.includes('main'));\n");
    let shader = "#include \"@revideo/core/shaders/common.glsl\"\nvoid main() {}\n";
    let project = Project::new(&[("main.ts", &text), ("a.glsl", shader)]);
    assert_eq!(project.run("main.ts").unwrap(), ["true"]);
}
