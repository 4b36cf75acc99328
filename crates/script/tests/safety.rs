//! Scripts that mean harm: each ends with a diagnostic, and the process goes on.

mod common;

use std::os::unix::fs::symlink;

use common::Project;
use kinora_script::ScriptOptions;

fn scene(body: &str) -> String {
    format!(
        "import {{Circle, Img, Layout, Line, Node, Rect, Txt, makeScene2D}} from '@revideo/2d';\n\
         import {{all, createRef, createSignal, loop, makeProject, spawn, waitFor}} from '@revideo/core';\n\
         const scene = makeScene2D('one', function* (view) {{\n{body}\n}});\n\
         export default makeProject({{scenes: [scene], settings: {{rendering: {{fps: 10}}}}}});\n"
    )
}

/// What is said of a scene with this body under tight limits.
fn told(body: &str) -> String {
    Project::new(&[("src/project.tsx", &scene(body))]).record_fault("src/project.tsx", tight)
}

fn tight(options: &mut ScriptOptions) {
    options.limits.frame_seconds = 0.4;
    options.limits.heap_bytes = 64 << 20;
    options.limits.max_duration_s = 20.0;
}

/// Whether a message names a line of the scene: the engine knows the last call before
/// the place, in the worst case that of the scene.
fn is_placed(told: &str, last: u32) -> bool {
    (3..=last).any(|line| told.contains(&format!("\n  src/project.tsx:{line}:")))
}

const LATE: &str = "frame 0 took longer than 0.4 s of script\n";
const FULL: &str = "the script needs more than 64 MiB of memory\n";
const DEEP: &str = "RangeError: Maximum call stack size exceeded\n";

/// Checks that each body is ended by one of `ends`, at its line or before.
fn ended(bodies: &[(&str, u32)], ends: &[&str]) {
    for (body, line) in bodies {
        let told = told(body);
        let known = ends.iter().any(|end| told.starts_with(end));
        assert!(known && is_placed(&told, *line), "{body}: {told}");
    }
}

#[test]
fn work_without_end_is_stopped_where_it_is() {
    let bodies = [
        ("let n = 0;\nfor (;;) n += 1;", 5),
        ("const spin = () => { while (true); };\nspin();", 4),
        (
            "view.add(<Rect width={() => { while (true); }} />);\nyield;",
            4,
        ),
        (
            "[1, 2].map(function f(): any { return [1].map(f); while (true); }); \nyield;",
            4,
        ),
        (
            "const text = 'a'.repeat(40) + 'b';\n/^(a+)+$/.test(text);",
            5,
        ),
        ("'x'.repeat(50000).replace(/(x+x+)+y/g, '');", 4),
        (
            "const o = {get x(): number { return this.x + 1; }};\nwhile (true) { try { o.x; } catch {} }",
            4,
        ),
        (
            "while (true) { try { throw 1; } catch {} finally { continue; } }",
            4,
        ),
        ("new Array(1e9).fill(0).sort(() => { while (true); });", 4),
        ("JSON.stringify({toJSON() { while (true); }});", 4),
        ("new Proxy({}, {get() { while (true); }} as any).x;", 4),
        (
            "function* g() { while (true) yield 1; }\nfor (const x of g()) { void x; }",
            5,
        ),
    ];
    ended(&bodies, &[LATE, FULL, DEEP]);
}

