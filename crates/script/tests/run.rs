//! What scripts can be written in, and what they find around them.

mod common;

use common::Project;

fn logged(files: &[(&str, &str)]) -> Vec<String> {
    Project::new(files)
        .run("main.ts")
        .unwrap_or_else(|error| panic!("{error}"))
}

fn one(source: &str) -> String {
    logged(&[("main.ts", source)]).join("\n")
}

#[test]
fn types_are_erased() {
    let source = "
        interface A { x: number }
        type B = A | null;
        declare const nowhere: string;
        const a = {x: 1} satisfies A;
        const b = a as unknown as B;
        function f<T extends A>(value: T, y?: number): asserts value is T {}
        f<A>(b!);
        console.log(a.x, typeof nowhere);";
    assert_eq!(one(source), "1 undefined");
}

#[test]
fn enums_and_namespaces_are_values() {
    let source = "
        enum Side { Left = 1, Right, Far = Right * 10 }
        enum Name { A = 'a' }
        const enum Inner { X = 7 }
        namespace Box { export const size = 3; export namespace In { export const deep = size + 1 } }
        console.log(Side.Right, Side[2], Side.Far, Name.A, Inner.X, Box.size, Box.In.deep);";
    assert_eq!(one(source), "2 Right 20 a 7 3 4");
}

