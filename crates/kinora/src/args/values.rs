//! Values of options, as they are read from text.

use kinora_film::OnMissing;
use kinora_media::{PixelFormat, Preset};
use kinora_session::{MOST_SCRIPT_STACK, RenderSettings, settings};

pub fn job(text: &str) -> Result<String, String> {
    match kinora_lambda::is_job_name(text) {
        true => Ok(text.to_owned()),
        false => Err("it is 1 to 128 letters, digits, `-`, `_` or `.`".to_owned()),
    }
}

/// A number of workers; none if it is to be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkerCount(pub Option<u64>);

pub fn workers(text: &str) -> Result<WorkerCount, String> {
    let most = kinora_lambda::MOST_WORKERS;
    match text.parse().ok().filter(|count| (1..=most).contains(count)) {
        Some(count) => Ok(WorkerCount(Some(count))),
        None if text == "auto" => Ok(WorkerCount(None)),
        None => Err(format!("it is a number from 1 to {most}, or `auto`")),
    }
}

pub fn stack_name(text: &str) -> Result<String, String> {
    match kinora_lambda::is_stack_name(text) {
        true => Ok(text.to_owned()),
        false => Err("it is 2 to 40 small letters, digits or `-`, the first a letter".to_owned()),
    }
}

pub fn bucket_days(text: &str) -> Result<u32, String> {
    let days = text.parse().ok().filter(|days| *days <= 3650);
    days.ok_or_else(|| "it is a whole number from 0 to 3650".to_owned())
}

pub fn variable(text: &str) -> Result<(String, serde_json::Value), String> {
    let (name, value) = text.split_once('=').ok_or("it has the form NAME=VALUE")?;
    if name.is_empty() {
        return Err("the name is empty".to_owned());
    }
    let value = serde_json::from_str(value).unwrap_or_else(|_| value.into());
    Ok((name.to_owned(), value))
}

pub fn crf(text: &str) -> Result<u8, String> {
    RenderSettings::parse(text, settings::crf)
}

pub fn preset(text: &str) -> Result<Preset, String> {
    RenderSettings::parse(text, settings::preset)
}

pub fn pixel_format(text: &str) -> Result<PixelFormat, String> {
    RenderSettings::parse(text, settings::pixel_format)
}

pub fn format(text: &str) -> Result<String, String> {
    RenderSettings::parse(text, settings::format)
}

pub fn quality(text: &str) -> Result<u8, String> {
    RenderSettings::parse(text, settings::quality)
}

pub fn loops(text: &str) -> Result<u32, String> {
    RenderSettings::parse(text, settings::loops)
}

pub fn bit_rate(text: &str) -> Result<u32, String> {
    RenderSettings::parse(text, settings::bit_rate)
}

pub fn on_missing(text: &str) -> Result<OnMissing, String> {
    RenderSettings::parse(text, settings::on_missing)
}

pub fn loudness(text: &str) -> Result<i16, String> {
    RenderSettings::parse(text, settings::loudness)
}

pub fn volume(text: &str) -> Result<u32, String> {
    RenderSettings::parse(text, settings::volume)
}

pub fn fps(text: &str) -> Result<f64, String> {
    RenderSettings::parse(text, settings::fps)
}

pub fn scale(text: &str) -> Result<f64, String> {
    RenderSettings::parse(text, settings::scale)
}

fn number(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
        .ok_or_else(|| "it is not a number".to_owned())
}

pub fn positive(text: &str) -> Result<f64, String> {
    match number(text)? {
        number if number > 0.0 => Ok(number),
        _ => Err("it must be greater than 0".to_owned()),
    }
}

pub fn not_negative(text: &str) -> Result<f64, String> {
    match number(text)? {
        number if number >= 0.0 => Ok(number),
        _ => Err("it must not be negative".to_owned()),
    }
}

pub fn size(text: &str) -> Result<(u32, u32), String> {
    RenderSettings::parse(text, settings::size)
}

pub fn range(text: &str) -> Result<(f64, f64), String> {
    RenderSettings::parse(text, settings::range)
}

pub fn duration(text: &str) -> Result<f64, String> {
    let (digits, unit) = match text.strip_suffix(['s', 'm', 'h']) {
        Some(digits) => (digits, &text[digits.len()..]),
        None => (text, "s"),
    };
    let unit = match unit {
        "h" => 3600.0,
        "m" => 60.0,
        _ => 1.0,
    };
    Ok(positive(digits)? * unit)
}

