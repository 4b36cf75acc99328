use std::{convert::Infallible, path::Path};

use kinora_film::{Fps, OnMissing};
use kinora_media::{Format, LONGEST_SIDE, MediaError, PixelFormat, Preset, Quality, Vp9};
use kinora_script::ScriptOptions;
use kinora_worker::Recipe;
use serde_json::{Map, Value};

/// What replaces a project's own settings, and how its film is encoded.
///
/// One reader ([`RenderSettings::set`]) with one set of limits takes it from everyone:
/// the command's arguments, the cloud function's events, what scripts pass to
/// `renderVideo`. It takes each value in JSON and as people write it on a command line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RenderSettings {
    /// Width and height in the project's units.
    pub size: Option<(u32, u32)>,
    /// Pixels a unit.
    pub scale: Option<f64>,
    /// Frames a second.
    pub fps: Option<f64>,
    /// Seconds from and up to.
    pub range: Option<(f64, f64)>,
    /// A CSS colour.
    pub background: Option<String>,
    /// The format's name; else the file's name tells it.
    pub format: Option<String>,
    /// What is asked of the format.
    pub quality: Quality,
    /// Whether the sound is left out.
    pub no_audio: bool,
    /// Whether a film that shows or sounds a broken file is given up.
    pub refuse_damaged: bool,
    /// What becomes of a film of which a video or sound cannot be had.
    pub on_missing: Option<OnMissing>,
    /// How loud the whole film is to be, in hundredths of a LUFS.
    pub loudness: Option<i16>,
    /// By what all sound is made louder or quieter first, in thousandths.
    pub volume: Option<u32>,
    /// Whether nothing is louder than -1 dBTP.
    pub true_peak: bool,
    /// Whether pictures are encoded even where those of videos could be copied as they are.
    pub no_copy: bool,
    /// What the file says that it is called.
    pub title: Option<String>,
    /// Whether the file tells the project's scenes as its chapters.
    pub chapters: bool,
}

/// A setting that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` {what}")]
pub struct SettingError {
    /// The setting.
    pub name: String,
    /// What is wrong with it; goes on from its name.
    pub what: String,
}

impl RenderSettings {
    /// The names of the settings.
    pub const NAMES: [&'static str; 25] = [
        "size",
        "scale",
        "fps",
        "range",
        "background",
        "format",
        "crf",
        "bitrate",
        "preset",
        "pixelFormat",
        "constantEncode",
        "codec",
        "quality",
        "loops",
        "audioBitrate",
        "noAudio",
        "onDamaged",
        "onMissing",
        "encoder",
        "loudness",
        "volume",
        "truePeak",
        "noCopy",
        "title",
        "chapters",
    ];

    /// Reads the settings of an object; others of its fields are left in it.
    ///
    /// # Errors
    /// When one is of a wrong type or out of range.
    pub fn take(fields: &mut Map<String, Value>) -> Result<Self, SettingError> {
        let mut settings = Self::default();
        let names: Vec<String> = fields.keys().cloned().collect();
        for name in names {
            if settings.set(&name, &fields[&name])? {
                fields.remove(&name);
            }
        }
        Ok(settings)
    }

    /// Reads one setting by its name; `null` leaves it as it is. Whether there is a
    /// setting of this name.
    ///
    /// # Errors
    /// When the value is of a wrong type or out of range.
    pub fn set(&mut self, name: &str, value: &Value) -> Result<bool, SettingError> {
        if !Self::NAMES.contains(&name) {
            return Ok(false);
        }
        if value.is_null() {
            return Ok(true);
        }
        let fault = |what: String| SettingError {
            name: name.to_owned(),
            what,
        };
        match name {
            "size" => self.size = Some(size(value).map_err(fault)?),
            "scale" => self.scale = Some(scale(value).map_err(fault)?),
            "fps" => self.fps = Some(fps(value).map_err(fault)?),
            "range" => self.range = Some(range(value).map_err(fault)?),
            "background" => self.background = Some(text(value, 200).map_err(fault)?),
            "format" => self.format = Some(format(value).map_err(fault)?),
            "crf" => self.quality.crf = Some(crf(value).map_err(fault)?),
            "bitrate" => self.quality.bitrate = Some(bit_rate(value).map_err(fault)?),
            "pixelFormat" => {
                self.quality.pixels = Some(pixel_format(value).map_err(fault)?);
            }
            "codec" => self.quality.codec = Some(text(value, 100).map_err(fault)?),
            "quality" => self.quality.quality = Some(quality(value).map_err(fault)?),
            "loops" => self.quality.loops = Some(loops(value).map_err(fault)?),
            "audioBitrate" => {
                self.quality.audio_bitrate = Some(bit_rate(value).map_err(fault)?);
            }
            "loudness" => self.loudness = Some(loudness(value).map_err(fault)?),
            "onDamaged" => self.refuse_damaged = on_damaged(value).map_err(fault)?,
            "encoder" => return encoder("").map(|never| match never {}).map_err(fault),
            "onMissing" => self.on_missing = Some(on_missing(value).map_err(fault)?),
            "constantEncode" => self.quality.constant_encode = truth(value).map_err(fault)?,
            "volume" => self.volume = Some(volume(value).map_err(fault)?),
            "truePeak" => self.true_peak = truth(value).map_err(fault)?,
            "title" => self.title = Some(text(value, 1000).map_err(fault)?),
            "chapters" => self.chapters = truth(value).map_err(fault)?,
            "noCopy" => self.no_copy = truth(value).map_err(fault)?,
            "noAudio" => self.no_audio = truth(value).map_err(fault)?,
            _ => self.quality.preset = Some(preset(value).map_err(fault)?),
        }
        Ok(true)
    }

