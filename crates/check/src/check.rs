use std::collections::{BTreeMap, HashSet};

use kinora_film::{Fps, kurbo::Rect};
use kinora_media::Format;
use kinora_script::NodeTrack;
use kinora_session::{
    FrameList, RecordOrder, RecordedProject, Session, SessionError, Survey, Wanted,
};
use kinora_worker::Recipe;
use serde_json::{Value, json};

use crate::{
    Expectation, Finding, Gravity, Rule, expect,
    glance::{Glance, Seen},
    rules,
};

/// Frames that are looked at each second, about.
const GLANCES_A_SECOND: f64 = 4.0;
/// Frames that are looked at, at most: of a long film fewer a second.
const MOST_GLANCES: u64 = 1200;
/// Bytes of stack of a thread that draws.
const DRAWING_STACK: usize = 16 << 20;
/// Seconds after which what is seen is a warning, not a note.
const STAYS: f64 = 0.5;

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// Rules whose findings are not wanted.
    pub ignored: HashSet<Rule>,
    /// What is asked of the motion of nodes.
    pub expected: Vec<Expectation>,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct CheckReport {
    /// The gravest first, then by time.
    pub findings: Vec<Finding>,
    /// The film's frames.
    pub frames: u64,
    /// Its rate.
    pub fps: Fps,
}

impl CheckReport {
    /// How many findings are of this gravity.
    pub fn count(&self, gravity: Gravity) -> usize {
        let findings = self.findings.iter();
        findings
            .filter(|finding| finding.gravity == gravity)
            .count()
    }

    /// The report as programs read it.
    pub fn to_json(&self) -> Value {
        json!({
            "frames": self.frames,
            "fps": self.fps.value(),
            "warnings": self.count(Gravity::Warning),
            "notes": self.count(Gravity::Note),
            "findings": self.findings.iter().map(Finding::to_json).collect::<Vec<_>>(),
        })
    }
}

/// A film that is looked at.
pub struct Look<'a> {
    pub session: &'a Session,
    pub recorded: RecordedProject,
    pub glances: Vec<Glance>,
    /// Where visible nodes are, frame by frame.
    pub tracks: Vec<(u64, Vec<NodeTrack>)>,
}

/// A node as it was seen at a glance; where both are.
#[derive(Clone, Copy)]
pub struct Spot<'a> {
    pub glance: usize,
    pub place: usize,
    pub node: &'a Seen,
}

impl Spot<'_> {
    /// What a rule finds there.
    pub fn sight(self, rule: Rule, bounds: Rect, message: String, hint: &str) -> Sight {
        Sight {
            rule,
            glance: self.glance,
            node: self.place,
            message,
            hint: hint.to_owned(),
            bounds: Some(bounds),
        }
    }
}

impl Look<'_> {
    /// All nodes of all glances, in the order in which they were seen.
    pub fn spots(&self) -> impl Iterator<Item = Spot<'_>> {
        self.glances.iter().enumerate().flat_map(|(glance, seen)| {
            let nodes = seen.nodes.iter().enumerate();
            nodes.map(move |(place, node)| Spot {
                glance,
                place,
                node,
            })
        })
    }

    pub fn fps(&self) -> Fps {
        self.recorded.film.header().fps
    }
}

/// What a rule has seen of a node at one glance.
pub struct Sight {
    pub rule: Rule,
    /// The glance's and the node's places.
    pub glance: usize,
    pub node: usize,
    pub message: String,
    pub hint: String,
    pub bounds: Option<Rect>,
}

