//! What reaches the stage by slots is what reaches it one by one.

mod common;

use common::Project;
use kinora_film::Drawing;

/// A scene in which nodes are tweened, set, made reactive, taken away and read
/// at random. `curve` wraps every timing function.
fn scene(seed: u32, curve: &str) -> String {
    format!(
        r"
import {{Circle, Gradient, Line, Node, Rect, Txt, makeScene2D}} from '@revideo/2d';
import {{Color, Random, all, createSignal, easeInOutCubic, easeOutBack, linear, loop, makeProject, waitFor}} from '@revideo/core';

const curves = [linear, easeInOutCubic, easeOutBack].map({curve});

const scene = makeScene2D('random', function* (view) {{
  const random = new Random({seed});
  const pick = (list: any) => list[random.nextInt(0, list.length)];
  const number = (from: number, to: number) => Math.round(random.nextFloat(from, to) * 8) / 8;
  const color = () => pick(['red', '#e6a70080', 'blue', 'white', '#0000', 'gray']);
  const source = createSignal(0);
  const parts = new Gradient({{stops: [{{offset: 0, color: 'red'}}, {{offset: 1, color: 'blue'}}], to: [50, 0]}});
  const kinds = [Rect, Circle, Txt, Line, Node];
  const make = () => {{
    const kind = pick(kinds);
    const node: any = new kind({{size: 50, fill: 'red', text: 'text', points: [[0, 0], [50, 50]], lineWidth: 3, stroke: 'white'}} as any);
    view.add(node);
    return node;
  }};
  const nodes: any[] = Array.from({{length: 6}}, make);
  const change = (node: any): any => {{
    const curve = pick(curves);
    const seconds = pick([0.1, 0.25, 0.4]);
    switch (random.nextInt(0, 16)) {{
      case 0: return node.x(number(-300, 300), seconds, curve);
      case 1: return node.position([number(-300, 300), number(-300, 300)], seconds, curve);
      case 2: return node.rotation(number(-90, 90), seconds, curve);
      case 3: return node.scale(number(0.5, 2), seconds, curve);
      case 4: return node.opacity(number(0, 1), seconds, curve);
      case 5: return node.fill?.() instanceof Color ? node.fill(color(), seconds, curve) : undefined;
      case 6: return node.stroke?.(color(), seconds, curve);
      case 7: return node.shadowColor(color(), seconds, curve).to('black', 0.1);
      case 8: node.shadowBlur(5); return node.shadowOffset([number(-9, 9), 3], seconds, curve);
      case 9: node.x(() => source() * 10); return;
      case 10: node.opacity(() => 1 - source()); return;
      case 11: node.fill?.(pick([() => (source() > 0.5 ? 'red' : 'blue'), parts, null])); return;
      case 12: node.y(node.x() / 2); node.fill?.(node.stroke?.() ?? 'red'); return;
      case 13: node.remove(); if (random.nextFloat() < 0.5) node.dispose(); nodes[nodes.indexOf(node)] = make(); return;
      case 14: node.save(); node.rotation(number(0, 9)); return node.restore(seconds, curve);
      case 15: return node.skew?.x(number(-20, 20), seconds, curve);
    }}
  }};
  yield source(1, 3, curves[0]);
  yield parts.to.x(200, 3, curves[1]);
  for (let turn = 0; turn < 24; turn++) {{
    for (let count = random.nextInt(1, 5); count > 0; count--) {{
      const task = change(pick(nodes));
      if (task !== undefined) yield task;
    }}
    yield* waitFor(0.1);
  }}
}});

export default makeProject({{scenes: [scene], settings: {{rendering: {{fps: 20}}}}}});
"
    )
}

fn drawn(seed: u32, curve: &str) -> Vec<(u64, Drawing)> {
    let project = Project::new(&[("src/project.tsx", &scene(seed, curve))]);
    match project.record("src/project.tsx", |_| {}) {
        Ok((_, film)) => film.frames,
        Err(error) => panic!("seed {seed}: {error}"),
    }
}

#[test]
fn tweens_along_own_curves_draw_what_those_along_curves_of_others_draw() {
    let mut differing = 0;
    for seed in 1..=20 {
        // what a function of the user's may do is unknown: its tweens are blended and written one by one
        let slots = drawn(seed, "curve => curve");
        let plain = drawn(seed, "curve => (t: number) => curve(t)");
        assert_eq!(slots.len(), plain.len(), "seed {seed}");
        for ((frame, a), (_, b)) in slots.iter().zip(&plain) {
            assert_eq!(a, b, "seed {seed}, frame {frame}");
        }
        differing += slots
            .windows(2)
            .filter(|pair| pair[0].1 != pair[1].1)
            .count();
    }
    assert!(
        differing > 500,
        "only {differing} frames differ from the one before"
    );
}

fn fault(body: &str) -> String {
    let text = format!(
        "import {{Rect, makeScene2D}} from '@revideo/2d';\nimport {{linear, makeProject, waitFor}} from '@revideo/core';\n\
         const scene = makeScene2D('one', function* (view) {{\n  const first: any = <Rect key={{'first'}} />;\n  \
         const second: any = <Rect key={{'second'}} />;\n  view.add([first, second]);\n{body}\n}});\n\
         export default makeProject({{scenes: [scene]}});\n"
    );
    Project::new(&[("src/project.tsx", &text)]).record_fault("src/project.tsx", |_| {})
}

#[test]
fn a_number_that_cannot_be_drawn_names_its_node() {
    let told = fault(
        "yield first.rotation(90, 1, linear); yield second.rotation(90, 1, linear);\nyield* waitFor(0.2);\nsecond.rotation(NaN);\nyield;",
    );
    assert!(
        told.starts_with("`second`: `rotation` is not a finite number\n  src/project.tsx:5:"),
        "{told}"
    );
    let told = fault(
        "yield first.opacity(0, 1, linear);\nyield* waitFor(0.2);\nfirst.opacity('x');\nyield;",
    );
    assert!(
        told.starts_with("`first`: `opacity` must be a number, got `\"x\"`\n  src/project.tsx:4:"),
        "{told}"
    );
}