#[test]
fn built_ins_on_endless_lists_are_stopped_where_they_are() {
    let bodies = [
        "Array(4294967295).join('');",
        "String(Array(4294967295));",
        "Array(4294967295).reverse();",
        "Array(4294967295).sort();",
        "Array(4294967295).toLocaleString();",
        "Array(4294967295).flat();",
        "[Array(4294967295)].flat();",
        "[0].flatMap(() => Array(4294967295));",
        "[].concat(Array(4294967295) as any);",
        "[].concat({length: 2 ** 52, [Symbol.isConcatSpreadable]: true} as any);",
        "Array(4294967290).splice(1, 0, 1 as any);",
        "Array(4294967290).slice(1);",
        "Array(4294967290).unshift(1 as any);",
        "Array(4294967290).shift();",
        "Array(4294967295).copyWithin(0, 5);",
        "Array(4294967295).fill(0);",
        "Array(4294967295).every(() => true);",
        "Array(4294967295).indexOf(1 as any);",
        "Array.prototype.sort.call({length: 4294967294} as any);",
        "Array.prototype.join.call({length: 2 ** 53 - 1} as any, '');",
        "'a'.repeat(2 ** 20).replace(/a/g, 'b'.repeat(2 ** 20));",
        "const big = 2n ** 900000n;\nfor (;;) try { big * big; } catch {}",
        "for (;;) try { 'ab'.repeat(1 << 20).toUpperCase(); } catch {}",
    ]
    .map(|body| (body, 5));
    ended(&bodies, &[LATE, FULL]);
}

#[test]
fn patient_built_ins_do_what_others_do() {
    let body = "const far = Object.assign([1, 2, 3], {1048579: 9}) as any[];
const list: any = {0: 'a', 2: 'c', length: {valueOf: () => 3}};
class Own extends Array<number> {}
console.log(JSON.stringify([
  Array.prototype.join.call(list), Array.prototype.reverse.call(list) === list, list,
  far.slice(-1), far.reverse() === far, far[0], far[1048579], far.shift(), far.length, far.splice(1048576, 3),
  [3, undefined, 1, , 10].sort(), Array.prototype.sort.call({0: 3, 1: 10, length: 2}), far.sort().slice(0, 2),
  [1, [2, [3, [4]]], , 5].flat(), [1, [2, [3]]].flat(Infinity), [1, 2].flatMap((n, i) => [n, [i]]),
  [0].concat([1], 2 as any, {length: 1, 0: 7, [Symbol.isConcatSpreadable]: true} as any), [].concat(far as any).length,
  Own.from([1, [2]] as any).flat() instanceof Own, Own.from([1]).slice() instanceof Own, [[1, 2], [3]].toString(),
  [].join.name, [].flat.length, [].splice.length, Object.keys(Array.prototype),
]));";
    let project = Project::new(&[("main.ts", body)]);
    let lines = project.run("main.ts").unwrap();
    let right = [
        r#""a,,c",true,{"0":"c","2":"a","length":{}}"#,
        r#"[9],true,9,1,9,1048579,[3,2,1]"#,
        r#"[1,10,3,null,null],{"0":10,"1":3,"length":2},[null,null]"#,
        r#"[1,2,[3,[4]],5],[1,2,3],[1,[0],2,[1]]"#,
        r#"[0,1,2,7],1048576"#,
        r#"true,true,"1,2,3""#,
        r#""join",0,2,[]"#,
    ];
    assert_eq!(lines, [format!("[{}]", right.join(","))]);
}

#[test]
fn who_watches_ends_what_nothing_else_does() {
    let body = "view.add(<Rect />);\n'a'.repeat(1 << 21).indexOf('a'.repeat(1 << 20) + 'b');";
    let project = Project::new(&[("src/project.tsx", &scene(body))]);
    let (tell, told) = std::sync::mpsc::channel();
    let root = project.root();
    // the thread is lost, as the watch is told
    std::thread::spawn(move || {
        let mut options = ScriptOptions::new(root.join("src/project.tsx"));
        tight(&mut options);
        let host = common::TestHost::watched(tell);
        let _ = kinora_script::record(&options, Box::new(host), &mut ());
        drop(project);
    });
    let error = told.recv().unwrap().to_string();
    assert!(
        error.starts_with(LATE) && error.contains("project.tsx:5:"),
        "{error}"
    );
}