    /// Reads one setting from the words of a command line.
    ///
    /// # Errors
    /// What it must be; the command line says what it is.
    pub fn parse<T>(
        text: &str,
        read: impl FnOnce(&Value) -> Result<T, String>,
    ) -> Result<T, String> {
        let plain = |what: String| match what.split_once(", got `") {
            Some((wanted, _)) => wanted.to_owned(),
            None => what,
        };
        read(&Value::from(text)).map_err(plain)
    }

    /// Writes the settings into what is to be recorded.
    pub fn apply(&self, script: &mut ScriptOptions) {
        script.size = self.size.or(script.size);
        script.scale = self.scale.or(script.scale);
        script.fps = self.fps.or(script.fps);
        script.range = self.range.or(script.range);
        script.background = self.background.clone().or(script.background.take());
        script.on_missing = self.on_missing.unwrap_or(script.on_missing);
    }

    /// Whether packets of videos may be copied: not where it is said how pictures are encoded,
    /// nor where broken or missing files are to be found, which takes decoding.
    fn may_copy(&self) -> bool {
        let asked = Quality {
            codec: self.quality.codec.clone(),
            loops: self.quality.loops,
            audio_bitrate: self.quality.audio_bitrate,
            ..Quality::default()
        };
        let whole = !self.refuse_damaged && self.on_missing.unwrap_or_default() == OnMissing::Error;
        !self.no_copy && whole && self.quality == asked
    }

    /// How a film for this file is rendered by each faster preset, the nearest first; none in
    /// a format that knows no presets.
    pub fn faster(&self, output: &Path) -> Vec<(Preset, Recipe)> {
        let own = self.quality.preset.unwrap_or_default();
        let faster = Preset::ALL.into_iter().rev().filter(|preset| *preset < own);
        let recipe = |preset| {
            let mut settings = self.clone();
            settings.quality.preset = Some(preset);
            Some((preset, settings.recipe(output).ok()?))
        };
        faster.filter_map(recipe).collect()
    }

    /// How a film for this file is rendered.
    ///
    /// # Errors
    /// When neither the settings nor the file's name tell a format that can be written, or
    /// that cannot give what is asked of it.
    pub fn recipe(&self, output: &Path) -> Result<Recipe, MediaError> {
        let format = Format::of_file(output, self.format.as_deref(), &self.quality)?;
        let format = match self.no_audio {
            true => format.without_sound()?,
            false => format,
        };
        let of_sound = [
            ("loudness", self.loudness.is_some()),
            ("volume", self.volume.is_some()),
            ("truePeak", self.true_peak),
        ];
        if format.sound.is_none()
            && let Some((name, _)) = of_sound.into_iter().find(|(_, asked)| *asked)
        {
            return Err(MediaError::Settings(format!(
                "`{name}` means nothing to a film without sound"
            )));
        }
        let kind = format.container;
        let told = |name: &str, other: &str| {
            let what = format!("`{name}` cannot be told in this format; {other} can");
            Err(MediaError::Settings(what))
        };
        if self.title.is_some() && !kind.tells_title() {
            return told("title", "all but pictures, moving or not,");
        }
        if self.chapters && !kind.tells_chapters() {
            return told("chapters", "`mp4`, `mov`, `webm` and `m4a`");
        }
        Ok(Recipe {
            refuse_damaged: self.refuse_damaged,
            on_missing: self.on_missing.unwrap_or_default(),
            loudness: self.loudness,
            volume: self.volume,
            true_peak: self.true_peak,
            copy: self.may_copy(),
            title: self.title.clone(),
            chapters: self.chapters,
            ..Recipe::new(format)
        })
    }
}

