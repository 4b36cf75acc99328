use std::time::{Duration, Instant};

use kinora_film::{Drawing, Node};
use kinora_stage::{
    NodeId,
    NodeKind::{self, Circle, Layout, Line, Rect, Txt},
    Value, ViewPlacement,
};

use crate::{Scene, dump::dump, list, no, number, text, yes};

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn length(&mut self) -> f64 {
        self.roll(4000) as f64 / 16.0
    }
}

/// A tree of all kinds: ten texts with a leaf each, and nodes around them; half of
/// them cast shadows.
fn tree(scene: &mut Scene) -> Vec<NodeId> {
    let kinds = [
        NodeKind::Node,
        Layout,
        Rect,
        Circle,
        Line,
        NodeKind::Polygon,
        NodeKind::Grid,
        Layout,
    ];
    let mut nodes: Vec<NodeId> = kinds
        .iter()
        .cycle()
        .take(24)
        .map(|kind| scene.node(*kind, &[], &[]))
        .collect();
    for index in 0..10 {
        let txt = scene.txt(&"word ".repeat(index + 1), &[]);
        nodes.push(txt);
    }
    for (index, node) in nodes.iter().enumerate() {
        let _ = scene.stage.set(*node, "fill", list(&[1.0; 4]));
        if index % 2 == 0 {
            let _ = scene.stage.set(*node, "width", number(90.0));
            let _ = scene.stage.set(*node, "height", number(40.0));
            scene.set(*node, "shadowColor", list(&[0.0, 0.0, 0.0, 0.5]));
            scene.set(*node, "shadowOffset", list(&[4.0, 6.0]));
        }
    }
    nodes
}