#[test]
fn promises_without_end_are_stopped_where_they_are() {
    let bodies = [
        (
            "const again = (): any => Promise.resolve().then(again);\nyield again();",
            4,
        ),
        (
            "const spin = async () => { while (true) await null; };\nyield spin();",
            4,
        ),
        ("(async () => { while (true); })();\nyield;", 4),
        (
            "queueMicrotask(function f() { queueMicrotask(f); });\nyield new Promise(() => {});",
            4,
        ),
    ];
    ended(&bodies, &[LATE, FULL]);
}

#[test]
fn timers_and_promises_that_never_come_are_told() {
    let told = told("yield new Promise(() => {});");
    assert!(
        told.starts_with("the script waits for something that never comes"),
        "{told}"
    );
}

#[test]
fn frames_without_end_are_stopped() {
    for body in [
        "while (true) yield;",
        "yield* waitFor(1e9);",
        "for (;;) yield* waitFor(0.1);",
    ] {
        let told = told(body);
        let start = "scene `one` has not ended after 20 s\n  src/project.tsx:3:15\n";
        assert!(told.starts_with(start), "{body}: {told}");
    }
    // A loop that is not even begun is told, and the film goes on.
    let scene = scene("yield* loop(() => waitFor(0.1));");
    let (lines, film) = Project::new(&[("src/project.tsx", &scene)]).record_logged();
    let told = lines.iter().find(|line| line.contains("an endless `loop`"));
    assert!(told.is_some(), "{lines:?}");
    assert!(film.unwrap().frames.len() < 10);
}

#[test]
fn recursion_without_end_is_stopped_where_it_is() {
    for (body, line) in [
        (
            "const down = (n: number): number => down(n + 1) + 1;\ndown(0);",
            4,
        ),
        (
            "const a: any = {}; a.toString = () => `${a}`;\nString(a);",
            4,
        ),
        (
            "const deep: any = []; let d = deep; for (let i = 0; i < 1e5; i++) { d[0] = []; d = d[0]; }\nJSON.stringify(deep);",
            5,
        ),
        ("JSON.parse('['.repeat(1e6));", 4),
        (
            "new Function('return ' + '('.repeat(1e5) + ')'.repeat(1e5))();",
            4,
        ),
        ("new RegExp('('.repeat(1e5) + ')'.repeat(1e5));", 4),
        ("const s: any = createSignal(() => s());\ns();", 4),
        (
            "class R extends Rect { constructor(p: any) { super(p); new R(p); } }\nnew R({});",
            4,
        ),
    ] {
        let told = told(body);
        assert!(is_placed(&told, line), "{body}: {told}");
    }
}

#[test]
fn memory_without_end_is_refused_where_it_is_wanted() {
    let bodies = [
        (
            "const all: any[] = [];\nwhile (true) all.push(new Array(1000).fill(all.length));",
            5,
        ),
        ("let list: any = null;\nwhile (true) list = {list};", 5),
        ("let text = 'x';\nwhile (true) text += text;", 5),
        (
            "const map = new Map();\nfor (let i = 0; ; i++) map.set(i, String(i));",
            5,
        ),
        ("new Uint8Array(1e9);", 4),
        ("const all: any[] = [];\nfor (;;) all.push(() => all);", 5),
        (
            "const o: any = {};\nfor (let i = 0; ; i++) o['k' + i] = i;",
            5,
        ),
        (
            "let s = '';\nfor (let i = 0; ; i++) s += String.fromCharCode(97 + i % 26);",
            5,
        ),
    ];
    let too_long = "InternalError: string too long\n";
    ended(&bodies, &[FULL, LATE, too_long, "RangeError"]);
}

#[test]
fn a_script_that_hides_the_end_of_memory_goes_on_or_ends() {
    let body = "const all: any[] = [];\ntry { while (true) all.push({}); } catch {}\nall.length = 0;\nview.add(<Rect size={10} />);\nyield;";
    let project = Project::new(&[("src/project.tsx", &scene(body))]);
    let (recording, _) = project
        .record("src/project.tsx", |options| {
            options.limits.heap_bytes = 24 << 20
        })
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(recording.frames.start, 0);
}

