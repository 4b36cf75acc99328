use super::{StreamFault, bits::BitReader};

/// A picture of VP9 that shows the one in `data` once more: one byte that names where a
/// decoder keeps it. None if no decoder does.
pub(crate) fn shown_again(data: &[u8]) -> Option<u8> {
    let place = kept_in(data).ok().flatten()?;
    // As all pictures of the profile begin, "show what is kept", and where.
    Some(data.first()? & 0b1111_0000 | 0b1000 | place)
}

/// The first of the eight places in which a decoder keeps a picture once it is decoded, by
/// its uncompressed header; none if in none, or the picture is not shown.
fn kept_in(data: &[u8]) -> Result<Option<u8>, StreamFault> {
    let reader = &mut BitReader::new(data);
    if reader.bits(2)? != 2 {
        return Err(StreamFault::Damaged);
    }
    if reader.bits(2)? == 3 {
        // Its header has one bit more.
        return Err(StreamFault::Unknown("profile 3"));
    }
    if reader.flag()? {
        return Ok(None);
    }
    let between = reader.flag()?;
    let shown = reader.flag()?;
    let resilient = reader.flag()?;
    if !shown {
        return Ok(None);
    }
    if !between {
        return Ok(Some(0));
    }
    if !resilient {
        let _reset = reader.bits(2)?;
    }
    let kept = reader.bits(8)?;
    Ok((kept != 0).then(|| kept.trailing_zeros() as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_shown_again_from_where_it_is_kept() {
        // Key picture; kept everywhere.
        assert_eq!(shown_again(&[0b1000_0010, 0x49]), Some(0x88));
        // Between: reset 0, kept in 0; in 3 and 5; resilient, in 1.
        assert_eq!(
            shown_again(&[0b1000_0110, 0b0000_0000, 0b0100_0000]),
            Some(0x88)
        );
        assert_eq!(
            shown_again(&[0b1000_0110, 0b0000_1010, 0b0000_0000]),
            Some(0x8b)
        );
        assert_eq!(shown_again(&[0b1000_0111, 0b0000_0010]), Some(0x89));
        // Profiles 1 and 2.
        assert_eq!(shown_again(&[0b1010_0010, 0x49]), Some(0xa8));
        assert_eq!(shown_again(&[0b1001_0010, 0x49]), Some(0x98));
    }

    #[test]
    fn what_nobody_keeps_is_not_shown_again() {
        assert_eq!(shown_again(&[0b1000_0110, 0, 0]), None);
        // Not shown itself; showing another; profile 3; no picture.
        assert_eq!(shown_again(&[0b1000_0100, 0, 0x40]), None);
        assert_eq!(shown_again(&[0b1000_1000]), None);
        assert_eq!(shown_again(&[0b1011_0010, 0x49]), None);
        assert_eq!(shown_again(&[0b0100_0010]), None);
        assert_eq!(shown_again(&[]), None);
    }
}
