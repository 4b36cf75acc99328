//! Modules as real projects have them: packages in all their shapes, data, addresses.

mod common;

use common::Project;

fn logged(files: &[(&str, &str)]) -> Vec<String> {
    Project::new(files)
        .run("main.ts")
        .unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn exports_maps_are_followed() {
    let files = [
        (
            "main.ts",
            "import {which} from 'dual';
             import {which as sub} from 'dual/sub';
             import {which as deep} from 'dual/features/a.js';
             import {which as nested} from 'dual/features/x/y.js';
             import {user} from 'user';
             import pkg from 'dual/package.json';
             console.log(which, sub, deep, nested, user, pkg.version);",
        ),
        (
            "node_modules/dual/package.json",
            r##"{"name": "dual", "version": "1.2.3", "imports": {"#own": {"node": "./node.js", "default": "./own.js"}},
                "exports": {
                  ".": {"node": "./node.mjs", "import": {"browser": "./esm.mjs"}, "require": "./cjs.cjs"},
                  "./sub": [{"unknown": "./no.js"}, "./sub.mjs"],
                  "./features/*.js": "./src/features/*.mjs",
                  "./features/private/*": null,
                  "./package.json": "./package.json"}}"##,
        ),
        (
            "node_modules/dual/esm.mjs",
            "import {own} from '#own'; import {which as self} from 'dual/sub'; export const which = `esm ${own} ${self}`;",
        ),
        ("node_modules/dual/own.js", "export const own = 'own';"),
        ("node_modules/dual/cjs.cjs", "exports.which = 'cjs';"),
        ("node_modules/dual/sub.mjs", "export const which = 'sub';"),
        (
            "node_modules/dual/src/features/a.mjs",
            "export const which = 'a';",
        ),
        (
            "node_modules/dual/src/features/x/y.mjs",
            "export const which = 'x/y';",
        ),
        ("node_modules/user/package.json", r#"{"main": "index"}"#),
        (
            "node_modules/user/index.js",
            "exports.user = require('dual').which;",
        ),
    ];
    assert_eq!(logged(&files), ["esm own sub sub a x/y cjs 1.2.3"]);
}

#[test]
fn names_that_an_exports_map_keeps_to_itself_are_missing() {
    let project = Project::new(&[
        (
            "main.ts",
            "import a from 'sealed/inner.js';\nconsole.log(a);",
        ),
        (
            "node_modules/sealed/package.json",
            r#"{"exports": {".": "./a.js"}}"#,
        ),
        ("node_modules/sealed/a.js", ""),
        ("node_modules/sealed/inner.js", "export default 1;"),
    ]);
    assert_eq!(
        project.fault("main.ts"),
        "cannot find module `sealed/inner.js`\n  main.ts:1:15\n  1 | import a from 'sealed/inner.js';\n    |               ^\n  hint: `sealed` is installed, but has no such file for import"
    );
}

#[test]
fn common_js_is_found_out_by_its_text() {
    let files = [
        (
            "main.ts",
            "import whole, {a, b as renamed} from 'assigned';
             import * as all from 'object';
             import defined from 'defined';
             import star, {inner} from 'starred';
             import umd, {late} from 'umd';
             import transpiled, {named} from 'transpiled';
             const {spread} = all;
             console.log(whole.a, a, renamed, all.one, all.two, spread, Object.keys(all).join());
             console.log(defined.x, inner, star.inner, umd.late, late, transpiled, named);",
        ),
        ("node_modules/assigned/index.js", "module.exports.a = 1; exports['b'] = 2;"),
        (
            "node_modules/object/index.js",
            "const two = 2; module.exports = {one: 1, two, ...require('./more'), 'not a name': 3}; Object.assign(module.exports, {spread: 4});",
        ),
        ("node_modules/object/more.js", "exports.more = 5;"),
        (
            "node_modules/defined/index.js",
            "Object.defineProperty(exports, 'x', {enumerable: true, get: function () { return 'got'; }});",
        ),
        (
            "node_modules/starred/index.js",
            "'use strict';
             var __exportStar = function (from, to) { for (var key in from) to[key] = from[key]; };
             Object.defineProperty(exports, '__esModule', {value: true});
             __exportStar(require('./inner'), exports);
             exports.default = {inner: exports.inner};",
        ),
        ("node_modules/starred/inner.js", "exports.inner = 'inner';"),
        (
            "node_modules/umd/index.js",
            "!function (root, make) { typeof exports === 'object' && typeof module !== 'undefined' ? make(exports) : make(root.umd = {}); }(this, function (t) { t.late = 'late'; });",
        ),
        (
            "node_modules/transpiled/index.js",
            "0 && (module.exports = {named});
             var exported = {}; Object.defineProperty(exported, 'named', {get: () => 'n', enumerable: true}); Object.defineProperty(exported, '__esModule', {value: true}); exported.default = 'd';
             module.exports = exported;",
        ),
    ];
    assert_eq!(
        logged(&files),
        [
            "1 1 2 1 2 4 default,more,one,spread,two",
            "got inner inner late late d n"
        ]
    );
}

#[test]
fn common_js_runs_when_it_is_required_and_once() {
    let files = [
        (
            "main.ts",
            "import main from 'lazy';
             console.log(main.order.join(' '), main.late(), main.order.join(' '), main.again());
             console.log(main.caught, main.code, main.self);",
        ),
        (
            "node_modules/lazy/index.js",
            "var order = ['main'];
             globalThis.order = order;
             if (process.env.NODE_ENV === 'production') require('./production'); else require('./development');
             try { require('./throws'); } catch (error) { exports.caught = error.message; }
             try { require('absent'); } catch (error) { exports.code = error.code; }
             exports.order = order;
             exports.late = function () { return require('./late').value; };
             exports.again = function () { return require('./late') === require('./late.js') && require('./late') === module.require_late; };
             module.require_late = require('./cycle').late();
             exports.self = this === exports && typeof __filename + __dirname.split('/').pop();
             undeclared = 'sloppy';",
        ),
        ("node_modules/lazy/production.js", "order.push('production');"),
        ("node_modules/lazy/development.js", "order.push('development');"),
        ("node_modules/lazy/throws.js", "order.push('throws'); throw new Error('it threw');"),
        ("node_modules/lazy/late.js", "order.push('late'); exports.value = 'value';"),
        (
            "node_modules/lazy/cycle.js",
            "var main = require('./index'); exports.early = main.order; exports.late = function () { return require('./late'); };",
        ),
    ];
    assert_eq!(
        logged(&files),
        [
            "main production throws late value main production throws late true",
            "it threw MODULE_NOT_FOUND stringlazy"
        ]
    );
}

#[test]
fn common_js_requires_what_is_no_common_js() {
    let files = [
        (
            "main.ts",
            "import made from 'consumer'; console.log(made.join(' '));",
        ),
        (
            "node_modules/consumer/index.js",
            "#!/usr/bin/env node
             var esm = require('esm'), only = require('only'), json = require('./data.json'), empty = require('blank');
             var interop = esm && esm.__esModule ? esm : {default: esm};
             module.exports = [interop.default, esm.named, only(20), json.list[1], json['a b'], Object.keys(empty).length];
             return;",
        ),
        ("node_modules/consumer/package.json", r#"{"browser": {"blank": false}}"#),
        ("node_modules/consumer/data.json", "{\"list\": [1, 2], \"a b\": \"c\"}"),
        ("node_modules/blank/index.js", "module.exports = {full: true};"),
        ("node_modules/esm/package.json", r#"{"type": "module", "exports": "./index.js"}"#),
        ("node_modules/esm/index.js", "export default 'default'; export const named = 'named';"),
        ("node_modules/only/index.mjs", "export default x => x + 1;"),
        ("node_modules/only/package.json", r#"{"main": "index.mjs"}"#),
    ];
    assert_eq!(logged(&files), ["default named 21 2 c 0"]);
}

#[test]
fn modules_may_go_round_in_circles() {
    let files = [
        (
            "main.ts",
            "import {even} from './even'; import c from 'circle'; console.log(even(10), even(7), c.name, c.other.name, c.other.back());",
        ),
        (
            "even.ts",
            "import {odd} from './odd'; export const even = (n: number): boolean => n === 0 || odd(n - 1);",
        ),
        (
            "odd.ts",
            "import {even} from './even'; export const odd = (n: number): boolean => n !== 0 && even(n - 1);",
        ),
        (
            "node_modules/circle/index.js",
            "exports.name = 'a'; exports.other = require('./b');",
        ),
        (
            "node_modules/circle/b.js",
            "var a = require('./index.js'); exports.name = 'b after ' + a.name; exports.back = function () { return a.other === exports; };",
        ),
    ];
    assert_eq!(logged(&files), ["true false a b after a true"]);
}

#[test]
fn packages_say_what_they_are_in_a_browser() {
    let files = [
        (
            "main.ts",
            "import {where} from 'split'; import {place} from 'field'; import link from 'linked'; console.log(where, place, link);",
        ),
        (
            "node_modules/split/package.json",
            r#"{"main": "node.js", "browser": {"./node.js": "./browser.js", "./io.js": "./no-io.js", "fs": false}}"#,
        ),
        ("node_modules/split/node.js", "exports.where = 'node';"),
        (
            "node_modules/split/browser.js",
            "exports.where = 'browser ' + require('./io').io + ' ' + Object.keys(require('fs')).length;",
        ),
        ("node_modules/split/io.js", "exports.io = 'io';"),
        ("node_modules/split/no-io.js", "exports.io = 'no io';"),
        (
            "node_modules/field/package.json",
            r#"{"main": "cjs.js", "browser": "umd.js", "module": "esm.js"}"#,
        ),
        ("node_modules/field/esm.js", "export const place = 'esm';"),
        ("node_modules/field/cjs.js", "exports.place = 'cjs';"),
        ("node_modules/field/umd.js", "exports.place = 'umd';"),
        (
            "node_modules/.store/linked@1/node_modules/linked/index.js",
            "module.exports = require('beside');",
        ),
        (
            "node_modules/.store/linked@1/node_modules/beside/index.js",
            "module.exports = 'beside the real folder';",
        ),
    ];
    let project = Project::new(&files);
    let root = project.root();
    std::os::unix::fs::symlink(
        root.join("node_modules/.store/linked@1/node_modules/linked"),
        root.join("node_modules/linked"),
    )
    .unwrap();
    assert_eq!(
        project.run("main.ts").unwrap(),
        ["browser no io 0 esm beside the real folder"]
    );
}

#[test]
fn a_star_finds_the_module_that_has_a_name() {
    let files = [
        (
            "main.ts",
            "import {wanted} from 'stars'; import * as stars from 'stars'; console.log(wanted, stars.other);",
        ),
        (
            "node_modules/stars/package.json",
            r#"{"type": "module", "exports": "./index.js"}"#,
        ),
        (
            "node_modules/stars/index.js",
            "export * from './empty.js'; export * from './old.cjs'; export * from './a.js';",
        ),
        ("node_modules/stars/empty.js", "// nothing yet\n"),
        ("node_modules/stars/old.cjs", "exports.other = 'other';"),
        ("node_modules/stars/a.js", "export const wanted = 'wanted';"),
    ];
    assert_eq!(logged(&files), ["wanted other"]);
}

#[test]
fn built_in_modules_win_over_installed_ones() {
    let files = [
        (
            "main.ts",
            "import {Vector2} from '@revideo/core'; import {Vector2 as Other} from '@motion-canvas/core/lib/types'; console.log(new Vector2(3, 4).magnitude, Vector2 === Other);",
        ),
        (
            "node_modules/@revideo/core/package.json",
            r#"{"main": "index.js"}"#,
        ),
        (
            "node_modules/@revideo/core/index.js",
            "throw new Error('the installed package ran');",
        ),
    ];
    assert_eq!(logged(&files), ["5 true"]);
}

#[test]
fn a_package_that_needs_node_is_named_with_the_way_to_it() {
    let project = Project::new(&[
        (
            "src/main.ts",
            "import {x} from './helper';\nconsole.log(x);\n",
        ),
        (
            "src/helper.ts",
            "const a = 1;\nexport {x} from 'outer';\nexport {a};\n",
        ),
        (
            "node_modules/outer/package.json",
            r#"{"type": "module", "exports": "./index.js"}"#,
        ),
        ("node_modules/outer/index.js", "export * from 'inner';"),
        (
            "node_modules/inner/package.json",
            r#"{"type": "module", "exports": "./lib/i.js"}"#,
        ),
        (
            "node_modules/inner/lib/i.js",
            "import {readFileSync} from 'node:fs';\nexport const x = readFileSync;",
        ),
    ]);
    assert_eq!(
        project.fault("src/main.ts"),
        "the package `inner` needs Node.js: it imports `node:fs`, which does not exist here\n  \
         src/helper.ts:2:17\n  2 | export {x} from 'outer';\n    |                 ^\n  \
         hint: imported this way: src/helper.ts → node_modules/outer/index.js → node_modules/inner/lib/i.js"
    );
    let project = Project::new(&[
        ("main.ts", "import x from 'old';\nconsole.log(x);\n"),
        (
            "node_modules/old/index.js",
            "var path = require('path');\nmodule.exports = path;",
        ),
    ]);
    let told = project.fault("main.ts");
    assert!(
        told.starts_with("the package `old` needs Node.js: it imports `path`, which does not exist here\n  hint: imported this way: main.ts → node_modules/old/index.js\n  node_modules/old/index.js:1:"),
        "{told}"
    );
}

#[test]
fn node_modules_of_the_same_name_take_the_place_of_nodes_own() {
    let files = [
        ("main.ts", "import E from 'events'; console.log(E);"),
        (
            "node_modules/events/index.js",
            "module.exports = 'installed';",
        ),
    ];
    assert_eq!(logged(&files), ["installed"]);
}

#[test]
fn files_are_imported_as_what_they_are() {
    let files = [
        (
            "src/main.ts",
            "import text from './a.csv';
             import shader from './waves.glsl';
             import raw from './waves.glsl?raw';
             import inline from './dot.svg?inline';
             import address from './dot.svg';
             import css from './a.css?inline';
             import sound from './a.mp3'; import video from './a.mp4?url';
             import image from './dot.png?img';
             import frames from './seq/f-1.png?anim';
             import publicFile from '/logo.png';
             import fromRoot from '/src/a.csv?raw';
             import data from './a.json' with {type: 'json'};
             const loaded = await image, all = await frames;
             console.log(text.trim(), fromRoot === text, data.n);
             console.log(shader.replace(/\\n/g, ' '), raw.includes('#include'));
             console.log(inline, css);
             console.log([address, sound, video, publicFile].map(it => it.split('/').slice(-2).join('/')).join(' '));
             console.log(loaded.width, all.map((it: any) => it.src.split('/').pop()).join(' '));",
        ),
        ("src/a.csv", "x,y\n"),
        ("src/a.json", "{\"n\": 1}"),
        ("src/waves.glsl", "#include \"./lib/noise.glsl\"\n#include \"lib/noise.glsl\"\nvoid main() {}"),
        ("src/lib/noise.glsl", "  #include <./deeper.glsl>\nfloat noise();"),
        ("src/lib/deeper.glsl", "float deeper();\n"),
        ("src/dot.svg", "<svg/>"),
        ("src/a.css", "a {}"),
        ("src/a.mp3", ""),
        ("src/a.mp4", ""),
        ("src/dot.png", ""),
        ("src/seq/f-10.png", ""),
        ("src/seq/f-2.png", ""),
        ("src/seq/f-1.png", ""),
        ("src/seq/notes.txt", ""),
        ("public/logo.png", ""),
    ];
    let lines = Project::new(&files)
        .run("src/main.ts")
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        lines,
        [
            "x,y true 1",
            "float deeper();  float noise(); void main() {} true",
            "data:image/svg+xml;base64,PHN2Zy8+ a {}",
            "src/dot.svg src/a.mp3 src/a.mp4 public/logo.png",
            "640 f-1.png f-2.png f-10.png"
        ]
    );
}

#[test]
fn a_shader_that_includes_nothing_there_is_names_its_line() {
    let project = Project::new(&[
        ("main.ts", "import s from './a.glsl'; console.log(s);"),
        ("a.glsl", "#include \"./b.glsl\"\n"),
        ("b.glsl", "float x;\n  #include \"./c.glsl\"\n"),
    ]);
    assert_eq!(
        project.fault("main.ts"),
        "cannot find the shader `./c.glsl`\n  b.glsl:2:13\n  2 |   #include \"./c.glsl\"\n    |             ^"
    );
}

#[test]
fn what_cannot_be_a_module_says_so() {
    for (specifier, told) in [
        (
            "./a.ts?worker",
            "imports with `?worker` need workers, which do not exist here",
        ),
        ("./a.wasm", "`.wasm` modules cannot be run here"),
        (
            "https://cdn.test/lib.js",
            "modules are not loaded from the network: `https://cdn.test/lib.js`",
        ),
        (
            "kinora:globals/native",
            "cannot find module `kinora:globals/native`",
        ),
        ("./empty/f.png?anim", "holds no numbered pictures"),
    ] {
        let source =
            format!("const before = 1;\nimport x from '{specifier}';\nconsole.log(x, before);");
        let project = Project::new(&[
            ("main.ts", &source),
            ("a.ts", ""),
            ("a.wasm", ""),
            ("empty/f.png", ""),
        ]);
        let fault = project.fault("main.ts");
        assert!(fault.contains(told), "{specifier}: {fault}");
        if !specifier.contains("anim") {
            assert!(fault.contains("\n  main.ts:2:15\n"), "{specifier}: {fault}");
        }
    }
}

#[test]
fn scenes_of_files_have_the_files_name() {
    let scene = "import {makeScene2D} from '@motion-canvas/2d'; export default makeScene2D(function* () { yield; });";
    let files = [
        (
            "main.ts",
            "import intro from './scenes/intro?scene'; import named from './scenes/other?scene';
             console.log(intro.name, named.name, JSON.stringify((intro as any).meta));",
        ),
        ("scenes/intro.tsx", scene),
        ("scenes/intro.meta", "{\"timeEvents\": []}"),
        (
            "scenes/other.tsx",
            "import {makeScene2D} from '@revideo/2d'; export default makeScene2D('given', function* () { yield; });",
        ),
    ];
    assert_eq!(logged(&files), ["intro given {\"timeEvents\":[]}"]);
    let project = Project::new(&[
        ("main.ts", "import a from './a?scene'; console.log(a);"),
        ("a.ts", "export const x = 1;"),
    ]);
    let fault = project.fault("main.ts");
    assert!(
        fault.starts_with("`./a.ts` has no default export"),
        "{fault}"
    );
}

#[test]
fn tsconfigs_are_read_as_a_whole() {
    let files = [
        (
            "tsconfig.json",
            "{\n  // the project's\n  \"extends\": [\"./config/base\", \"@revideo/2d/tsconfig.project.json\", \"shared/tsconfig.json\"],\n  \"compilerOptions\": {\"baseUrl\": \".\", /* and */ },\n}",
        ),
        (
            "config/base.json",
            r#"{"compilerOptions": {"baseUrl": "..", "paths": {"@/*": ["src/*", "generated/*"], "@/special/*": ["special/*"], "exact": ["src/exact.ts"], "*.view": ["src/views/*"]}}}"#,
        ),
        ("node_modules/shared/tsconfig.json", r#"{"compilerOptions": {"jsxImportSource": "@motion-canvas/2d/lib"}}"#),
        ("src/a.ts", "export const a = 'a';"),
        ("special/a.ts", "export const a = 'special';"),
        ("generated/g.ts", "export const g = 'g';"),
        ("src/exact.ts", "export const e = 'e';"),
        ("src/views/home.ts", "export const v = 'v';"),
        ("src/lib/own/tsconfig.json", r#"{"compilerOptions": {"paths": {"near": ["./n.ts"]}}}"#),
        ("src/lib/own/n.ts", "export const n = 'n';"),
        ("src/lib/own/index.ts", "export {n} from 'near';"),
        (
            "main.ts",
            "import {a} from '@/a'; import {a as special} from '@/special/a'; import {g} from '@/g'; import {e} from 'exact';
             import {v} from 'home.view'; import {n} from 'src/lib/own';
             console.log(a, special, g, e, v, n);",
        ),
    ];
    assert_eq!(logged(&files), ["a special g e v n"]);
    let project = Project::new(&[
        (
            "tsconfig.json",
            "{\n  \"compilerOptions\": {\n    \"paths\" {}\n  }\n}",
        ),
        ("main.ts", "console.log(1);"),
    ]);
    assert_eq!(
        project.fault("main.ts"),
        "invalid JSON: expected `:`\n  tsconfig.json:3:13\n  3 |     \"paths\" {}\n    |             ^"
    );
}

#[test]
fn jsx_takes_its_factory_from_where_it_is_told() {
    let own = "export const jsx = (type: unknown, props: any) => [type, props.children ?? null]; export const jsxs = jsx; export const Fragment = 'fragment';";
    let files = [
        // the reference's own plugin wins over this, a comment over the plugin
        (
            "tsconfig.json",
            r#"{"compilerOptions": {"jsx": "react-jsx", "jsxImportSource": "preact"}}"#,
        ),
        ("other/jsx-runtime.ts", own),
        (
            "main.ts",
            "import {a} from './a'; import {b} from './b'; console.log(a, JSON.stringify(b));",
        ),
        (
            "a.tsx",
            "const Own = ({size}: any) => `own ${size}`; export const a = <Own size={3} />;",
        ),
        (
            "b.tsx",
            "/** @jsxImportSource ./other */\nexport const b = <x><y /></x>;",
        ),
    ];
    assert_eq!(logged(&files), ["own 3 [\"x\",[\"y\",null]]"]);
}

#[test]
fn a_modules_own_facts_are_there() {
    let source = "
        const {env, hot, url, dirname} = import.meta;
        console.log(env.MODE, env.DEV, env.PROD, env.BASE_URL, env.SSR, env.VITE_KEY, hot, url.startsWith('file:///'), dirname.length > 1);
        if (import.meta.hot) import.meta.hot.accept();
        console.log(process.env.NODE_ENV, process.env.HOME);
        try { const own = './*.png'; import.meta.glob(own); } catch (error: any) { console.log(error.message); }";
    assert_eq!(
        logged(&[("main.ts", source)]),
        [
            "production false true / false undefined undefined true true",
            "production undefined",
            "`import.meta.glob` takes texts and options that stand where it is called, not values"
        ]
    );
}

#[test]
fn places_in_packages_are_those_of_their_files() {
    let project = Project::new(&[
        ("main.ts", "import {go} from 'pkg';\n\ngo();\n"),
        (
            "node_modules/pkg/index.js",
            "exports.go = function go() { return missing; };",
        ),
    ]);
    assert_eq!(
        project.fault("main.ts"),
        "ReferenceError: missing is not defined\n  main.ts:3:1\n  3 | go();\n    | ^"
    );
    let project = Project::new(&[
        ("main.ts", "import 'pkg';\n"),
        (
            "node_modules/pkg/index.js",
            "exports.a = 1; exports.b = missing;",
        ),
    ]);
    assert_eq!(
        project.fault("main.ts"),
        "ReferenceError: missing is not defined\n  node_modules/pkg/index.js:1:28\n  1 | exports.a = 1; exports.b = missing;\n    |                            ^"
    );
}

#[test]
fn imports_that_nothing_uses_are_dropped_whatever_their_names() {
    let files = [
        (
            "main.ts",
            "import {shown} from './scene'; console.log(shown);",
        ),
        (
            "scene.tsx",
            "import React from 'react';\nimport * as Preact from 'preact';\nimport {h, Fragment} from 'nowhere';\n\
             const Part = ({text}: any) => text;\nexport const shown = <Part text={'drawn'} />;",
        ),
    ];
    assert_eq!(logged(&files), ["drawn"]);
}

#[test]
fn every_path_into_the_packages_leads_somewhere() {
    let files = [(
        "main.ts",
        "import {noop} from '@motion-canvas/core/lib/flow';
         import {useDuration} from '@revideo/core/lib/utils';
         import {easeInSine, createRef} from '@revideo/core/lib/tweening';
         import {CodeBlock, edit, insert, lines} from '@motion-canvas/2d/lib/components/CodeBlock';
         import {drawImage, moveTo, lineTo, resolveCanvasStyle, withDefaults} from '@motion-canvas/2d/lib/utils';
         import {getTransformDiff} from '@motion-canvas/2d/lib/utils/diff';
         import {CodeCursor} from '@revideo/2d/lib/code/CodeCursor';
         import {Icon} from '@revideo/2d/lib/components/Icon';
         import {getPolylineProfile, isCodeRange, Camera, LezerHighlighter, DefaultHighlightStyle} from '@motion-canvas/2d';
         import {Rect} from '@canvas-commons/2d';
         import {Vector2} from '@canvas-commons/core';
         console.log([noop, useDuration, easeInSine, createRef, CodeBlock, edit, insert, lines, drawImage, moveTo, lineTo,
           resolveCanvasStyle, withDefaults, getTransformDiff, CodeCursor, Icon, getPolylineProfile, isCodeRange, Camera,
           LezerHighlighter, DefaultHighlightStyle, Rect, Vector2].every(value => value !== undefined));
         try { getTransformDiff(); } catch (error) { console.log((error as Error).message); }",
    )];
    assert_eq!(
        logged(&files),
        ["true", "`getTransformDiff` is not available here"]
    );
}

#[test]
fn packages_of_ones_own_may_have_a_scope_of_ours() {
    let files = [
        (
            "main.ts",
            "import {own} from '@revideo/own-parts'; import {core} from '@motion-canvas/extra/core'; console.log(own, core);",
        ),
        (
            "node_modules/@revideo/own-parts/index.js",
            "export const own = 'own';",
        ),
        (
            "node_modules/@motion-canvas/extra/core.js",
            "export const core = 'core';",
        ),
    ];
    assert_eq!(logged(&files), ["own core"]);
}

#[test]
fn the_variables_of_env_files_are_those_of_the_module() {
    let files = [
        (
            "main.ts",
            "const {VITE_KEY, VITE_URL, SECRET, VITE_NONE, MODE} = import.meta.env;
             console.log(VITE_KEY, VITE_URL, SECRET, VITE_NONE, MODE);",
        ),
        (".env", "VITE_KEY=abc\nSECRET=hidden\nVITE_URL=first\n"),
        (
            ".env.production",
            "VITE_URL=https://$VITE_KEY.test # last\n",
        ),
    ];
    assert_eq!(
        logged(&files),
        ["abc https://abc.test undefined undefined production"]
    );
}

#[test]
fn an_alias_that_nothing_tells_of_is_told_where_to_be_put() {
    let told =
        Project::new(&[("main.ts", "import {a} from '@/lib/a'; console.log(a);")]).fault("main.ts");
    assert!(
        told.contains("put it into `paths` of tsconfig.json"),
        "{told}"
    );
}

#[test]
fn globs_are_the_files_that_they_mean() {
    let files = [
        (
            "main.ts",
            "const lazy = import.meta.glob('./parts/*.ts');
             const eager = import.meta.glob(['./parts/**/*.{ts,js}', '!./parts/two.ts'], {
               eager: true,
               import: 'name',
             });
             const texts = import.meta.glob('/notes/*.txt', {query: '?raw', import: 'default', eager: true});
             console.log(Object.keys(lazy).join(' '), ((await lazy['./parts/one.ts']()) as any).name);
             console.log(JSON.stringify(eager), JSON.stringify(texts), Object.keys(import.meta.glob('./none/*')).length);",
        ),
        ("parts/one.ts", "export const name = 'one';"),
        ("parts/two.ts", "export const name = 'two';"),
        ("parts/deep/three.js", "export const name = 'three';"),
        ("parts/data.json", "{}"),
        ("notes/a.txt", "first"),
    ];
    assert_eq!(
        logged(&files),
        [
            "./parts/one.ts ./parts/two.ts one",
            "{\"./parts/deep/three.js\":\"three\",\"./parts/one.ts\":\"one\"} {\"/notes/a.txt\":\"first\"} 0"
        ]
    );
    let told = Project::new(&[
        (
            "main.ts",
            "const all = import.meta.glob('./parts/*.ts', {eager: true});\nimport {none} from './parts/one';\nconsole.log(all, none);",
        ),
        ("parts/one.ts", "export const name = 'one';"),
    ])
    .fault("main.ts");
    assert!(
        told.starts_with("`./parts/one` has no export `none`\n  main.ts:2:9\n"),
        "{told}"
    );
}