#[test]
fn what_crosses_to_the_stage_has_a_size() {
    let told = told("view.add(<Txt key={'t'} text={'x'.repeat(2e6)} />);\nyield;");
    let says = "`text` is a text of 2000000 bytes, and at most 1048576 can be drawn\n";
    assert!(told.contains(says) && is_placed(&told, 4), "{told}");
    let bodies = [(
        "const p = Array(2e4).fill([0, 0]).flatMap(p => Array(100).fill(p));\nview.add(<Line points={p} lineWidth={1} stroke={'red'} />);\nyield;",
        5,
    )];
    ended(
        &bodies,
        &[LATE, FULL, "`one/Line[1]`: `points` is a list of"],
    );
}

#[test]
fn poisoned_built_ins_harm_nobody() {
    let poisons = [
        "Array.prototype[Symbol.iterator] = function* () { yield 1e9; };",
        "Array.prototype.map = () => [{id: -1}, null] as any;",
        "Array.prototype.push = function (): any { this[0] = -1; };",
        "Array.prototype.forEach = () => { throw new Error('poison'); };",
        "Object.defineProperty(Array.prototype, '0', {set() {}, get() { return 'zero'; }});",
        "Object.defineProperty(Array.prototype, 'length', {value: 4294967295, writable: true});",
        "(Object.prototype as any).then = (done: any) => done(-1);",
        "(Object.prototype as any).id = 'forged'; (Object.prototype as any).width = NaN; (Object.prototype as any).toJSON = () => 1;",
        "Object.defineProperty(Object.prototype, 'value', {set() {}, configurable: true});",
        "(Object.prototype as any).get = () => -1; (Object.prototype as any).set = () => -1;",
        "Object.keys = () => ['__proto__']; Object.entries = () => []; Object.assign = (a: any) => a;",
        "Object.defineProperty = (o: any) => o; Object.getPrototypeOf = () => null;",
        "Object.freeze = Object.create = (() => ({})) as any;",
        "Promise.prototype.then = function () { return this as any; };",
        "(globalThis as any).Promise = class { then() {} };",
        "Promise.resolve = (() => ({then: 5})) as any;",
        "Function.prototype.call = function () { return -1; }; Function.prototype.apply = function () { return -1; };",
        "Function.prototype.bind = () => (() => -1) as any;",
        "Map.prototype.get = () => ({id: 99}) as any; Map.prototype.set = function () { return this; };",
        "Set.prototype.add = function () { throw 1; };",
        "JSON.stringify = () => '{'; JSON.parse = () => ({id: 7});",
        "Math.max = Math.min = Math.round = () => NaN;",
        "Number.isFinite = () => true; (globalThis as any).Number = () => NaN;",
        "String.prototype.split = () => [-1] as any; String.prototype.slice = () => 5 as any;",
        "Symbol.iterator.constructor.prototype.toString = () => 'x';",
        "(globalThis as any).Error = function () { throw 1; }; Error.captureStackTrace = () => {};",
        "(Error as any).prepareStackTrace = () => ({toString() { while (true); }}); (Error as any).stackTraceLimit = 'x';",
        "Reflect.construct = Reflect.get = Reflect.ownKeys = (() => 1) as any;",
        "const g = Object.getPrototypeOf(function* () {}.prototype); g.next = () => ({done: false, value: {toPromise: 5}});",
        "delete (globalThis as any).Object; delete (globalThis as any).Array; delete (globalThis as any).Map;",
        "for (const key of Reflect.ownKeys(globalThis)) { try { (globalThis as any)[key] = null; } catch {} }",
        "Object.setPrototypeOf(Object.prototype, null); Object.setPrototypeOf(Array.prototype, new Proxy({}, {get() { return -1; }}));",
        "for (const C of [Rect, Node, Txt] as any[]) for (const key of Reflect.ownKeys(C.prototype)) { try { Object.defineProperty(C.prototype, key, {value: () => -1}); } catch {} }",
    ];
    for poison in poisons {
        for place in ["before", "within"] {
            let body = "const r = createRef<Rect>();\nview.add(<Rect ref={r} size={100} fill={'red'} layout><Txt text={'hi'} /></Rect>);\nyield* all(r().x(50, 0.3), r().fill('blue', 0.3));";
            let source = match place {
                "before" => {
                    scene(body).replacen("const scene", &format!("{poison}\nconst scene"), 1)
                }
                _ => scene(&format!("{poison}\n{body}")),
            };
            let project = Project::new(&[("src/project.tsx", &source)]);
            match project.record("src/project.tsx", tight) {
                Ok((recording, film)) => {
                    assert!(
                        recording.frames.end <= 200 && !film.frames.is_empty(),
                        "{poison}"
                    );
                }
                Err(error) => {
                    let told = project.relative(&error);
                    assert!(!told.is_empty() && told.len() < 20_000, "{poison}: {told}");
                    assert!(
                        !matches!(error, kinora_script::ScriptError::Engine(_)),
                        "{poison} ({place}): {told}"
                    );
                }
            }
        }
    }
}

