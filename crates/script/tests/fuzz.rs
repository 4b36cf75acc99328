//! Random programs: broken ones end with a place, valid ones do what they say.

mod common;

use std::fmt::Write as _;

use common::Project;

/// Random numbers from a seed (splitmix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// A program with all that TSX has, to be broken.
const WHOLE: &str = r#"/** @jsxImportSource @revideo/2d/lib */
import {Rect, Txt as Text, makeScene2D} from '@revideo/2d';
import * as core from '@revideo/core';
import type {Reference} from '@revideo/core';
enum Side { Left = 1, Right = Left << 1 }
namespace Shape { export const size = 3; }
interface Named<T extends object = {}> { readonly name?: string; [key: string]: T | unknown; }
type Pair<A, B = A> = A extends infer U ? [U, B] : never;
abstract class Base<T> { static #count = 0; constructor(protected readonly value: T, public n = 1) { Base.#count++; } abstract go(): T; get [Symbol.toStringTag]() { return `${this.n}`; } }
class Next extends Base<number> { declare kept: string; override go() { return this.value! + (this.n as number); } }
const text = `a ${1 + 2} ${`b ${Side.Right}`}`, pattern = /[a-z]+\/(?<x>\d)/giu;
function* inner(x: number, ...rest: string[]): Generator<number, string, unknown> { const got = yield x; return String(got ?? rest?.[0]); }
const arrow = async <T,>({a, b: [c, ...d] = [1, 2]}: {a: T; b?: number[]}): Promise<T> => { try { await null; return a; } catch { throw d; } finally { void c; } };
label: for (const key in {a: 1}) { switch (key) { case 'a': continue label; default: break label; } }
const scene = makeScene2D('s', function* (view) {
  const ref = core.createRef<Rect>();
  view.add(<><Rect ref={ref} {...{size: 10}} fill="red" x={() => 1}>{/* c */}{'t'} text &amp; <Text text={'é'} /></Rect></>);
  yield* core.all(ref().x(5, 0.2), ref().size([1, 2] satisfies [number, number], 0.1));
  if (new Next(1).go() !== 2 || !text.length) throw new Error('no');
});
export default core.makeProject({scenes: [scene], settings: {rendering: {fps: 10}}});
export {pattern as default2, arrow, inner};
"#;

const BITS: &[&str] = &[
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "</",
    "/>",
    "=>",
    "`",
    "${",
    "'",
    "\"",
    "/",
    "*/",
    "/*",
    "//",
    ";",
    ",",
    ":",
    "?",
    "?.",
    "!",
    "@",
    "#",
    "...",
    "=",
    "==",
    "++",
    "async ",
    "await ",
    "yield ",
    "class ",
    "function ",
    "enum ",
    "const ",
    "import ",
    "export ",
    "default ",
    "type ",
    "as ",
    "new ",
    "using ",
    "accessor ",
    "declare ",
    "0x",
    "1n",
    "\u{feff}",
    "\u{2028}",
    "é",
    "😀",
    "\\u",
    "\0",
    "\r",
    "<!--",
    "@dec ",
    "namespace A ",
    "import.meta",
    "super",
    "this",
];

fn broken(dice: &mut Dice) -> String {
    let mut letters: Vec<char> = WHOLE.chars().collect();
    for _ in 0..=dice.below(4) {
        let at = dice.below(letters.len());
        let end = (at + dice.below(12)).min(letters.len());
        match dice.below(5) {
            0 => {
                letters.drain(at..end);
            }
            1 => {
                let piece: Vec<char> = letters[at..end].to_vec();
                let to = dice.below(letters.len());
                letters.splice(to..to, piece);
            }
            2 => letters.truncate(at.max(1)),
            3 => {
                let other = dice.below(letters.len());
                letters.swap(at, other);
            }
            _ => {
                let bit = dice.pick(BITS).chars();
                letters.splice(at..at, bit);
            }
        }
    }
    letters.into_iter().collect()
}

#[test]
fn broken_programs_end_with_a_place() {
    let mut dice = Dice(7);
    let (mut fine, mut told) = (0, 0);
    for round in 0..500 {
        let source = broken(&mut dice);
        let config = match round % 3 {
            0 => "{\"compilerOptions\": {\"experimentalDecorators\": false}}",
            _ => "{}",
        };
        let project = Project::new(&[("tsconfig.json", config), ("p.tsx", &source)]);
        let done = project.record("p.tsx", |options| {
            options.limits.frame_seconds = 0.5;
            options.limits.heap_bytes = 64 << 20;
            options.limits.max_duration_s = 5.0;
        });
        match done {
            Ok(_) => fine += 1,
            Err(error) => {
                told += 1;
                let diagnostics = error.diagnostics();
                assert!(!diagnostics.is_empty(), "round {round}: {error}\n{source}");
                let lines = source.split('\n').count() as u32;
                for fault in diagnostics {
                    let of_project = fault.message.contains("default export")
                        || fault.message.contains("makeProject")
                        || fault.message.contains("makeScene2D");
                    assert!(
                        fault.place.is_some() || of_project,
                        "round {round}: {fault}\n{source}"
                    );
                    let inside = fault.place.iter().all(|place| {
                        let line = source.split('\n').nth(place.line as usize - 1);
                        let length = line.map_or(0, |line| line.chars().count() as u32);
                        (1..=lines).contains(&place.line)
                            && (1..=length + 2).contains(&place.column)
                    });
                    assert!(inside, "round {round}: {fault}\n{source}");
                }
            }
        }
    }
    assert!(
        fine > 20 && told > 200,
        "{fine} were fine and {told} were not"
    );
}

/// A random expression of whole numbers, as TypeScript and as its value.
fn number(dice: &mut Dice, depth: usize, names: &[(String, i64)]) -> (String, i64) {
    if depth == 0 || dice.below(5) == 0 {
        if !names.is_empty() && dice.below(2) == 0 {
            return dice.pick(names).clone();
        }
        let value = dice.below(100) as i64;
        return (value.to_string(), value);
    }
    let (a, x) = number(dice, depth - 1, names);
    let (b, y) = number(dice, depth - 1, names);
    let fits = |value: i64| value.abs() < 1 << 40;
    match dice.below(12) {
        0 if fits(x + y) => (format!("({a} + {b})"), x + y),
        1 if fits(x - y) => (format!("({a} - {b})"), x - y),
        2 if x.abs() < 1 << 20 && y.abs() < 1 << 20 => (format!("({a} * {b})"), x * y),
        3 => (
            format!("({a} < {b} ? {a} : {b})"),
            if x < y { x } else { y },
        ),
        4 => (format!("(({a} as any)! satisfies number)"), x),
        5 => (format!("((n: number): number => n)({a})"), x),
        6 => (format!("[{a}, {b}].at(-1)!"), y),
        7 => (format!("({{a: {a}, ...{{b: {b}}}}}).b"), y),
        8 => (format!("(null ?? {a})"), x),
        9 => (format!("Number(`${{{a}}}`)"), x),
        10 => (format!("(<T,>(x: T, y?: T) => x)<number>({a}, {b})"), x),
        _ => (format!("(({a}), ({b}))"), y),
    }
}

/// A program that logs numbers, and what it logs.
fn valid(dice: &mut Dice) -> (String, Vec<String>) {
    let mut source =
        String::from("type N<T = number> = T;\nfunction same<T>(x: T): T { return x; }\n");
    let mut names: Vec<(String, i64)> = Vec::new();
    let mut wanted = Vec::new();
    for index in 0..4 + dice.below(8) {
        let (text, value) = number(dice, 3, &names);
        let name = format!("v{index}");
        let indent = " ".repeat(dice.below(6));
        // writing to a string cannot fail
        let _ = match dice.below(9) {
            0 => writeln!(source, "{indent}const {name}: N = {text};"),
            1 => writeln!(
                source,
                "{indent}enum E{index} {{ A = {} }} let {name} = E{index}.A + ({text}) - {};",
                index, index
            ),
            2 => writeln!(
                source,
                "{indent}const {{{name}, ...r{index}}} = {{{name}: {text}, other: 1}} as const;"
            ),
            3 => writeln!(
                source,
                "{indent}class C{index}<T> {{ constructor(private readonly p: T) {{}} get() {{ return this.p; }} }} const {name} = new C{index}({text}).get();"
            ),
            4 => writeln!(
                source,
                "{indent}namespace M{index} {{ export const inner = {text}; }} const {name} = M{index}.inner;"
            ),
            5 => writeln!(
                source,
                "{indent}function* g{index}() {{ const x: number = yield 1; return x; }} const i{index} = g{index}(); i{index}.next(); const {name} = i{index}.next({text}).value as number;"
            ),
            6 => writeln!(
                source,
                "{indent}const {name} = await (async (): Promise<number> => {text})();"
            ),
            7 => writeln!(
                source,
                "{indent}let {name}!: number; try {{ throw {text}; }} catch (e: unknown) {{ {name} = e as number; }}"
            ),
            _ => writeln!(source, "{indent}const {name} = same<N>({text}); // {name}"),
        };
        names.push((name.clone(), value));
        let _ = writeln!(source, "console.log(`${{{name}}}`);");
        wanted.push(value.to_string());
    }
    (source, wanted)
}

#[test]
fn valid_programs_do_what_they_say() {
    let mut dice = Dice(11);
    for round in 0..150 {
        let (source, wanted) = valid(&mut dice);
        let project = Project::new(&[("main.ts", &source)]);
        let lines = project
            .run("main.ts")
            .unwrap_or_else(|error| panic!("round {round}: {error}\n{source}"));
        assert_eq!(lines, wanted, "round {round}:\n{source}");
    }
}

#[test]
fn places_are_those_of_the_source() {
    let mut dice = Dice(13);
    for round in 0..150 {
        let (mut source, _) = valid(&mut dice);
        let line = source.matches('\n').count() + 1;
        let before = [
            "",
            "  ",
            "const a: number = 1; ",
            "void <any>0; ",
            "/* é 😀 */ ",
            "enum Q { A } ",
            "const t = `é`; ",
            "type X = {a: 1}; ",
            "function f<T>(x: T) { return x } f<string>('ü'); ",
        ];
        let before: String = (0..dice.below(3))
            .map(|_| *dice.pick(&before[..]))
            .collect();
        // each of them stands once at most
        if ["const a", "enum Q", "const t", "type X", "function f"]
            .iter()
            .any(|it| before.matches(it).count() > 1)
        {
            continue;
        }
        let _ = writeln!(source, "{before}throw new Error('here');");
        let column = before.chars().count() + "throw new ".len() + 1;
        let project = Project::new(&[("main.ts", &source)]);
        let told = project.fault("main.ts");
        let place = format!("here\n  main.ts:{line}:{column}\n");
        assert!(
            told.starts_with(&place),
            "round {round}: wanted {place}got {told}\n{source}"
        );
    }
}