/// Bytes, with K, M or G for powers of 1024.
fn bytes(text: &str) -> Result<usize, String> {
    let fault = || "it is not a number of bytes, such as 512M or 2G".to_owned();
    let plain = text.trim_end_matches(['b', 'B']).trim_end_matches('i');
    let (digits, shift) = match plain.chars().last().ok_or_else(fault)? {
        'K' | 'k' => (&plain[..plain.len() - 1], 10),
        'M' | 'm' => (&plain[..plain.len() - 1], 20),
        'G' | 'g' => (&plain[..plain.len() - 1], 30),
        _ => (plain, 0),
    };
    let number: usize = digits.parse().map_err(|_| fault())?;
    number.checked_mul(1 << shift).ok_or_else(fault)
}

pub fn pixels(text: &str) -> Result<u64, String> {
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let pixels = match text.split_once(['x', '×']) {
        Some((width, height)) => number(width)
            .zip(number(height))
            .and_then(|(width, height)| width.checked_mul(height)),
        None => number(text),
    };
    pixels
        .filter(|pixels| *pixels > 0)
        .ok_or_else(|| "it is no number of pixels, such as `67108864` or `8192x8192`".to_owned())
}

pub fn memory(text: &str) -> Result<usize, String> {
    match bytes(text)? {
        bytes if bytes >= 16 << 20 => Ok(bytes),
        _ => Err("a script needs 16M at least".to_owned()),
    }
}

pub fn stack(text: &str) -> Result<usize, String> {
    match bytes(text)? {
        bytes if ((256 << 10)..=MOST_SCRIPT_STACK).contains(&bytes) => Ok(bytes),
        _ => Err("it must lie within 256K and 32M".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_variables_are_json_where_they_parse() {
        let value = |text: &str| variable(text).unwrap().1;
        assert_eq!(value("n=3"), serde_json::json!(3));
        assert_eq!(value("n={\"a\":[1]}"), serde_json::json!({"a": [1]}));
        assert_eq!(value("n=Hello = you"), serde_json::json!("Hello = you"));
        assert_eq!(value("n="), serde_json::json!(""));
        assert!(variable("n").is_err());
        assert!(variable("=3").is_err());
    }

    #[test]
    fn workers_are_a_number_or_chosen() {
        assert_eq!(workers("5"), Ok(WorkerCount(Some(5))));
        assert_eq!(workers("auto"), Ok(WorkerCount(None)));
        for text in ["0", "901", "many", ""] {
            assert!(workers(text).is_err(), "{text}");
        }
    }

    #[test]
    fn ranges_may_be_open() {
        assert_eq!(range("1:2.5"), Ok((1.0, 2.5)));
        assert_eq!(range(":3"), Ok((0.0, 3.0)));
        assert_eq!(range("3:"), Ok((3.0, f64::INFINITY)));
        for text in ["3", "3:1", "2:2", "-1:2", "a:b", "0:NaN"] {
            assert!(range(text).is_err(), "{text}");
        }
    }

    #[test]
    fn durations_have_units() {
        assert_eq!(duration("90"), Ok(90.0));
        assert_eq!(duration("2m"), Ok(120.0));
        assert_eq!(duration("1.5h"), Ok(5400.0));
        assert!(duration("0").is_err());
        assert!(duration("1d").is_err());
    }

    #[test]
    fn bytes_have_units() {
        assert_eq!(bytes("1000"), Ok(1000));
        assert_eq!(bytes("64K"), Ok(65_536));
        assert_eq!(bytes("2GiB"), Ok(2 << 30));
        assert_eq!(memory("512m"), Ok(512 << 20));
        assert_eq!(stack("32M"), Ok(32 << 20));
        for text in ["", "M", "-1", "1T", "1.5G", "99999999999G"] {
            assert!(bytes(text).is_err(), "{text}");
        }
        assert!(memory("1M").is_err() && stack("1K").is_err() && stack("33M").is_err());
    }

    #[test]
    fn sizes_are_two_sides() {
        assert_eq!(size("320x180"), Ok((320, 180)));
        for text in ["320", "0x10", "320x", "99999x10"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