#[test]
fn changed_built_ins_are_named_when_something_fails() {
    let told = told(
        "Array.prototype.map = () => { throw new Error('mine'); };\nview.add(<Rect />);\nyield;\n[1].map(String);",
    );
    assert!(
        told.ends_with("\n  hint: the script has changed `Array.prototype.map`"),
        "{told}"
    );
    let told = self::told("(Object.prototype as any).extra = 1;\nthrow new Error('mine');");
    assert!(
        told.ends_with("\n  hint: the script has changed `Object.prototype`"),
        "{told}"
    );
}

#[test]
fn the_hosts_interface_is_out_of_reach() {
    let source = "
        console.log(typeof (globalThis as any).__kinora, Reflect.ownKeys(globalThis).filter(key => /kinora/i.test(String(key))).length);
        for (const name of ['kinora:globals/native', 'kinora:host/index', 'kinora:core/index']) {
          await import(name).then(() => console.log('reached', name), error => console.log(error.message.split('\\n')[0]));
        }
        console.log(typeof (Function('return typeof __kinora')() as any), Function('return typeof __kinora')());
        try { eval('import(\"kinora:globals/native\").then(() => console.log(\"reached\"), () => console.log(\"refused\"))'); } catch {}
        await null; await null;";
    let lines = Project::new(&[("main.ts", source)])
        .run("main.ts")
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        lines,
        [
            "undefined 0",
            "cannot find module `kinora:globals/native`",
            "cannot find module `kinora:host/index`",
            "cannot find module `kinora:core/index`",
            "string undefined",
            "refused"
        ]
    );
}

#[test]
fn a_confined_project_imports_nothing_from_outside() {
    let outside = Project::new(&[
        ("secret.txt", "secret"),
        ("secret.ts", "export default 'secret';"),
        ("secret.json", "{\"secret\": 1}"),
        ("node_modules/up/index.js", "module.exports = 'secret';"),
        (
            "inner/tsconfig.json",
            r#"{"extends": "../secret.json", "compilerOptions": {"paths": {"out/*": ["../*"]}}}"#,
        ),
        ("inner/src/own.ts", "export const own = 'own';"),
        ("inner/src/real.ts", "export const real = 'real';"),
    ]);
    let root = outside.root().join("inner");
    symlink(outside.root().join("secret.ts"), root.join("src/link.ts")).unwrap();
    symlink(root.join("src/real.ts"), root.join("src/inside.ts")).unwrap();
    symlink(outside.root(), root.join("src/folder")).unwrap();
    let record = |import: &str, confined: bool| {
        let source = format!(
            "import x from '{import}';\nconsole.log(x);\n{}",
            scene("yield;")
        );
        std::fs::write(root.join("src/p.tsx"), source).unwrap();
        let mut options = outside.options("inner/src/p.tsx");
        options.root = root.clone();
        options.confined = confined;
        let host = common::TestHost::default();
        let done = kinora_script::record(&options, Box::new(host), &mut common::Film::default());
        done.map(drop).map_err(|error| error.to_string())
    };
    let secret = outside.root().join("secret.ts").display().to_string();
    for import in [
        "../../secret.txt?raw",
        "../../secret",
        "./link",
        "./folder/secret",
        "./folder/secret.json",
        "up",
        "out/secret",
        secret.as_str(),
        "../../secret.json?url",
        "../../secret.txt?inline",
        "/../secret.txt?raw",
    ] {
        let told = record(import, true).expect_err(import);
        assert!(
            told.starts_with(&format!(
                "cannot find module `{import}`\n  src/p.tsx:1:15\n"
            )),
            "{import}: {told}"
        );
        assert!(!told.contains("\"secret\""), "{told}");
    }
    let told = record("../../secret", true).unwrap_err();
    assert!(
        told.contains("hint: it lies outside of the project's folder"),
        "{told}"
    );
    record("../../secret", false).unwrap();
    record("./link", false).unwrap();
    for import in ["./inside", "./own"] {
        let told = record(import, true).unwrap_err();
        assert!(told.contains("has no default export"), "{told}");
    }
}