/// Width and height: `[w, h]`, `{x, y}`, `{width, height}` or `WxH`.
///
/// # Errors
/// What is wrong with it.
pub fn size(value: &Value) -> Result<(u32, u32), String> {
    let side = |value: &Value| {
        let side = number(value)?;
        let whole = side.fract() == 0.0 && (1.0..=f64::from(LONGEST_SIDE)).contains(&side);
        whole.then_some(side as u32)
    };
    pair(value, &[["x", "y"], ["width", "height"]], &['x', 'X', '×'])
        .and_then(|[width, height]| Some((side(&width)?, side(&height)?)))
        .ok_or_else(|| {
            let form = match value {
                Value::String(_) => ", as WIDTHxHEIGHT",
                _ => "",
            };
            wrong(
                &format!("must be two whole numbers from 1 to {LONGEST_SIDE}{form}"),
                value,
            )
        })
}

/// Seconds from and up to, either left open: `[from, to]`, `{from, to}`, `{start, end}` or
/// `FROM:TO`. JSON has no infinity and writes `null` for it.
///
/// # Errors
/// What is wrong with it.
pub fn range(value: &Value) -> Result<(f64, f64), String> {
    let fault = || {
        let wanted = "must be seconds from and up to, at least 0 and rising";
        wrong(wanted, value)
    };
    let names = [["0", "1"], ["from", "to"], ["start", "end"]];
    let [from, to] = pair(value, &names, &[':']).ok_or_else(fault)?;
    let side = |value: &Value, open: f64| match value {
        Value::Null => Some(open),
        Value::String(text) if text.is_empty() => Some(open),
        value => number(value),
    };
    let from = side(&from, 0.0).ok_or_else(fault)?;
    let to = side(&to, f64::INFINITY).ok_or_else(fault)?;
    if from >= 0.0 && from < to {
        Ok((from, to))
    } else {
        Err(fault())
    }
}

/// Frames a second, 0.001 to 1000.
///
/// # Errors
/// What is wrong with it.
pub fn fps(value: &Value) -> Result<f64, String> {
    let fps = number(value).filter(|fps| Fps::new(*fps).is_ok());
    fps.ok_or_else(|| wrong("must be a number from 0.001 to 1000", value))
}

/// Pixels a unit, 0.01 to 16.
///
/// # Errors
/// What is wrong with it.
pub fn scale(value: &Value) -> Result<f64, String> {
    let scale = number(value).filter(|scale| (0.01..=16.0).contains(scale));
    scale.ok_or_else(|| wrong("must be a number from 0.01 to 16", value))
}

/// Constant rate factor of the encoder; the codec knows how far its own goes.
///
/// # Errors
/// What is wrong with it.
pub fn crf(value: &Value) -> Result<u8, String> {
    whole(value, 0, u32::from(*Vp9::CRF.end())).map(|crf| crf as u8)
}

/// Quality of pictures that are compressed each on its own.
///
/// # Errors
/// What is wrong with it.
pub fn quality(value: &Value) -> Result<u8, String> {
    whole(value, 0, 100).map(|quality| quality as u8)
}

/// How often an animated picture plays, 0 without end.
///
/// # Errors
/// What is wrong with it.
pub fn loops(value: &Value) -> Result<u32, String> {
    whole(value, 0, 65_535)
}

/// How pictures are sampled, by FFmpeg's name of it.
///
/// # Errors
/// What is wrong with it.
pub fn pixel_format(value: &Value) -> Result<PixelFormat, String> {
    text(value, 100)?
        .parse()
        .map_err(|error: MediaError| format!("is wrong: {error}"))
}

/// Bits a second, also with `k` for thousands and `M` for millions.
///
/// # Errors
/// What is wrong with it.
pub fn bit_rate(value: &Value) -> Result<u32, String> {
    let units = [(['k', 'K'], 1e3), (['m', 'M'], 1e6)];
    let with_unit = |text: &str| {
        units.iter().find_map(|(unit, size)| {
            let count = text.strip_suffix(unit)?.parse::<f64>().ok()?;
            Some(Value::from((count * size).round()))
        })
    };
    let plain = value.as_str().and_then(with_unit);
    let plain = plain.unwrap_or_else(|| value.clone());
    whole(&plain, 1, 1_000_000_000)
        .map_err(|_| wrong("must be bits a second, such as 128000, 128k or 2.5M", value))
}