/// Records a project and finds what is wrong with its film.
///
/// # Errors
/// When the project or a file of it is at fault.
pub fn check(session: &Session, options: &CheckOptions) -> Result<CheckReport, SessionError> {
    let recorded = session.record(&RecordOrder {
        encodes: false,
        ..RecordOrder::new(Recipe::new(Format::default()))
    })?;
    let frames = recorded.recording.frames.clone();
    let fps = recorded.film.header().fps;
    let count = frames.end - frames.start;
    let step = ((fps.value() / GLANCES_A_SECOND).round() as u64)
        .max(count.div_ceil(MOST_GLANCES))
        .max(1);
    let wanted = frames
        .clone()
        .step_by(step as usize)
        .chain([frames.end - 1]);
    let wanted = Wanted::Frames(FrameList::of(wanted));
    let (survey, flashes) = std::thread::scope(|scope| {
        let film = recorded.film.clone();
        let store = &**session.library();
        let flashes = std::thread::Builder::new()
            .stack_size(DRAWING_STACK)
            .spawn_scoped(scope, move || rules::flashes::find(&film, store));
        let survey = session.survey(&wanted);
        let flashes = match flashes.map(|thread| thread.join()) {
            Ok(Ok(flashes)) => flashes,
            // Without a thread of its own it is done here.
            Err(_) => rules::flashes::find(&recorded.film, store),
            Ok(Err(broken)) => std::panic::resume_unwind(broken),
        };
        (survey, flashes)
    });
    let Survey { trees, tracks } = survey?;
    let look = Look {
        session,
        recorded,
        glances: trees.iter().map(Glance::of).collect(),
        tracks,
    };
    let mut sights = rules::boxes::sights(&look);
    sights.extend(rules::covers::sights(&look));
    sights.extend(rules::texts::sights(&look));
    sights.extend(rules::reading::sights(&look));
    sights.extend(rules::media::sights(&look));
    sights.extend(rules::contrast::sights(&look)?);
    let mut findings = fold(&look, sights);
    findings.extend(rules::flashes::findings(&look, flashes?));
    findings.extend(rules::jumps::findings(&look));
    findings.extend(rules::stretches::findings(&look)?);
    findings.extend(rules::sounds::findings(&look)?);
    findings.extend(rules::fonts::findings(&look));
    findings.extend(expect::findings(&look, &options.expected));
    findings.retain(|finding| !options.ignored.contains(&finding.rule) && !is_meant(finding));
    findings.sort_by_key(|finding| (finding.gravity, finding.frames, finding.rule));
    Ok(CheckReport {
        findings,
        frames: count,
        fps,
    })
}

/// Whether a comment on the node's line says that what is found is meant.
fn is_meant(finding: &Finding) -> bool {
    let code = finding.place["code"].as_str().unwrap_or_default();
    let Some((_, names)) = code.split_once("kinora-ignore") else {
        return false;
    };
    let name = |letter: char| letter.is_ascii_lowercase() || letter == '-';
    names
        .split(|letter| !name(letter))
        .any(|word| word == finding.rule.name())
}

/// One finding of what is seen at glances that follow one another, and of nodes that were
/// made at one place.
fn fold(look: &Look, sights: Vec<Sight>) -> Vec<Finding> {
    let mut by_node: BTreeMap<(Rule, &str), Vec<Sight>> = BTreeMap::new();
    for sight in sights {
        let node = &look.glances[sight.glance].nodes[sight.node];
        by_node
            .entry((sight.rule, &node.key))
            .or_default()
            .push(sight);
    }
    let mut findings: Vec<Finding> = Vec::new();
    for ((rule, key), mut sights) in by_node {
        sights.sort_by_key(|sight| sight.glance);
        for run in sights.chunk_by(|a, b| b.glance - a.glance <= 1) {
            let (first, last) = (&run[0], &run[run.len() - 1]);
            let node = &look.glances[first.glance].nodes[first.node];
            let frame = |sight: &Sight| look.glances[sight.glance].frame;
            let seconds = look.fps().seconds(frame(last) - frame(first));
            let is_short = rule == Rule::OffCanvas || rule == Rule::ShortText;
            let stays = seconds >= STAYS || is_short || run.len() == look.glances.len();
            let twin = findings.iter_mut().find(|other| {
                other.rule == rule && !node.place.is_null() && other.place == node.place
            });
            let frames = (frame(first), frame(last));
            match twin {
                Some(twin) => {
                    twin.others += usize::from(twin.node.as_deref() != Some(key));
                    if stays {
                        twin.gravity = Gravity::Warning;
                    }
                    twin.frames = twin
                        .frames
                        .map(|(from, to)| (from.min(frames.0), to.max(frames.1)));
                }
                None => findings.push(Finding {
                    rule,
                    gravity: if stays {
                        Gravity::Warning
                    } else {
                        Gravity::Note
                    },
                    message: first.message.clone(),
                    node: Some(key.to_owned()),
                    place: node.place.clone(),
                    bounds: first.bounds,
                    frames: Some(frames),
                    fps: look.fps(),
                    hint: first.hint.clone(),
                    others: 0,
                }),
            }
        }
    }
    findings
}