#[test]
fn sources_nested_without_end_are_refused() {
    for (name, source) in [
        (
            "parentheses",
            format!("const a = {}1{};", "(".repeat(20_000), ")".repeat(20_000)),
        ),
        ("brackets", "[".repeat(100_000)),
        ("negations", format!("const a = {}1;", "!".repeat(50_000))),
        ("sums", format!("const a = {}1;", "1 + ".repeat(30_000))),
        ("members", format!("const a = b{};", ".c".repeat(30_000))),
        ("calls", format!("const a = b{};", "()".repeat(30_000))),
        ("arrows", format!("const a = {}1;", "a => ".repeat(20_000))),
        ("blocks", "{".repeat(50_000)),
        (
            "conditions",
            format!("const a = {}1;", "a ? b : ".repeat(20_000)),
        ),
        ("elements", "<a>".repeat(20_000)),
        ("templates", "`${".repeat(20_000)),
        ("types", format!("type A = {}1;", "A<".repeat(20_000))),
        (
            "arrays of types",
            format!("type A = B{};", "[]".repeat(20_000)),
        ),
        ("elses", "if (a) {} else ".repeat(10_000)),
        ("powers", format!("const a = {}1;", "1 ** ".repeat(20_000))),
        ("functions", "function a() {".repeat(10_000)),
        ("news", format!("const a = {}B;", "new ".repeat(30_000))),
        ("assignments", format!("{}1;", "a = ".repeat(30_000))),
        ("objects", format!("const a = {}", "{a: ".repeat(20_000))),
        ("labels", (0..10_000).map(|n| format!("a{n}: ")).collect()),
        ("awaits", format!("{}1;", "await ".repeat(20_000))),
        (
            "generics",
            format!("const a = {}1;", "<T,>() => ".repeat(10_000)),
        ),
        ("classes", "class A { a = ".repeat(10_000)),
        ("decorators", "@a(".repeat(20_000)),
        ("commas", format!("const a = ({}1);", "1, ".repeat(30_000))),
        ("ors", format!("const a = {}1;", "b || ".repeat(20_000))),
        ("unions", format!("type A = {}1;", "1 | ".repeat(20_000))),
        ("slashes", "/".repeat(30_000)),
        ("quotes", "`".repeat(30_001)),
    ] {
        let project = Project::new(&[("main.tsx", &source)]);
        let (_, done) = project.run_logged("main.tsx");
        if let Err(error) = done {
            let told = project.relative(&error);
            assert!(
                told.contains("main.tsx") || told.contains("stack") || told.contains("memory"),
                "{name}: {}",
                told.chars().take(300).collect::<String>()
            );
        }
        let package = Project::new(&[
            ("main.ts", "import 'p';"),
            ("node_modules/p/index.js", &source),
        ]);
        let _ = package.run_logged("main.ts");
    }
}
