use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, Mutex, OnceLock},
};

use bytes::Bytes;
use kinora_farm::{Cache, FarmError, RecordedFilm};
use kinora_film::{AssetId, AssetKind, AssetUse, Walk};
use kinora_script::{Diagnostic, Recording, TimeEvent};
use kinora_session::Session;
use serde_json::{Value, json};

/// Trees of nodes that are kept.
const MOST_TREES: usize = 64;

/// One recording of the project, which may still be going on.
pub struct Take {
    /// Counts the recordings that began.
    pub id: u64,
    /// The project's number of the film's first frame.
    pub first: u64,
    /// The film.
    pub film: Arc<RecordedFilm>,
    /// What it was recorded from.
    pub session: Arc<Session>,
    /// What else is known of it, once it has ended.
    pub recording: OnceLock<Recording>,
    /// How loud it is, a byte for each fiftieth of a second.
    pub peaks: OnceLock<Bytes>,
    /// The nodes at frames that were asked for.
    pub trees: Mutex<HashMap<u64, Value>>,
    /// The segments of the take before, by which an edit's cost is told.
    pub before: HashSet<String>,
}

impl Take {
    /// Whether it was recorded to its end.
    pub fn is_whole(&self) -> bool {
        self.recording.get().is_some()
    }

    /// What the page knows of it first.
    pub fn to_json(&self) -> Value {
        let header = self.film.header();
        let [r, g, b, a] = header.background.to_rgba8();
        let mut facts = json!({
            "id": self.id,
            "whole": self.is_whole(),
            "first": self.first,
            "frames": self.film.frames(),
            "fps": header.fps.value(),
            "width": header.size.width,
            "height": header.size.height,
            "background": format!("#{r:02x}{g:02x}{b:02x}{a:02x}"),
        });
        if let Some(recording) = self.recording.get() {
            let scenes = recording.scenes.iter().map(
                |scene| json!({"name": scene.name, "first": scene.first_frame, "frames": scene.frames}),
            );
            let own = recording.own_variables.as_object();
            let variables = recording.variables.iter().map(|(name, initial)| {
                let own = own.and_then(|own| own.get(name));
                json!({"name": name, "default": own.unwrap_or(initial)})
            });
            let warnings = recording.diagnostics.iter().map(Diagnostic::to_json);
            facts["scenes"] = scenes.collect();
            facts["variables"] = variables.collect();
            facts["own"] = recording.own_variables.clone();
            facts["warnings"] = warnings.collect();
            facts["sounds"] = (!self.film.sounds().is_empty()).into();
            facts["events"] = recording.events.iter().map(event).collect();
        }
        facts
    }

    /// Keeps a tree of nodes.
    pub fn keep_tree(&self, frame: u64, nodes: Value) {
        let mut trees = self.trees.lock().expect("no holder of the lock panics");
        if trees.len() >= MOST_TREES {
            trees.clear();
        }
        trees.insert(frame, nodes);
    }

    /// The tree of nodes of a frame, if it is kept.
    pub fn tree(&self, frame: u64) -> Option<Value> {
        let trees = self.trees.lock().expect("no holder of the lock panics");
        trees.get(&frame).cloned()
    }

    /// What lies where in time: pictures and sounds by their files, and the segments with
    /// what is known of them.
    ///
    /// # Errors
    /// When the recording cannot be read back.
    pub fn timeline(&self, cache: &Cache) -> Result<Value, FarmError> {
        let names = self.names();
        let name = |id: AssetId| names.get(&id).map_or("", |(name, _)| name.as_str());
        let mut shown: BTreeMap<AssetId, Vec<[u64; 2]>> = BTreeMap::new();
        let segments = self.film.segments();
        for (index, entry) in segments.iter().enumerate() {
            let segment = self.film.read(index as u64)?;
            for (frame, drawing) in (entry.frames.start..).zip(&segment.frames) {
                let used: HashSet<AssetId> = Walk::default()
                    .enter(drawing)
                    .flat_map(|node| node.assets())
                    .filter(|used| !matches!(used, AssetUse::Font(_)))
                    .map(AssetUse::id)
                    .collect();
                for id in used {
                    let spans = shown.entry(id).or_default();
                    match spans.last_mut() {
                        Some(span) if span[1] == frame => span[1] = frame + 1,
                        _ => spans.push([frame, frame + 1]),
                    }
                }
            }
        }
        let pictures = shown.iter().map(|(id, spans)| {
            let kind = match names.get(id) {
                Some((_, AssetKind::Video)) => "video",
                _ => "image",
            };
            json!({"name": name(*id), "kind": kind, "spans": spans})
        });
        let sounds = self.film.sounds();
        let sounds = sounds.iter().map(|cue| {
            json!({
                "name": name(cue.asset),
                "span": [cue.frames.start, cue.frames.end],
                "time": cue.time,
                "rate": cue.rate,
                "volume": cue.volume.at(0.0),
            })
        });
        let strip = segments.iter().map(|segment| {
            json!({
                "first": segment.frames.start,
                "frames": segment.frames.end - segment.frames.start,
                "cached": cache.path(&segment.key).is_file(),
                "fresh": !self.before.is_empty() && !self.before.contains(&segment.key),
                "milliseconds": segment.cost as f64 / 1e6,
            })
        });
        Ok(json!({
            "pictures": pictures.collect::<Vec<_>>(),
            "sounds": sounds.collect::<Vec<_>>(),
            "segments": strip.collect::<Vec<_>>(),
        }))
    }

    fn names(&self) -> HashMap<AssetId, (String, AssetKind)> {
        let recording = self.recording.get();
        let assets = recording.iter().flat_map(|recording| &recording.assets);
        assets
            .map(|used| (used.asset.id, (used.asset.name.clone(), used.asset.kind)))
            .collect()
    }
}

fn event(event: &TimeEvent) -> Value {
    json!({
        "scene": event.scene,
        "name": event.name,
        "kept": event.file.is_some(),
        "from": event.from,
        "seconds": event.seconds,
        "place": event.place.as_ref().map(|place| place.to_json()),
    })
}
