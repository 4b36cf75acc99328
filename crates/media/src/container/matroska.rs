/// The element that holds a file's length, in ticks of a millisecond: a number of 8 bytes.
const DURATION: [u8; 3] = [0x44, 0x89, 0x88];

/// Writes into a file's head how long it is. The muxer counts what encoders of sound add
/// before the first sample; players take that off the sound, and not off the length.
pub(super) fn set_duration(head: &mut [u8], milliseconds: f64) {
    let place = head
        .windows(DURATION.len() + 8)
        .position(|bytes| bytes.starts_with(&DURATION));
    if let Some(place) = place {
        head[place + DURATION.len()..][..8].copy_from_slice(&milliseconds.to_be_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_is_written_where_it_stands() {
        let mut head = [b"head".as_slice(), &DURATION, &[1; 8], b"more"].concat();
        set_duration(&mut head, 2000.0);
        let wanted = [
            b"head".as_slice(),
            &DURATION,
            &2000f64.to_be_bytes(),
            b"more",
        ]
        .concat();
        assert_eq!(head, wanted);
        set_duration(&mut head[..14], 1.0);
        assert_eq!(head, wanted);
    }
}
