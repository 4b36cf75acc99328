/// The bytes of a `data:` URL.
///
/// # Errors
/// What is wrong with it.
pub fn decode(url: &str) -> Result<Vec<u8>, String> {
    let rest = url.strip_prefix("data:").ok_or("it is not a data URL")?;
    let (kind, body) = rest.split_once(',').ok_or("the data URL has no comma")?;
    let body = percent_decode(body)?;
    if kind.ends_with(";base64") {
        base64_decode(&body)
    } else {
        Ok(body)
    }
}

/// Replaces `%41` by the byte it names.
///
/// # Errors
/// When two hexadecimal digits do not follow a `%`.
pub fn percent_decode(text: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        rest = others;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (digits, others) = rest
            .split_at_checked(2)
            .ok_or("a `%` is not followed by two digits")?;
        let byte = std::str::from_utf8(digits)
            .ok()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())
            .ok_or("a `%` is not followed by two hexadecimal digits")?;
        bytes.push(byte);
        rest = others;
    }
    Ok(bytes)
}

fn base64_decode(text: &[u8]) -> Result<Vec<u8>, String> {
    let digit = |letter: u8| match letter {
        b'A'..=b'Z' => Ok(letter - b'A'),
        b'a'..=b'z' => Ok(letter - b'a' + 26),
        b'0'..=b'9' => Ok(letter - b'0' + 52),
        b'+' | b'-' => Ok(62),
        b'/' | b'_' => Ok(63),
        other => Err(format!("`{}` is not base64", char::from(other))),
    };
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    let letters = text
        .iter()
        .filter(|letter| !letter.is_ascii_whitespace() && **letter != b'=');
    for letter in letters {
        bits = bits << 6 | u32::from(digit(*letter)?);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_and_base64_bodies() {
        let text = |url| String::from_utf8(decode(url).unwrap()).unwrap();
        assert_eq!(text("data:,A%20brief%20note"), "A brief note");
        assert_eq!(
            text("data:text/plain;base64,SGVsbG8sIFdvcmxkIQ=="),
            "Hello, World!"
        );
        assert_eq!(text("data:;base64,SGVsbG8%3D"), "Hello");
    }

    #[test]
    fn broken_ones_are_refused() {
        for url in [
            "data:text/plain",
            "data:;base64,S*",
            "data:,%4",
            "data:,%zz",
        ] {
            assert!(decode(url).is_err(), "{url}");
        }
    }
}