/// What becomes of a film that shows or sounds a broken file: `error` gives it up, `warn`
/// says it.
///
/// # Errors
/// What is wrong with it.
pub fn on_damaged(value: &Value) -> Result<bool, String> {
    match value.as_str() {
        Some("error") => Ok(true),
        Some("warn") => Ok(false),
        _ => Err(wrong("must be `warn` or `error`", value)),
    }
}

/// An encoder by its own name: none can be chosen.
///
/// # Errors
/// Always: why that is so.
pub fn encoder(_: &str) -> Result<Infallible, String> {
    Err(
        "cannot be chosen: graphics cards encode the same pictures to other bytes from driver to \
         driver, so that segments of several workers and of the cache would not be one film; \
         `codec` and `preset` choose among the encoders that promise the same bytes"
            .to_owned(),
    )
}

/// What becomes of a film of which a video or sound cannot be had.
///
/// # Errors
/// What is wrong with it.
pub fn on_missing(value: &Value) -> Result<OnMissing, String> {
    let known = value.as_str().and_then(|name| name.parse().ok());
    known.ok_or_else(|| wrong("must be `error`, `hold` or `black`", value))
}

/// How loud a film is to be, in LUFS, -40 to -5; in hundredths.
///
/// # Errors
/// What is wrong with it.
pub fn loudness(value: &Value) -> Result<i16, String> {
    let found = number(value).filter(|lufs| (-40.0..=-5.0).contains(lufs));
    let found = found.ok_or_else(|| wrong("must be a number of LUFS from -40 to -5", value))?;
    Ok((found * 100.0).round() as i16)
}

/// By what all sound of a film is made louder or quieter, 0 to 10; in thousandths.
///
/// # Errors
/// What is wrong with it.
pub fn volume(value: &Value) -> Result<u32, String> {
    let found = number(value).filter(|volume| (0.0..=10.0).contains(volume));
    let found = found.ok_or_else(|| wrong("must be a number from 0 to 10", value))?;
    Ok((found * 1000.0).round() as u32)
}

fn truth(value: &Value) -> Result<bool, String> {
    value
        .as_bool()
        .ok_or_else(|| wrong("must be true or false", value))
}

fn whole(value: &Value, from: u32, to: u32) -> Result<u32, String> {
    let fits =
        |number: &f64| number.fract() == 0.0 && (f64::from(from)..=f64::from(to)).contains(number);
    match number(value).filter(fits) {
        Some(number) => Ok(number as u32),
        None => Err(wrong(
            &format!("must be a whole number from {from} to {to}"),
            value,
        )),
    }
}

/// Speed of the encoder.
///
/// # Errors
/// What is wrong with it.
pub fn preset(value: &Value) -> Result<Preset, String> {
    text(value, 100)?
        .parse()
        .map_err(|error: MediaError| format!("is wrong: {error}"))
}

/// A format that can be written, by its name.
///
/// # Errors
/// What is wrong with it.
pub fn format(value: &Value) -> Result<String, String> {
    let name = text(value, 100)?;
    match Format::names().any(|known| known == name) {
        true => Ok(name),
        false => {
            let names: Vec<String> = Format::names().map(|name| format!("`{name}`")).collect();
            Err(wrong(
                &format!("must be a format that is written, {}", names.join(" or ")),
                value,
            ))
        }
    }
}

fn text(value: &Value, longest: usize) -> Result<String, String> {
    match value {
        Value::String(text) if text.len() <= longest => Ok(text.clone()),
        Value::String(text) => Err(format!(
            "must be at most {longest} bytes long, got {}",
            text.len()
        )),
        other => Err(wrong("must be a text", other)),
    }
}

/// A finite number, also one that is written as a text.
fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_f64(),
    };
    number.filter(|number| number.is_finite())
}

