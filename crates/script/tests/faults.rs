//! What authors read when something is wrong.

mod common;

use common::Project;

fn fault(source: &str) -> String {
    Project::new(&[("main.ts", source)]).fault("main.ts")
}

#[test]
fn a_syntax_error_names_its_place() {
    assert_eq!(
        fault("const size = {\n  x: 1920, 1080};\n"),
        "expected `:` but found `}`\n  main.ts:2:16\n  2 |   x: 1920, 1080};\n    |                ^"
    );
}

#[test]
fn mistakes_of_all_files_are_told_at_once() {
    let project = Project::new(&[
        (
            "main.ts",
            "import './a'; import './b.json'; import './c'; import './d'; import './none';\n",
        ),
        ("a.ts", "const x = ;\n"),
        ("b.json", "{"),
        ("c.tsx", "const b = 1;\nexport const c = <a></b>;\n"),
        (
            "d.ts",
            "let y: number = 1; let y = 2;\nconst z = 1; z = 2; break;\n",
        ),
    ]);
    let told = project.fault("main.ts");
    let places: Vec<&str> = told
        .lines()
        .filter(|line| {
            line.starts_with("  ")
                && line.contains(':')
                && !line.contains('|')
                && !line.contains("hint")
        })
        .map(str::trim)
        .collect();
    assert_eq!(
        places,
        [
            "main.ts:1:69",
            "a.ts:1:11",
            "b.json:1:1",
            "c.tsx:2:23",
            "d.ts:1:5",
            "d.ts:2:21"
        ],
        "{told}"
    );
}

#[test]
fn a_list_that_exports_nothing_names_it() {
    assert_eq!(
        fault("const a = 1;\nexport {a, b as c};\n"),
        "`b` is exported, but there is nothing of that name\n  main.ts:2:12\n  2 | export {a, b as c};\n    |            ^"
    );
}

#[test]
fn a_missing_file_is_named() {
    let project = Project::new(&[]);
    assert_eq!(project.fault("main.ts"), "there is no file `main.ts`");
}

#[test]
fn a_missing_module_names_the_import() {
    let project = Project::new(&[
        (
            "src/main.ts",
            "import a from './scenes/intro';\nimport {b} from './scens/intro';\nimport c from 'nosuch';\nimport fs from 'node:fs';\nconsole.log(a, b, c, fs);\n",
        ),
        ("src/scenes/intros.tsx", "export default 1;"),
    ]);
    assert_eq!(
        project.fault("src/main.ts"),
        "cannot find module `./scenes/intro`\n  src/main.ts:1:15\n  1 | import a from './scenes/intro';\n    |               ^\n  hint: did you mean `./scenes/intros`?\n\n\
         cannot find module `./scens/intro`\n  src/main.ts:2:17\n  2 | import {b} from './scens/intro';\n    |                 ^\n\n\
         cannot find module `nosuch`\n  src/main.ts:3:15\n  3 | import c from 'nosuch';\n    |               ^\n  hint: is the package installed? `npm install nosuch`\n\n\
         cannot find module `node:fs`\n  src/main.ts:4:16\n  4 | import fs from 'node:fs';\n    |                ^\n  hint: scripts run without Node.js: its own modules do not exist here"
    );
}

#[test]
fn a_missing_export_of_a_file_is_found_before_anything_runs() {
    let project = Project::new(&[
        (
            "main.ts",
            "console.log('ran');\nimport {heigth} from './a';\nimport d from './a';\n console.log(heigth, d)",
        ),
        ("a.ts", "export const height = 1;"),
    ]);
    assert_eq!(
        project.fault("main.ts"),
        "`./a` has no export `heigth`\n  main.ts:2:9\n  2 | import {heigth} from './a';\n    |         ^\n  hint: did you mean `height`?\n\n\
         `./a` has no default export\n  main.ts:3:8\n  3 | import d from './a';\n    |        ^\n  hint: import what you need by name: `import {…} from`"
    );
}

#[test]
fn an_exception_is_traced_through_the_authors_files() {
    let project = Project::new(&[
        (
            "main.ts",
            "import {go} from './go';\n\ninterface Unused { a: number }\n\ngo<string>('x');\n",
        ),
        (
            "go.ts",
            "type T = {\n  a: number;\n};\nexport function go<X>(x: X) {\n  const t = undefined as unknown as T;\n  return t.a;\n}\n",
        ),
    ]);
    assert_eq!(
        project.fault("main.ts"),
        "TypeError: cannot read property 'a' of undefined\n  go.ts:6:10\n  6 |   return t.a;\n    |          ^\n  called from main.ts:5:1"
    );
}

#[test]
fn rejections_nobody_cares_for_are_errors() {
    assert_eq!(
        fault("async function late() { await null; throw new Error('too late'); }\nlate();\n"),
        "too late\n  main.ts:1:47\n  1 | async function late() { await null; throw new Error('too late'); }\n    |                                               ^"
    );
    let caught = Project::new(&[(
        "main.ts",
        "const p = Promise.reject(new Error('x')); p.catch(() => console.log('caught'));",
    )]);
    assert_eq!(caught.run("main.ts").unwrap(), ["caught"]);
}

#[test]
fn thrown_values_are_shown() {
    assert_eq!(fault("throw {code: 3};"), "uncaught value `{\"code\":3}`");
    assert_eq!(fault("throw 'text';"), "uncaught value `text`");
}

#[test]
fn causes_are_told() {
    let source =
        "try { JSON.parse('{'); } catch (cause) { throw new Error('bad settings', {cause}); }";
    let told = fault(source);
    assert!(told.starts_with("bad settings\n  main.ts:1:"), "{told}");
    assert!(told.contains("\n  hint: caused by: "), "{told}");
}

#[test]
fn a_promise_that_never_comes_is_an_error() {
    assert_eq!(
        fault("await new Promise(() => {});"),
        "the script waits for something that never comes\n  hint: a promise that is awaited or yielded is never resolved"
    );
}

#[test]
fn invalid_json_names_its_place() {
    let project = Project::new(&[
        (
            "main.ts",
            "import data from './data.json';\nconsole.log(data);",
        ),
        ("data.json", "{\n  \"a\": 1,\n}\n"),
    ]);
    assert_eq!(
        project.fault("main.ts"),
        "invalid JSON: trailing comma\n  data.json:3:1\n  3 | }\n    | ^"
    );
}

#[test]
fn a_missing_dynamic_import_can_be_caught() {
    let project = Project::new(&[(
        "main.ts",
        "try { await import('./nowhere'); } catch (error) { console.log((error as Error).message.split('\\n')[0]); }",
    )]);
    assert_eq!(
        project.run("main.ts").unwrap(),
        ["cannot find module `./nowhere`"]
    );
}