/// One change at random, as (node, property, value) or a new place in the tree.
/// The node after the last is the view.
enum Change {
    Set(usize, &'static str, Value),
    Move(usize, usize),
}

fn change(dice: &mut Dice, count: usize) -> Change {
    let node = dice.roll(count);
    let length = dice.length();
    let node = match dice.roll(6) {
        0 => count,
        _ => node,
    };
    let set = |name, value| Change::Set(node, name, value);
    match dice.roll(28) {
        0 => set("width", number(length)),
        1 => set("height", Value::Null),
        2 => set("width", text(&format!("{length}%"))),
        3 => set("layout", [yes(), no(), Value::Null][dice.roll(3)].clone()),
        4 => set("padding", list(&[length / 8.0; 4])),
        5 => set("direction", text(["row", "column"][dice.roll(2)])),
        6 => set("fontSize", number(length / 4.0)),
        7 => set(
            "textWrap",
            [yes(), no(), text("pre"), Value::Null][dice.roll(4)].clone(),
        ),
        8 => set("position", list(&[length, -length])),
        9 => set("opacity", number(dice.roll(3) as f64 / 2.0)),
        10 => set("fill", list(&[length / 250.0, 0.0, 1.0, 1.0])),
        11 => set("zIndex", number(dice.roll(3) as f64)),
        12 => set("composite", [yes(), no()][dice.roll(2)].clone()),
        13 => set("rotation", number(length)),
        14 => set("shadowOffset", list(&[length, 1.0])),
        15 => set("shadowColor", list(&[0.0, 0.0, 0.0, length / 250.0])),
        16 => set(
            "compositeOperation",
            text(["source-over", "xor"][dice.roll(2)]),
        ),
        17 => set("clip", [yes(), no()][dice.roll(2)].clone()),
        18 => set("scale", list(&[length / 125.0, 1.0])),
        19 => set("skew", list(&[length / 10.0, 0.0])),
        20 => set("offset", list(&[length / 125.0 - 1.0, 1.0])),
        21 => set("filters", filter("blur", length / 25.0)),
        22 => set("shadowBlur", number(length / 10.0)),
        23 => set("points", list(&[length, 0.0, 0.0, length, -length, 0.0])),
        24 => Change::Set(count, "resolutionScale", number(1.0 + length / 250.0)),
        25 => set("cache", [yes(), no()][dice.roll(2)].clone()),
        _ if node == count => set("rotation", Value::Null),
        _ => Change::Move(node, dice.roll(count + 1)),
    }
}

/// A list of one filter.
fn filter(name: &str, value: f64) -> Value {
    Value::List(vec![Value::List(vec![text(name), number(value)])])
}

/// Whether `below` is in the tree under `node`, or is it.
fn contains(parents: &[Option<usize>], node: usize, mut below: usize) -> bool {
    loop {
        if below == node {
            return true;
        }
        match parents[below] {
            Some(parent) => below = parent,
            None => return false,
        }
    }
}

/// Makes a scene of recorded properties and places.
fn fresh(
    sets: &[(usize, &'static str, Value)],
    parents: &[Option<usize>],
    order: &[usize],
) -> Scene {
    let mut scene = Scene::new();
    let nodes = tree(&mut scene);
    attach(&mut scene, &nodes, parents, order);
    for (node, name, value) in sets {
        set(&mut scene, &nodes, *node, name, value);
    }
    scene
}

/// Sets a property; those that a kind has not are refused in both scenes alike.
fn set(scene: &mut Scene, nodes: &[NodeId], node: usize, name: &str, value: &Value) {
    let id = nodes.get(node).copied().unwrap_or(scene.view);
    let _ = scene.stage.set(id, name, value.clone());
}

fn attach(scene: &mut Scene, nodes: &[NodeId], parents: &[Option<usize>], order: &[usize]) {
    let below = |parent| {
        let children = order.iter().filter(|node| parents[**node] == parent);
        children.map(|node| nodes[*node]).collect::<Vec<_>>()
    };
    for (index, node) in nodes.iter().enumerate() {
        if scene.stage.kind(*node) != Some(Txt) {
            scene.stage.set_children(*node, &below(Some(index)));
        }
    }
    scene.show(&below(None));
}

fn draw(scene: &mut Scene) -> Drawing {
    let view = scene.view;
    scene.stage.draw(&[ViewPlacement::new(view)])
}

#[test]
fn changing_bit_by_bit_draws_what_starting_anew_draws() {
    for seed in 0..60 {
        let mut dice = Dice(seed);
        let mut scene = Scene::new();
        let nodes = tree(&mut scene);
        let mut parents: Vec<Option<usize>> = vec![None; nodes.len()];
        let mut order: Vec<usize> = (0..nodes.len()).collect();
        attach(&mut scene, &nodes, &parents, &order);
        let mut sets: Vec<(usize, &'static str, Value)> = Vec::new();
        for step in 0..90 {
            match change(&mut dice, nodes.len()) {
                Change::Set(node, name, value) => {
                    set(&mut scene, &nodes, node, name, &value);
                    sets.retain(|(other, known, _)| (*other, *known) != (node, name));
                    sets.push((node, name, value));
                }
                Change::Move(node, to) => {
                    let parent = (to < nodes.len()).then_some(to);
                    let fits = parent.is_none_or(|to| {
                        scene.stage.kind(nodes[to]) != Some(Txt) && !contains(&parents, node, to)
                    });
                    if fits {
                        parents[node] = parent;
                        order.retain(|other| *other != node);
                        order.push(node);
                        attach(&mut scene, &nodes, &parents, &order);
                    }
                }
            }
            if dice.roll(3) == 0 {
                draw(&mut scene);
            }
            if dice.roll(3) == 0 {
                scene.size(nodes[dice.roll(nodes.len())]);
            }
            if step % 20 == 19 {
                let mut anew = fresh(&sets, &parents, &order);
                let [found, expected] = [draw(&mut scene), draw(&mut anew)];
                assert_eq!(dump(&found), dump(&expected), "seed {seed}, step {step}");
                assert!(found == expected, "seed {seed}, step {step}");
            }
        }
    }
}

/// Two thousand cards and one that moves.
fn crowd() -> (Scene, NodeId, Vec<NodeId>) {
    let mut scene = Scene::new();
    let mut columns = Vec::new();
    for column in 0..40 {
        let cards: Vec<NodeId> = (0..50)
            .map(|row| {
                let at = [
                    f64::from(column) * 40.0 - 800.0,
                    f64::from(row) * 20.0 - 500.0,
                ];
                scene.node(
                    Rect,
                    &[
                        ("width", number(30.0)),
                        ("height", number(15.0)),
                        ("fill", list(&[0.0, 1.0, 0.0, 1.0])),
                        ("position", list(&at)),
                    ],
                    &[],
                )
            })
            .collect();
        columns.push(scene.node(NodeKind::Node, &[], &cards));
    }
    let mover = scene.txt("moving", &[]);
    let all: Vec<NodeId> = columns.iter().copied().chain([mover]).collect();
    scene.show(&all);
    (scene, mover, columns)
}

#[test]
fn what_does_not_change_is_the_same_drawing() {
    let (mut scene, mover, _) = crowd();
    let first = draw(&mut scene);
    assert!(first.same(&draw(&mut scene)));
    scene.set(mover, "position", list(&[10.0, 0.0]));
    let second = draw(&mut scene);
    assert!(!first.same(&second));
    let (Node::Group(a), Node::Group(b)) = (&*first, &*second) else {
        panic!("a view is a group");
    };
    let same = a
        .children
        .iter()
        .zip(&b.children)
        .filter(|(a, b)| a.same(b))
        .count();
    assert_eq!((same, a.children.len()), (40, 41));
    // A value that was there already changes nothing.
    scene.set(mover, "position", list(&[10.0, 0.0]));
    assert!(second.same(&draw(&mut scene)));
    // Nor does going away and coming back between two frames.
    scene.set(mover, "position", list(&[30.0, 0.0]));
    scene.set(mover, "position", list(&[10.0, 0.0]));
    assert!(second.same(&draw(&mut scene)));
}

#[test]
fn a_crowd_that_stands_still_costs_nothing() {
    let (mut scene, mover, _) = crowd();
    draw(&mut scene);
    let started = Instant::now();
    for frame in 0..1000 {
        scene.set(mover, "position", list(&[f64::from(frame), 0.0]));
        draw(&mut scene);
    }
    let each = started.elapsed() / 1000;
    println!("one of 2000 nodes moves: {each:?} a frame");
    // Some 5 µs on an idle machine; laying out or composing all would take
    // hundreds of times as long.
    assert!(each < Duration::from_micros(500), "{each:?}");
}

#[test]
fn a_growing_text_is_cheap() {
    let mut scene = Scene::new();
    let txt = scene.txt("Hello World!", &[]);
    scene.show(&[txt]);
    draw(&mut scene);
    let started = Instant::now();
    for frame in 0..300 {
        scene.set(txt, "fontSize", number(50.0 + f64::from(frame) / 6.0));
        draw(&mut scene);
    }
    let each = started.elapsed() / 300;
    println!("a text of another size: {each:?} a frame");
    assert!(each < Duration::from_millis(5), "{each:?}");
}

#[test]
fn a_block_of_many_words_is_laid_out_in_time() {
    let mut scene = Scene::new();
    let words: Vec<NodeId> = (0..400)
        .map(|index| scene.txt(&format!("word{index} "), &[]))
        .collect();
    let block = scene.node(
        Txt,
        &[("textWrap", yes()), ("width", number(1000.0))],
        &words,
    );
    scene.show(&[block]);
    draw(&mut scene);
    let started = Instant::now();
    for frame in 0..20 {
        scene.set(block, "width", number(1000.0 - f64::from(frame)));
        draw(&mut scene);
    }
    let each = started.elapsed() / 20;
    println!("a block of 400 words of another width: {each:?} a frame");
    assert!(each < Duration::from_millis(50), "{each:?}");
}

#[test]
fn absurd_numbers_do_no_harm() {
    const NUMBERS: [&str; 34] = [
        "width",
        "height",
        "minWidth",
        "maxHeight",
        "basis",
        "ratio",
        "margin",
        "padding",
        "grow",
        "shrink",
        "gap",
        "offset",
        "fontSize",
        "lineHeight",
        "letterSpacing",
        "fontWeight",
        "position",
        "rotation",
        "scale",
        "skew",
        "radius",
        "cornerSharpness",
        "start",
        "end",
        "startOffset",
        "endOffset",
        "arrowSize",
        "lineWidth",
        "lineDashOffset",
        "startAngle",
        "endAngle",
        "points",
        "ripple",
        "shadowBlur",
    ];
    const ABSURD: [f64; 9] = [1e308, -1e308, 1e-308, 0.0, 1e9, -5.0, 1e15, 0.5, -0.0];
    for seed in 0..60 {
        let mut dice = Dice(seed);
        let mut scene = Scene::new();
        let nodes = tree(&mut scene);
        scene.show(&nodes);
        for node in &nodes {
            for (name, value) in [
                ("stroke", list(&[1.0; 4])),
                ("lineWidth", number(2.0)),
                ("endArrow", yes()),
            ] {
                let _ = scene.stage.set(*node, name, value);
            }
        }
        for _ in 0..80 {
            let node = nodes[dice.roll(nodes.len())];
            let name = NUMBERS[dice.roll(NUMBERS.len())];
            let mut absurd = || ABSURD[dice.roll(ABSURD.len())];
            let one = number(absurd());
            let many = [
                list(&[absurd(), absurd()]),
                list(&[absurd(), absurd(), absurd(), absurd()]),
            ];
            let _ = scene.stage.set(node, name, one);
            let _ = many.map(|value| scene.stage.set(node, name, value));
            scene.rect(node);
            scene.stage.point_at(node, 10.0);
        }
        draw(&mut scene);
    }
}
