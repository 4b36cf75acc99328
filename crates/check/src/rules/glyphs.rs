use kinora_script::Diagnostic;

use crate::{Finding, Gravity, Rule, check::Look};

/// Characters that no font has: the stage tells of them.
pub fn findings(look: &Look) -> Vec<Finding> {
    let warnings = look.recorded.recording.diagnostics.iter();
    let lacking = warnings.filter(|warning| warning.message.starts_with("no font has a glyph"));
    let finding = |warning: &Diagnostic| {
        let (message, hint) = match warning.message.split_once("; ") {
            Some((message, hint)) => (message, hint),
            None => (warning.message.as_str(), ""),
        };
        // The text that it was first met in.
        let key = message
            .split("in `")
            .nth(1)
            .and_then(|rest| rest.split('`').next());
        let mut nodes = look
            .glances
            .iter()
            .flat_map(|glance| glance.nodes.iter().map(move |node| (glance.frame, node)));
        let node = nodes.find(|(_, node)| Some(node.key.as_str()) == key);
        Finding {
            rule: Rule::MissingGlyph,
            gravity: Gravity::Warning,
            message: message.to_owned(),
            node: key.map(str::to_owned),
            place: node
                .as_ref()
                .map(|(_, node)| node.place.clone())
                .unwrap_or_default(),
            bounds: node.as_ref().and_then(|(_, node)| node.letters),
            frames: node.map(|(frame, _)| (frame, frame)),
            fps: look.fps(),
            hint: hint.to_owned(),
            others: 0,
        }
    };
    lacking.map(finding).collect()
}
