use std::{fmt, str::FromStr};

use kinora_film::{Fps, kurbo::Rect};
use serde_json::{Value, json};

/// What may be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// A text or picture is never seen: it lies off the canvas for as long as it is there.
    OffCanvas,
    /// A text that stands still is cut by the edge of the canvas.
    CutOff,
    /// A text is larger than the box that is drawn behind it.
    Overflow,
    /// A picture is on the canvas by half at most.
    HalfOff,
    /// Something else hides a text, or a part of it.
    Covered,
    /// Two texts lie over one another.
    Overlap,
    /// A text hardly differs from what is behind it (WCAG 2.2, AA).
    Contrast,
    /// No font has a glyph for a character.
    MissingGlyph,
    /// A font that is not there was replaced by another.
    FallbackFont,
    /// A text is too small to be read.
    SmallText,
    /// A text is gone before it can be read.
    ShortText,
    /// The picture flashes more than three times a second.
    Flash,
    /// Something that moves is elsewhere from one frame to the next.
    Jump,
    /// A file has far fewer pixels than it is shown with.
    Upscaled,
    /// A file is shown with other proportions than it has.
    Stretched,
    /// A video is still shown when it has ended.
    MediaEnds,
    /// Nothing is drawn for a while.
    Empty,
    /// The picture stands still for long.
    Frozen,
    /// A sound of which nothing is heard.
    SilentSound,
    /// The sound is louder than full scale.
    TooLoud,
    /// The film ends before a sound does.
    SoundCut,
    /// What was asked of the film's motion is not so.
    Expected,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 22] = [
        Self::OffCanvas,
        Self::CutOff,
        Self::Overflow,
        Self::HalfOff,
        Self::Covered,
        Self::Overlap,
        Self::Contrast,
        Self::MissingGlyph,
        Self::FallbackFont,
        Self::SmallText,
        Self::ShortText,
        Self::Flash,
        Self::Jump,
        Self::Upscaled,
        Self::Stretched,
        Self::MediaEnds,
        Self::Empty,
        Self::Frozen,
        Self::SilentSound,
        Self::TooLoud,
        Self::SoundCut,
        Self::Expected,
    ];

    /// The name by which it is ignored.
    pub fn name(self) -> &'static str {
        match self {
            Self::OffCanvas => "off-canvas",
            Self::CutOff => "cut-off",
            Self::Overflow => "overflow",
            Self::HalfOff => "half-off",
            Self::Covered => "covered",
            Self::Overlap => "overlap",
            Self::Contrast => "contrast",
            Self::MissingGlyph => "missing-glyph",
            Self::FallbackFont => "fallback-font",
            Self::SmallText => "small-text",
            Self::ShortText => "short-text",
            Self::Flash => "flash",
            Self::Jump => "jump",
            Self::Upscaled => "upscaled",
            Self::Stretched => "stretched",
            Self::MediaEnds => "media-ends",
            Self::Empty => "empty",
            Self::Frozen => "frozen",
            Self::SilentSound => "silent-sound",
            Self::TooLoud => "too-loud",
            Self::SoundCut => "sound-cut",
            Self::Expected => "expected",
        }
    }
}

impl FromStr for Rule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|rule| rule.name() == text);
        known.ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("there is no rule `{text}`: {names}")
        })
    }
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// Hardly meant.
    Warning,
    /// Passing, or possibly meant.
    Note,
}

/// Something that is probably wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What was looked for.
    pub rule: Rule,
    /// How grave it is.
    pub gravity: Gravity,
    /// What was found: lower case, no full stop.
    pub message: String,
    /// The node's key, if it is about one.
    pub node: Option<String>,
    /// Where it was made: `file`, `line`, `column`, `code`; null if nothing knows.
    pub place: Value,
    /// Where it is in the picture, in pixels of the canvas.
    pub bounds: Option<Rect>,
    /// The project's first and last frame at which it was seen.
    pub frames: Option<(u64, u64)>,
    /// The film's rate.
    pub fps: Fps,
    /// What may help.
    pub hint: String,
    /// How many other nodes, made at the same place, have the same.
    pub others: usize,
}

impl Finding {
    /// The finding as programs read it.
    pub fn to_json(&self) -> Value {
        let round = |value: f64| (value * 10.0).round() / 10.0;
        json!({
            "rule": self.rule.name(),
            "severity": match self.gravity {
                Gravity::Warning => "warning",
                Gravity::Note => "note",
            },
            "message": self.message,
            "node": self.node,
            "place": self.place,
            "box": self.bounds.map(|bounds| json!({
                "x": round(bounds.x0),
                "y": round(bounds.y0),
                "width": round(bounds.width()),
                "height": round(bounds.height()),
            })),
            "firstFrame": self.frames.map(|(first, _)| first),
            "lastFrame": self.frames.map(|(_, last)| last),
            "hint": self.hint,
            "others": self.others,
        })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gravity = match self.gravity {
            Gravity::Warning => "warning",
            Gravity::Note => "note",
        };
        write!(f, "{gravity}[{}]: {}", self.rule.name(), self.message)?;
        if self.others > 0 {
            write!(f, " (and {} more made there)", self.others)?;
        }
        if let (Some(file), line) = (self.place["file"].as_str(), &self.place["line"]) {
            write!(f, "\n  {file}:{line}")?;
            if let Some(code) = self.place["code"].as_str() {
                write!(f, "\n  {line} | {}", code.trim())?;
            }
        }
        if let Some((first, last)) = self.frames {
            let (from, to) = (self.fps.seconds(first), self.fps.seconds(last));
            match first == last {
                true => write!(f, "\n  at frame {first} ({from:.2} s)")?,
                false => write!(f, "\n  frames {first} to {last} ({from:.2} to {to:.2} s)")?,
            }
        }
        match self.hint.is_empty() {
            true => Ok(()),
            false => write!(f, "\n  hint: {}", self.hint),
        }
    }
}