/// Two values, as a list, as an object with either pair of names, or as a text with a
/// sign between them.
fn pair(value: &Value, names: &[[&str; 2]], signs: &[char]) -> Option<[Value; 2]> {
    match value {
        Value::Array(list) => match &list[..] {
            [a, b] => Some([a.clone(), b.clone()]),
            _ => None,
        },
        Value::Object(map) => {
            let names = names
                .iter()
                .find(|names| names.iter().any(|name| map.contains_key(*name)))?;
            let known = |key: &String| names.contains(&key.as_str());
            let get = |name: &str| map.get(name).cloned().unwrap_or_default();
            map.keys().all(known).then(|| names.map(get))
        }
        Value::String(text) => {
            let (a, b) = text.split_once(signs)?;
            Some([a.into(), b.into()])
        }
        _ => None,
    }
}

fn wrong(wanted: &str, value: &Value) -> String {
    let shown = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let start: String = shown
        .chars()
        .take(60)
        .flat_map(char::escape_debug)
        .collect();
    let more = if shown.chars().nth(60).is_some() {
        "…"
    } else {
        ""
    };
    format!("{wanted}, got `{start}{more}`")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sizes_and_ranges_come_in_every_caller_s_shape() {
        for value in [
            json!([320, 180]),
            json!({"x": 320, "y": 180}),
            json!({"width": 320, "height": 180}),
            json!("320x180"),
        ] {
            assert_eq!(size(&value), Ok((320, 180)), "{value}");
        }
        for value in [
            json!([1, 2.5]),
            json!({"0": 1, "1": 2.5}),
            json!({"from": 1, "to": 2.5}),
            json!({"start": 1, "end": 2.5}),
            json!("1:2.5"),
        ] {
            assert_eq!(range(&value), Ok((1.0, 2.5)), "{value}");
        }
        for value in [json!([0, null]), json!({"to": null}), json!(":")] {
            assert_eq!(range(&value), Ok((0.0, f64::INFINITY)), "{value}");
        }
    }

    #[test]
    fn what_cannot_be_is_named() {
        let mut settings = RenderSettings::default();
        for (name, value, wanted) in [
            ("size", json!([320.5, 180]), "two whole numbers"),
            ("size", json!([16_385, 2]), "from 1 to 16384"),
            ("size", json!({"x": 2, "height": 2}), "two whole numbers"),
            ("range", json!([2, 1]), "rising"),
            ("range", json!("-1:2"), "at least 0"),
            ("fps", json!(0), "0.001 to 1000"),
            ("scale", json!("nan"), "0.01 to 16"),
            ("crf", json!(64), "from 0 to 63"),
            ("quality", json!(101), "from 0 to 100"),
            ("loops", json!(-1), "from 0 to 65535"),
            (
                "audioBitrate",
                json!("fast"),
                "such as 128000, 128k or 2.5M",
            ),
            ("constantEncode", json!(1), "true or false"),
            ("noAudio", json!("yes"), "true or false"),
            ("onDamaged", json!(true), "`warn` or `error`"),
            ("onMissing", json!("gap"), "`error`, `hold` or `black`"),
            ("encoder", json!("h264_nvenc"), "from driver to driver"),
            ("loudness", json!(3), "from -40 to -5"),
            ("volume", json!(-1), "from 0 to 10"),
            ("truePeak", json!("yes"), "true or false"),
            ("preset", json!("fats"), "`ultrafast`"),
            ("format", json!("avi"), "`mp4`"),
            ("background", json!(7), "a text"),
        ] {
            let fault = settings.set(name, &value).unwrap_err();
            assert_eq!(fault.name, name);
            assert!(fault.to_string().contains(wanted), "{fault}");
        }
        assert_eq!(settings, RenderSettings::default());
        assert_eq!(settings.set("size", &Value::Null), Ok(true));
        assert_eq!(settings.set("sizes", &json!([2, 2])), Ok(false));
    }

    #[test]
    fn bit_rates_may_be_in_thousands() {
        for value in [
            json!(128_000),
            json!("128000"),
            json!("128k"),
            json!("128K"),
            json!("0.128M"),
        ] {
            assert_eq!(bit_rate(&value), Ok(128_000), "{value}");
        }
        for value in [
            json!(0),
            json!("k"),
            json!("1.5kk"),
            json!(-128),
            json!("NaNk"),
        ] {
            assert!(bit_rate(&value).is_err(), "{value}");
        }
    }

    #[test]
    fn an_object_s_other_fields_are_left() {
        let json = json!({"fps": 25, "crf": 30, "more": true});
        let mut fields = json.as_object().unwrap().clone();
        let settings = RenderSettings::take(&mut fields).unwrap();
        assert_eq!((settings.fps, settings.quality.crf), (Some(25.0), Some(30)));
        assert_eq!(Value::Object(fields), json!({"more": true}));
    }
}
