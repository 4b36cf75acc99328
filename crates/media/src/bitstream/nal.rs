/// The units of a stream in the form of Annex B, as they are stored: header byte first,
/// emulation prevention in place.
pub(super) fn units(stream: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = start_code(stream).map(|at| &stream[at + 3..]);
    std::iter::from_fn(move || {
        let stored = rest?;
        let end = start_code(stored);
        rest = end.map(|at| &stored[at + 3..]);
        let unit = &stored[..end.unwrap_or(stored.len())];
        // A unit never ends with zeros; those belong to the start code that follows.
        let length = unit
            .iter()
            .rposition(|byte| *byte != 0)
            .map_or(0, |at| at + 1);
        Some(&unit[..length])
    })
    .filter(|unit| !unit.is_empty())
}

/// Where the next start code begins.
fn start_code(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while at + 3 <= bytes.len() {
        match bytes[at + 2] {
            0 => at += 1,
            1 if bytes[at] == 0 && bytes[at + 1] == 0 => return Some(at),
            _ => at += 3,
        }
    }
    None
}

/// Appends a unit with its start code.
pub(super) fn append(stream: &mut Vec<u8>, unit: &[u8]) {
    stream.extend([0, 0, 0, 1]);
    stream.extend(unit);
}

/// The bytes of a unit after its header, without emulation prevention (7.4.1).
pub(super) fn unescaped(stored: &[u8]) -> Vec<u8> {
    split(stored, usize::MAX).0
}

/// As [`unescaped`], but only the first `most` bytes or a few more, and the rest as it is
/// stored. The two meet behind a byte that is not zero, so that whatever changes before it
/// leaves the rest as it is.
pub(super) fn split(stored: &[u8], most: usize) -> (Vec<u8>, &[u8]) {
    let mut bytes = Vec::with_capacity(most.min(stored.len()));
    let mut zeros = 0;
    for (index, &byte) in stored.iter().enumerate() {
        if zeros >= 2 && byte == 3 {
            zeros = 0;
            continue;
        }
        bytes.push(byte);
        zeros = if byte == 0 { zeros + 1 } else { 0 };
        if byte != 0 && bytes.len() >= most {
            return (bytes, &stored[index + 1..]);
        }
    }
    (bytes, &[])
}

/// A unit of this header byte and these bytes, emulation prevention put in.
pub(super) fn unit(header: u8, bytes: &[u8]) -> Vec<u8> {
    let mut unit = Vec::with_capacity(bytes.len() + 8);
    unit.push(header);
    let mut zeros = 0;
    for &byte in bytes {
        if zeros == 2 && byte <= 3 {
            unit.push(3);
            zeros = 0;
        }
        unit.push(byte);
        zeros = if byte == 0 { zeros + 1 } else { 0 };
    }
    unit
}

#[cfg(test)]
mod tests {
    use super::{super::random::Random, *};

    /// Bytes in which zeros and small numbers are frequent; the last is not zero.
    fn bytes(random: &mut Random) -> Vec<u8> {
        let mut bytes: Vec<u8> = (0..random.below(80))
            .map(|_| random.below(6).saturating_sub(2) as u8)
            .collect();
        bytes.push(0x80);
        bytes
    }

    #[test]
    fn units_come_back_from_a_stream() {
        let mut random = Random::new(3);
        for _ in 0..2000 {
            let payloads: Vec<Vec<u8>> = (0..random.below(4)).map(|_| bytes(&mut random)).collect();
            let mut stream = Vec::new();
            for (index, payload) in payloads.iter().enumerate() {
                let stored = unit(0x60 + index as u8, payload);
                let forbidden = |three: &[u8]| three[..2] == [0, 0] && three[2] < 3;
                assert!(!stored.windows(3).any(forbidden), "{payload:?}");
                match random.below(2) {
                    0 => append(&mut stream, &stored),
                    _ => stream.extend([&[0, 0, 1], &stored[..]].concat()),
                }
            }
            let found: Vec<Vec<u8>> = units(&stream).map(|unit| unescaped(&unit[1..])).collect();
            assert_eq!(found, payloads);
            let headers: Vec<u8> = units(&stream).map(|unit| unit[0]).collect();
            let all: Vec<u8> = (0..payloads.len() as u8)
                .map(|index| 0x60 + index)
                .collect();
            assert_eq!(headers, all);
        }
        assert_eq!(units(&[0, 0, 0, 0]).count(), 0);
        assert_eq!(units(&[0, 0, 1]).count(), 0);
    }

    #[test]
    fn the_rest_stays_valid_whatever_comes_before_it() {
        let mut random = Random::new(4);
        for _ in 0..2000 {
            let payload = bytes(&mut random);
            let stored = unit(0x65, &payload);
            let most = random.below(20) as usize;
            let (head, rest) = split(&stored[1..], most);
            assert!(head.len() >= most.min(payload.len()));
            assert!(rest.is_empty() || head.last() != Some(&0));
            // Another head that ends alike.
            let mut other = bytes(&mut random);
            other.pop();
            other.extend(head.last());
            let whole = [unit(0x65, &other), rest.to_vec()].concat();
            let expected = [&other[..], &payload[head.len()..]].concat();
            assert_eq!(whole, unit(0x65, &expected));
        }
    }
}
