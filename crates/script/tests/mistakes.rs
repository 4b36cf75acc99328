//! What authors read when a scene does what it must not.

mod common;

use common::{Film, Project};

/// Line 4 of `src/project.tsx` is the first of `body`.
fn project(body: &str) -> Project {
    let text = format!(
        "import {{Rect, Txt, makeScene2D}} from '@revideo/2d';\n\
         import {{all, createComputed, createRef, createSignal, loop, makeProject, spring, tween, useTime, waitFor}} from '@revideo/core';\n\
         const scene = makeScene2D('one', function* (view) {{\n{body}\n}});\n\
         export default makeProject({{scenes: [scene], settings: {{rendering: {{fps: 10}}}}}});\n"
    );
    Project::new(&[("src/project.tsx", &text)])
}

/// Why a scene cannot be recorded.
fn fault(body: &str) -> String {
    match project(body).record_logged() {
        (logged, Ok(_)) => panic!("it was recorded and logged {logged:?}"),
        (_, Err(told)) => told,
    }
}

/// What a scene that can be recorded logs, and its film.
fn told(body: &str) -> (Vec<String>, Film) {
    match project(body).record_logged() {
        (logged, Ok(film)) => (logged, film),
        (_, Err(told)) => panic!("{told}"),
    }
}

#[test]
fn a_foreign_value_is_given_back_with_a_warning() {
    let body = "const got = yield {a: 1} as any; console.log(got.a, (yield 5 as any) + 1); yield* waitFor(0.2);";
    let (logged, film) = told(body);
    assert_eq!(
        logged,
        [
            "warn: the scene `one` yielded a value that cannot be waited for / yield nothing to wait for a frame, a promise, a node, or another generator\n{\"a\":1}",
            "warn: the scene `one` yielded a value that cannot be waited for / yield nothing to wait for a frame, a promise, a node, or another generator\n5",
            "1 6",
        ]
    );
    assert_eq!(film.frames.len(), 2);
}

#[test]
fn what_a_scene_logs_as_an_error_does_not_end_the_film() {
    let body = "view.add(<Rect size={9} fill={'red'} />);\nuseLogger().error('not fatal');\nuseLogger().debug('a detail');\nyield* waitFor(0.3);";
    let body = body.replace("useLogger()", "(view as any).$$scene.logger");
    let (logged, film) = told(&body);
    assert_eq!(logged, ["debug: a detail", "error: not fatal"]);
    assert_eq!(film.frames.len(), 3);
    // what is thrown where a signal is computed does
    assert!(
        fault("view.add(<Rect x={() => { throw new Error('fatal') }} />);\nyield;")
            .starts_with("fatal\n")
    );
}

#[test]
fn shaders_are_refused_or_passed_over() {
    let body = "view.add(<Rect key={'box'} shaders={'void main() {}'} />);\nyield* waitFor(0.2);";
    assert!(
        fault(body)
            .starts_with("`box` has `shaders`: they cannot be run here\n  src/project.tsx:4:"),
        "{}",
        fault(body)
    );
    let called = "const box = <Rect key={'box'} shaders={[]} /> as Rect;\nbox.shaders();\nbox.shaders({fragment: ''});\nyield;";
    assert!(
        fault(called)
            .starts_with("`box` has `shaders`: they cannot be run here\n  src/project.tsx:6:"),
        "{}",
        fault(called)
    );
    let (recording, film) = project(body)
        .record("src/project.tsx", |options| options.ignore_shaders = true)
        .unwrap();
    assert_eq!((recording.frames, film.frames.len()), (0..2, 2));
}

#[test]
fn an_iterator_that_is_no_generator_may_be_yielded() {
    let (logged, film) = told("yield [0, 0].values() as any; yield* waitFor(0.3);");
    assert_eq!(logged, Vec::<String>::new());
    assert_eq!(film.frames.len(), 3);
}

#[test]
fn a_task_runs_once() {
    let (logged, film) =
        told("const task = waitFor(0.3);\nyield task;\nyield task;\nyield* waitFor(0.2);");
    assert_eq!(logged.len(), 1, "{logged:?}");
    assert!(
        logged[0].starts_with("error: the task `waitfor` is already running and cannot be run a second time / call the generator function again to get a second task"),
        "{logged:?}"
    );
    assert_eq!(film.frames.len(), 2);
    // one that has ended does nothing, as any generator
    let (logged, film) = told("const task = waitFor(0.3);\nyield* task;\nyield* task;");
    assert_eq!((logged.len(), film.frames.len()), (0, 3));
}

#[test]
fn a_circular_signal_names_the_circle() {
    let body = "const rect = createRef<Rect>();\nview.add(<Rect ref={rect} key={'box'} />);\n\
                rect().rotation(() => rect().opacity());\nrect().opacity(() => rect().rotation());\nrect().opacity();";
    assert_eq!(
        fault(body),
        "CircularSignalError: signal `box.opacity` depends on itself: box.opacity -> box.rotation -> box.opacity\n  \
         src/project.tsx:6:30\n  6 | rect().rotation(() => rect().opacity());\n    |                              ^\n  \
         called from src/project.tsx:7:29\n  called from src/project.tsx:8:8\n  \
         hint: a reactive value may not read, directly or through other signals, the property it is assigned to\n  hint: it happened in frame 0"
    );
}

#[test]
fn what_a_computed_is_called_with_sets_nothing() {
    let body = "const five: any = createComputed(() => 5);\nfive(7);\nconsole.log(five(), five(8, 1), five());";
    assert_eq!(told(body).0, ["5 5 5"]);
}

