use kinora_script::Diagnostic;

use crate::{Finding, Gravity, Rule, check::Look, glance::Seen};

/// Characters that no font has, and fonts that are not there: the stage tells of them.
pub fn findings(look: &Look) -> Vec<Finding> {
    let warnings = look.recorded.recording.diagnostics.iter();
    warnings
        .filter_map(|warning| glyph(look, warning).or_else(|| family(look, warning)))
        .collect()
}

fn glyph(look: &Look, warning: &Diagnostic) -> Option<Finding> {
    if !warning.message.starts_with("no font has a glyph") {
        return None;
    }
    let (message, hint) = match warning.message.split_once("; ") {
        Some((message, hint)) => (message, hint),
        None => (warning.message.as_str(), ""),
    };
    // The text that it was first met in.
    let key = message
        .split("in `")
        .nth(1)
        .and_then(|rest| rest.split('`').next())
        .unwrap_or_default();
    let is_it = |node: &Seen| node.key == key;
    Some(finding(look, Rule::MissingGlyph, message, hint, is_it))
}

fn family(look: &Look, warning: &Diagnostic) -> Option<Finding> {
    let rest = warning.message.strip_prefix("unknown font family `")?;
    let name = rest.split('`').next()?;
    let has = |node: &Seen| {
        let mut names = node.font_family.split(',');
        node.letters.is_some() && names.any(|one| one.trim().trim_matches(['"', '\'']) == name)
    };
    let hint = "put its file into `public/`, or name a family that is there";
    let message = &warning.message;
    Some(finding(look, Rule::FallbackFont, message, hint, has))
}

/// A finding about the first node that is so, if any is.
fn finding(
    look: &Look,
    rule: Rule,
    message: &str,
    hint: &str,
    is_it: impl Fn(&Seen) -> bool,
) -> Finding {
    let mut nodes = look
        .glances
        .iter()
        .flat_map(|glance| glance.nodes.iter().map(move |node| (glance.frame, node)));
    let node = nodes.find(|(_, node)| is_it(node));
    Finding {
        rule,
        gravity: Gravity::Warning,
        message: message.to_owned(),
        node: node.map(|(_, node)| node.key.clone()),
        place: node.map(|(_, node)| node.place.clone()).unwrap_or_default(),
        bounds: node.and_then(|(_, node)| node.letters),
        frames: node.map(|(frame, _)| (frame, frame)),
        fps: look.fps(),
        hint: hint.to_owned(),
        others: 0,
    }
}
