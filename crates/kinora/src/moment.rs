//! Moments in time as they are written.

/// Milliseconds since 1970 of an RFC 3339 date and time, or of their number.
///
/// # Errors
/// When the text is neither.
pub fn parse(text: &str) -> Result<f64, String> {
    if let Ok(number) = text.parse::<f64>() {
        // What JavaScript's dates can hold.
        return Some(number.trunc())
            .filter(|number| number.abs() <= 8.64e15)
            .ok_or_else(|| "it is not a moment that a date can hold".to_owned());
    }
    rfc3339(text).ok_or_else(|| {
        "it is neither a date and time such as 2026-03-01T09:30:00Z nor milliseconds since 1970"
            .to_owned()
    })
}

fn rfc3339(text: &str) -> Option<f64> {
    let (date, time) = text.split_once(['T', 't', ' '])?;
    let [year, month, day] = fields(date, '-', [4, 2, 2])?;
    let zone = time.find(['Z', 'z', '+', '-'])?;
    let (time, zone) = time.split_at(zone);
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [hour, minute, second] = fields(time, ':', [2, 2, 2])?;
    let in_range = (1..=12).contains(&month)
        && (1..=days_in(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    if !in_range || fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let millis: f64 = format!("0.{fraction}").parse::<f64>().ok()? * 1000.0;
    let minutes = days(year, month, day) * 1440 + hour * 60 + minute - offset(zone)?;
    Some((minutes * 60_000 + second * 1000) as f64 + millis.floor())
}

/// Minutes east of Greenwich.
fn offset(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let [hours, minutes] = fields(zone.get(1..)?, ':', [2, 2])?;
    let minutes = (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)?;
    Some(if zone.starts_with('-') {
        -minutes
    } else {
        minutes
    })
}

/// Numbers of so many digits each.
fn fields<const N: usize>(text: &str, between: char, digits: [usize; N]) -> Option<[i64; N]> {
    let mut numbers = [0; N];
    let mut parts = text.split(between);
    for (number, length) in numbers.iter_mut().zip(digits) {
        let part = parts.next()?;
        let fits = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        *number = part.parse().ok().filter(|_| fits)?;
    }
    parts.next().is_none().then_some(numbers)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 on. Years begin in March here, so that a leap day is the last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let month = (month + 9) % 12;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1 - 719_468
}

/// A moment in RFC 3339, to the millisecond.
pub fn show(milliseconds: f64) -> String {
    let all = milliseconds as i64;
    let (days, rest) = (all.div_euclid(86_400_000), all.rem_euclid(86_400_000));
    let (year, month, day) = date(days);
    let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60);
    let (second, milli) = (rest / 1000 % 60, rest % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
}

/// Year, month and day of a day counted from 1970-01-01 on.
fn date(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let day = day.rem_euclid(146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_and_shown() {
        for (text, number, shown) in [
            ("1970-01-01T00:00:00Z", 0.0, "1970-01-01T00:00:00.000Z"),
            (
                "2000-02-29 12:34:56.789Z",
                951_827_696_789.0,
                "2000-02-29T12:34:56.789Z",
            ),
            (
                "2026-11-25T23:00:00+01:30",
                1_795_642_200_000.0,
                "2026-11-25T21:30:00.000Z",
            ),
            (
                "1969-12-31t23:59:59.5-00:00",
                -500.0,
                "1969-12-31T23:59:59.500Z",
            ),
            (
                "1700000000000",
                1_700_000_000_000.0,
                "2023-11-14T22:13:20.000Z",
            ),
        ] {
            assert_eq!(parse(text), Ok(number), "{text}");
            assert_eq!(show(number), shown);
        }
        for text in [
            "",
            "today",
            "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-01-01",
            "2026-01-01T00:00:00",
            "2026-01-01T24:00:00Z",
            "2026-1-01T00:00:00Z",
            "1e99",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_day_of_four_centuries_comes_back() {
        for day in -150_000..150_000 {
            let (year, month, of_month) = date(day);
            assert_eq!(days(year, month, of_month), day);
        }
    }
}