#[test]
fn fields_are_assigned_not_defined() {
    let source = "
        class Base {
          seen: string[] = [];
          set value(x: number) { this.seen.push(`set ${x}`); }
          constructor(public readonly name: string, protected n = 2) {}
        }
        class Next extends Base {
          declare kept: number;
          empty?: string;
          value = 5;
          static count = 9;
          #own = 4;
          own() { return this.#own + this.n; }
        }
        const next = new Next('next');
        console.log(next.seen, Object.keys(next).includes('empty'), next.name, next.own(), Next.count);";
    assert_eq!(one(source), "[\"set 5\"] false next 6 9");
}

#[test]
fn legacy_decorators_apply_in_order() {
    let source = "
        const order: string[] = [];
        const note = (name: string) => (target: any, key?: string, descriptor?: PropertyDescriptor) => {
          order.push(`${name}:${String(key)}:${typeof descriptor}`);
        };
        const double = () => (_: any, __: string, descriptor: PropertyDescriptor) => {
          const inner = descriptor.value;
          descriptor.value = function (...args: any[]) { return 2 * inner.apply(this, args); };
        };
        const parameter = (_: any, key: string, index: number) => { order.push(`${key}@${index}`); };
        @note('class')
        class A {
          @note('a') @note('b') declare readonly field: number;
          @note('c') method(@parameter x: number) { return x; }
          @double() twice(x: number) { return x; }
          @note('get') get got() { return 1; }
        }
        console.log(order.join(' '));
        console.log(new A().twice(21), new A().got);";
    assert_eq!(
        one(source),
        "b:field:undefined a:field:undefined method@0 c:method:object get:got:object class:undefined:undefined\n42 1"
    );
}

/// What a file logs whose tsconfig turns the legacy decorators off.
fn standard(source: &str) -> Vec<String> {
    let config = r#"{"compilerOptions": {"experimentalDecorators": false}}"#;
    logged(&[("tsconfig.json", config), ("main.ts", source)])
}

#[test]
fn standard_decorators_apply_in_order() {
    let source = "
        const order: string[] = [];
        const note = (name: string) => {
          order.push(name);
          return (_: unknown, ctx: any) => { order.push(`${name}:${ctx.kind}:${String(ctx.name)}:${ctx.static}`); };
        };
        const key = 'comp';
        @note('class')
        export class A {
          @note('y') y?: string;
          @note('m') @note('n') m() {}
          @note('g') get g() { return 1; }
          @note('s') static s = 5;
          @note('sm') static sm() { return A.s; }
          @note('k') [key + 1] = 6;
          @note('text') 'a b'!: number;
        }
        console.log(order.join(' '));
        console.log(A.sm(), new A().comp1, Object.keys(new A()).join());";
    assert_eq!(
        standard(source),
        [
            "class y m n g s sm k text sm:method:sm:true n:method:m:false m:method:m:false g:getter:g:false s:field:s:true y:field:y:false k:field:comp1:false text:field:a b:false class:class:A:undefined",
            "5 6 y,comp1,a b"
        ]
    );
}

#[test]
fn standard_decorators_change_what_they_decorate() {
    let source = "
        const twice = (fn: any) => function (this: any, ...a: any[]) { return 2 * fn.apply(this, a); };
        const plus = (by: number) => () => (v: number) => v + by;
        const bound = (_: any, ctx: any) => ctx.addInitializer(function (this: any) { this[ctx.name] = this[ctx.name].bind(this); });
        const scaled = ({get, set}: any) => ({get(this: any) { return get.call(this) + 1; }, set(this: any, v: any) { set.call(this, v * 10); }, init: (v: number) => v + 1});
        const extended = (C: any, ctx: any) => { ctx.addInitializer(() => console.log('class', ctx.name)); return class extends C { extra = 'extra'; }; };
        let reach: any;
        const reached = (_: any, ctx: any) => { reach = ctx.access; };
        @extended class A<T> {
          @plus(1) @plus(10) x: number = 1;
          @twice m(a: number): number { return a; }
          @twice static s(a: number) { return a; }
          @bound name() { return this.x; }
          @scaled accessor acc: number = 4;
          accessor plain = 'plain';
          @reached held = 'held';
          constructor(public p: T) {}
        }
        const a: any = new A(3);
        console.log(a.x, a.m(2), A.s(3), (0, a.name)(), a.acc, (a.acc = 2, a.acc), a.plain, a.p, a.extra, reach.get(a), reach.has({}));
        const E = @extended class { @plus(2) v = 1; };
        console.log(new E().v, new (class { @twice m() { return 4; } })().m());
        try { class B { @((() => 5) as any) m() {} } } catch (error: any) { console.log(error.message); }";
    assert_eq!(
        standard(source),
        [
            "class A",
            "12 4 6 12 6 21 plain 3 extra held false",
            "class undefined",
            "3 8",
            "a decorator of a method gives a function or nothing, got a number"
        ]
    );
}

#[test]
fn places_behind_standard_decorators_are_the_authors() {
    let config = r#"{"compilerOptions": {"experimentalDecorators": false}}"#;
    let told = |source: &str| {
        Project::new(&[("tsconfig.json", config), ("main.ts", source)]).fault("main.ts")
    };
    assert_eq!(
        told("const d: any = () => {};\n@d class A { @d\n  m() { return none; } }\nnew A().m();\n"),
        "ReferenceError: none is not defined\n  main.ts:3:16\n  3 |   m() { return none; } }\n    |                ^\n  called from main.ts:4:9"
    );
    assert_eq!(
        told("const d: any = 1;\nclass A { @d #m() {} }\n"),
        "decorators of private members are not supported: `#m`\n  main.ts:2:11\n  2 | class A { @d #m() {} }\n    |           ^\n  hint: decorate a public member, or call the function by hand"
    );
    assert_eq!(
        told("const d: any = 1; class A { @d m() {} }\nlet x; let x;\n")
            .lines()
            .next()
            .unwrap_or(""),
        "identifier `x` has already been declared"
    );
}

#[test]
fn accessors_and_resources_work_as_the_standard_has_them() {
    let source = "
        class A { accessor x = 1; static accessor y = 2; accessor #z = 3; get z() { return this.#z; } }
        const a = new A(); a.x = 5;
        const log: string[] = [];
        { using r = {[Symbol.dispose]() { log.push('disposed'); }}; log.push(typeof r); }
        async function f() { await using r = {async [Symbol.asyncDispose]() { log.push('later'); }}; log.push(typeof r); }
        await f();
        for (using r of [{[Symbol.dispose]() { log.push('loop'); }}]) { void r; }
        try { using r = {[Symbol.dispose]() { log.push('thrown'); }}; throw new Error('x' + typeof r); } catch (e: any) { log.push(e.message); }
        console.log(a.x, A.y, a.z, log.join(' '));";
    assert_eq!(
        one(source),
        "5 2 3 object disposed object later loop thrown xobject"
    );
}

#[test]
fn generators_and_modern_syntax_work() {
    let source = "
        function* inner(): Generator<number, string, number> { const got = yield 1; return `got ${got}`; }
        function* outer(): Generator<number, void, number> { console.log(yield* inner()); }
        const run = outer(); run.next(); run.next(5);
        const {a, ...rest} = {a: 1, b: 2, c: 3};
        let nothing: any; nothing ??= rest?.b; nothing ||= 9;
        async function* counted() { yield 1; yield 2; }
        let sum = 0; for await (const n of counted()) sum += n;
        console.log(nothing, 2 ** 10, 1_000n, sum, [1, 2, 3].at(-1), Object.groupBy([1, 2], x => x % 2 ? 'odd' : 'even'));";
    assert_eq!(one(source), "got 5\n2 1024 1000n 3 3 {odd: [1], even: [2]}");
}

#[test]
fn modules_of_all_kinds_are_found() {
    let files = [
        (
            "main.ts",
            "import a, {b as c, type T} from './a';
             import * as all from './folder';
             import {j} from './plain.js';
             import data, {list} from './data.json';
             import raw from './text.txt?raw';
             import picture from './picture.png';
             import address from './data.json?url';
             import './style.css';
             import {shape} from './shape.glsl.ts';
             export {x} from './reexport';
             const late = await import('./late');
             const t: T = 1;
             console.log(a, c, all.default, all.f, j, data.list.length, list[1], raw.trim());
             console.log(picture, address);
             console.log(late.default, late.name, shape, t, import.meta.url.startsWith('file:///'), import.meta.env.PROD);",
        ),
        ("a.ts", "export type T = number; export default 'a'; export const b = 'b';"),
        ("folder/index.tsx", "export default 'index'; export const f = 'f';"),
        ("plain.ts", "export const j = 'ts behind js';"),
        ("data.json", "{\"list\": [1, 2], \"not-a-name\": 3}"),
        ("text.txt", "hello\n"),
        ("picture.png", "not really"),
        ("style.css", "body { color: red }"),
        ("shape.glsl.ts", "export const shape = 's';"),
        ("reexport.ts", "export * from './deep'; "),
        ("deep.ts", "export const x = 1;"),
        ("late.ts", "export default 'late'; export const name = 'n';"),
    ];
    let project = Project::new(&files);
    let root = project.root().display().to_string();
    let lines = project
        .run("main.ts")
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(lines[0], "a b index f ts behind js 2 2 hello");
    assert_eq!(lines[1], format!("{root}/picture.png {root}/data.json"));
    assert_eq!(lines[2], "late n s 1 true true");
}

#[test]
fn types_passed_on_as_values_do_no_harm() {
    let files = [
        (
            "main.ts",
            "import {Shape} from './all'; const s: Shape = {n: 1}; console.log(s.n);",
        ),
        ("all.ts", "export {Shape} from './types';"),
        ("types.ts", "export interface Shape { n: number }"),
    ];
    assert_eq!(logged(&files), ["1"]);
}

#[test]
fn packages_are_found_in_node_modules() {
    let files = [
        (
            "main.ts",
            "import {esm} from 'modern';
             import old, {named, other} from 'old';
             import sub from 'modern/sub';
             import def from '@scope/pkg';
             import {helper} from 'old/lib/helper';
             console.log(esm, old.named, named, other, sub, def(2), helper());",
        ),
        (
            "node_modules/modern/package.json",
            r#"{"name": "modern", "type": "module", "exports": {".": {"import": "./m.js", "require": "./c.cjs"}, "./sub": "./s.js"}}"#,
        ),
        ("node_modules/modern/m.js", "export const esm = 'esm';"),
        ("node_modules/modern/s.js", "export default 'sub';"),
        ("node_modules/old/package.json", r#"{"name": "old", "main": "index.js"}"#),
        (
            "node_modules/old/index.js",
            "'use strict';
             const helper = require('./lib/helper');
             const data = require('./data.json');
             let fs; try { fs = require('fs'); } catch (error) { fs = null; }
             module.exports = {named: helper.helper() + data.n, other: fs, env: process.env.NODE_ENV};",
        ),
        ("node_modules/old/data.json", "{\"n\": 4}"),
        ("node_modules/old/lib/helper.js", "exports.helper = function () { return 38; };"),
        ("node_modules/@scope/pkg/package.json", r#"{"main": "./dist/index.cjs"}"#),
        (
            "node_modules/@scope/pkg/dist/index.cjs",
            "Object.defineProperty(exports, '__esModule', {value: true}); exports.default = x => x * 2;",
        ),
    ];
    assert_eq!(logged(&files), ["esm 42 42 null sub 4 38"]);
}

#[test]
fn path_aliases_of_the_tsconfig_are_followed() {
    let files = [
        (
            "tsconfig.json",
            r#"{"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["src/*"]}}}"#,
        ),
        ("src/deep/a.ts", "export const a = 'aliased';"),
        ("main.ts", "import {a} from '@/deep/a'; console.log(a);"),
    ];
    assert_eq!(logged(&files), ["aliased"]);
}

#[test]
fn timers_run_in_the_order_of_their_delays() {
    let source = "
        const order: string[] = [];
        setTimeout(() => order.push('late'), 20);
        const id = setTimeout(() => order.push('never'), 5);
        setTimeout((x: string) => order.push(x), 1, 'soon');
        let n = 0; const every = setInterval(() => { n += 1; if (n === 3) clearInterval(every); }, 2);
        clearTimeout(id);
        queueMicrotask(() => order.push('micro'));
        Promise.resolve().then(() => order.push('then'));
        order.push('now');
        await new Promise(done => setTimeout(done, 30));
        console.log(order.join(' '), n);";
    assert_eq!(one(source), "now micro then soon late 3");
}

#[test]
fn the_usual_globals_are_there() {
    let source = "
        const copy = structuredClone({a: [1, new Date(5), new Map([[1, {b: 2}]])]});
        console.log(copy.a[1].getTime(), copy.a[2].get(1).b);
        console.log(btoa('hello'), atob('aGVsbG8='), new TextDecoder().decode(new TextEncoder().encode('grüße 🎬')));
        const url = new URL('../b.png?x=1 2#h', 'https://User.test:80/a/c/d');
        console.log(url.href, url.searchParams.get('x'), url.hostname, url.port);
        console.log('%s is %d', 'x', 3, [1, 'a', null], {b: undefined});
        console.warn('careful'); console.error(new Map([[1, 2]]));
        console.log(typeof performance.now(), process.argv.length, typeof globalThis.self);";
    assert_eq!(
        one(source),
        "5 2\naGVsbG8= hello grüße 🎬\nhttps://user.test:80/a/b.png?x=1%202#h 1 2 user.test 80\nx is 3 [1, \"a\", null] {b: undefined}\nwarn: careful\nerror: map {1 => 2}\nnumber 2 object"
    );
}

#[test]
fn exit_codes_are_told() {
    let project = Project::new(&[
        ("zero.ts", "process.exit(0); console.log('no')"),
        ("two.ts", "process.exit(2)"),
    ]);
    assert_eq!(project.run("zero.ts").unwrap(), Vec::<String>::new());
    assert_eq!(
        project.fault("two.ts"),
        "the script ended with exit code `2`"
    );
}

#[test]
fn scripts_render_projects_through_their_host() {
    let source = "
        import {renderVideo, renderPartialVideo} from '@revideo/renderer';
        import {concatenateMedia, getVideoDuration, mergeAudioWithVideo, mergeMedia} from '@revideo/ffmpeg';
        async function render() {
          let progress = -1;
          const file = await renderVideo({
            projectFile: './src/project.tsx',
            variables: {name: 'x'},
            settings: {logProgress: true, projectSettings: {range: [1, Infinity]}, progressCallback: (_, p) => { progress = p; }},
          });
          console.log(file, progress);
          const part = await renderPartialVideo({projectFile: 'p.tsx', workerId: 1, numWorkers: 2});
          console.log(part.audioFile, part.videoFile);
          await concatenateMedia(['a.mp4', 'b.mp4'], 'c.mp4');
          await mergeAudioWithVideo('a.wav', 'c.mp4', 'd.mp4');
          console.log(await getVideoDuration('c.mp4'), process.env.REGION, process.argv.length);
          await renderVideo({projectFile: 'broken.tsx'}).catch(error => console.log(error.message));
          await renderVideo({} as any).catch(error => console.log(error.message));
          try { (mergeMedia as any)(); } catch (error: any) { console.log(error.message); }
        }
        render();";
    assert_eq!(
        one(source),
        "{\"projectFile\":\"./src/project.tsx\",\"variables\":{\"name\":\"x\"},\"settings\":{\"logProgress\":true,\"projectSettings\":{\"range\":[1,null]}}}\n\
         output/video.mp4 1\n\
         {\"projectFile\":\"p.tsx\",\"workerId\":1,\"numWorkers\":2}\n\
         a.wav v.mp4\n\
         concatenateMedia [[\"a.mp4\",\"b.mp4\"],\"c.mp4\"]\n\
         mergeAudioWithVideo [\"a.wav\",\"c.mp4\",\"d.mp4\",\"aac\"]\n\
         2.5 here 2\n\
         the project is broken\n\
         renderVideo needs `projectFile`, the path of the file that exports the project\n\
         `mergeMedia` of @revideo/ffmpeg is not available here"
    );
}