#[test]
fn a_length_that_is_no_number_counts_as_nothing() {
    let body = "const rect = createRef<Rect>();\nview.add(<Rect ref={rect} />);\n\
                yield* waitFor(NaN);\nyield* rect().x(100, NaN);\nyield* tween(undefined as any, () => {});\nyield* waitFor(0.2);";
    let (logged, film) = told(body);
    assert_eq!(
        logged,
        [
            "warn: `waitfor` was given `nan` for its length in seconds; 0 is used / at src/project.tsx:6:16",
            "warn: a tween was given `nan` for its length in seconds; 0 is used / at src/project.tsx:7:22",
            "warn: a tween was given `undefined` for its length in seconds; 0 is used / at src/project.tsx:8:14",
        ]
    );
    assert_eq!(film.frames.len(), 2);
}

#[test]
fn a_negative_length_turns_the_clock_back() {
    let body = "yield* waitFor(0.5);\nyield* waitFor(-0.2);\nconsole.log(useTime().toFixed(3));\n\
                const signal = createSignal(0);\nyield* signal(10, -1);\nconsole.log(signal(), useTime().toFixed(3));\nyield* waitFor(1);";
    let (logged, film) = told(body);
    assert_eq!(logged, ["0.300", "10 -0.700"]);
    // the frames that passed stay passed
    assert_eq!(film.frames.len(), 5);
}

#[test]
fn a_colour_that_is_none_is_placed() {
    let with = |change: &str| {
        fault(&format!(
            "const rect = createRef<Rect>();\nview.add(<Rect ref={{rect}} fill={{'red'}} />);\n{change}"
        ))
    };
    assert_eq!(
        with("yield* rect().fill('rouge', 1);"),
        "Invalid color string value provided: rouge\n  src/project.tsx:6:15\n  6 | yield* rect().fill('rouge', 1);\n    |               ^\n  hint: it happened in frame 0"
    );
    assert_eq!(
        with("rect().fill('rouge');"),
        "Invalid color string value provided: rouge\n  src/project.tsx:6:8\n  6 | rect().fill('rouge');\n    |        ^\n  hint: it happened in frame 0"
    );
    assert_eq!(
        with(
            "const name = createSignal('red');\nrect().fill(() => name());\nyield;\nname('rouge');\nyield;"
        ),
        "Invalid color string value provided: rouge\n  src/project.tsx:7:8\n  7 | rect().fill(() => name());\n    |        ^\n  hint: it happened in frame 1"
    );
    assert_eq!(
        fault("view.add(\n  <Rect\n    fill={'rouge'}\n  />);\nyield;"),
        "Invalid color string value provided: rouge\n  src/project.tsx:5:4\n  5 |   <Rect\n    |    ^\n  hint: it happened in frame 0"
    );
}

#[test]
fn a_rejected_promise_ends_the_recording() {
    assert_eq!(
        fault("yield;\nyield Promise.reject(new Error('not there'));"),
        "not there\n  src/project.tsx:5:26\n  5 | yield Promise.reject(new Error('not there'));\n    |                          ^\n  hint: it happened in frame 1"
    );
    assert_eq!(
        fault("yield (async () => { await null; throw new Error('late'); })();"),
        "late\n  src/project.tsx:4:44\n  4 | yield (async () => { await null; throw new Error('late'); })();\n    |                                            ^\n  hint: it happened in frame 0"
    );
    assert_eq!(
        fault("yield Promise.reject('gone');"),
        "the scene `one` waited for a promise that was rejected with `gone`\n  src/project.tsx:3:15\n  3 | const scene = makeScene2D('one', function* (view) {\n    |               ^\n  hint: reject with an error (`new Error(…)`) to learn where\n  hint: it happened in frame 0"
    );
}

#[test]
fn springs_and_loops_that_cannot_end_are_told_of_and_passed_over() {
    let (logged, film) = told(
        "yield* spring({mass: 0, stiffness: 1, damping: 1}, 0, 1, () => {});\nyield* loop(() => waitFor(1));\nyield* waitFor(0.3);",
    );
    assert_eq!(
        logged,
        [
            "error: a spring needs mass > 0, stiffness >= 0 and damping >= 0; got 0, 1, 1 / at src/project.tsx:4:8",
            "error: an endless `loop` would keep the scene from ever ending / run it beside the scene with `yield loop(…)`, or give it a number of iterations\nat src/project.tsx:5:8",
        ]
    );
    assert_eq!(film.frames.len(), 3);
}

#[test]
fn values_that_cannot_be_drawn_name_node_and_property() {
    let with = |change: &str| {
        fault(&format!(
            "const rect = createRef<Rect>();\nview.add(<Rect key={{'box'}} ref={{rect}} />);\n{change}\nyield;"
        ))
    };
    let place = "\n  src/project.tsx:5:17\n  5 | view.add(<Rect key={'box'} ref={rect} />);\n    |                 ^\n  hint: it happened in frame 0";
    let told = with("rect().position(NaN);");
    assert!(
        told.starts_with("`box`: `position` is not a finite number\n  src/project.tsx:5:"),
        "{told}{place}"
    );
    let told = with("rect().opacity('half' as any);");
    assert!(
        told.starts_with("`box`: `opacity` must be a number, got `\"half\"`\n  src/project.tsx:5:"),
        "{told}"
    );
}
