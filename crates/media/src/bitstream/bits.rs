use super::StreamFault;

/// Reads bits, the highest of each byte first.
#[derive(Clone, Debug)]
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl<'a> BitReader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, position: 0 }
    }

    /// Bits read so far.
    pub fn position(&self) -> usize {
        self.position
    }

    /// Bits left.
    pub fn left(&self) -> usize {
        8 * self.bytes.len() - self.position
    }

    /// A number of up to 32 bits.
    pub fn bits(&mut self, count: u32) -> Result<u32, StreamFault> {
        if self.left() < count as usize {
            return Err(StreamFault::Damaged);
        }
        let mut value = 0_u64;
        for _ in 0..count {
            let byte = self.bytes[self.position / 8];
            value = value << 1 | u64::from(byte >> (7 - self.position % 8) & 1);
            self.position += 1;
        }
        Ok(value as u32)
    }

    pub fn flag(&mut self) -> Result<bool, StreamFault> {
        Ok(self.bits(1)? == 1)
    }

    /// A number in Exp-Golomb code (9.1).
    pub fn ue(&mut self) -> Result<u32, StreamFault> {
        let mut zeros = 0;
        while !self.flag()? {
            zeros += 1;
            if zeros > 31 {
                return Err(StreamFault::Damaged);
            }
        }
        Ok((1 << zeros) - 1 + self.bits(zeros)?)
    }

    /// A number with a sign in Exp-Golomb code (9.1.1).
    #[cfg(test)]
    pub fn se(&mut self) -> Result<i32, StreamFault> {
        let code = i64::from(self.ue()?);
        let value = (code + 1) / 2;
        let signed = if code % 2 == 1 { value } else { -value };
        i32::try_from(signed).map_err(|_| StreamFault::Damaged)
    }
}

/// Writes bits, the highest of each byte first.
#[derive(Debug, Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    position: usize,
}

impl BitWriter {
    /// The lowest `count` bits of a number, up to 32.
    pub fn bits(&mut self, value: u32, count: u32) {
        for index in (0..count).rev() {
            self.flag(value >> index & 1 == 1);
        }
    }

    pub fn flag(&mut self, value: bool) {
        let place = self.position % 8;
        if place == 0 {
            self.bytes.push(0);
        }
        if value && let Some(last) = self.bytes.last_mut() {
            *last |= 0x80 >> place;
        }
        self.position += 1;
    }

    /// A number below 2³² − 1 in Exp-Golomb code.
    pub fn ue(&mut self, value: u32) {
        let value = u64::from(value) + 1;
        let length = 64 - value.leading_zeros();
        self.bits(0, length - 1);
        for index in (0..length).rev() {
            self.flag(value >> index & 1 == 1);
        }
    }

    /// A number with a sign in Exp-Golomb code.
    pub fn se(&mut self, value: i32) {
        let double = 2 * i64::from(value);
        let code = if value > 0 { double - 1 } else { -double };
        self.ue(code as u32);
    }

    /// So many bits of what is read.
    pub fn copy(&mut self, from: &mut BitReader<'_>, count: usize) -> Result<(), StreamFault> {
        if from.left() < count {
            return Err(StreamFault::Damaged);
        }
        let end = from.position + count;
        while from.position < end {
            let aligned = self.position.is_multiple_of(8) && from.position.is_multiple_of(8);
            let whole = (end - from.position) / 8;
            if aligned && whole > 0 {
                let start = from.position / 8;
                self.bytes.extend(&from.bytes[start..start + whole]);
                self.position += 8 * whole;
                from.position += 8 * whole;
            } else {
                self.flag(from.flag()?);
            }
        }
        Ok(())
    }

    /// The stop bit and zeros up to a whole byte (7.3.2.11).
    pub fn stop(mut self) -> Vec<u8> {
        self.flag(true);
        self.bytes
    }

    /// All of it, which is a whole number of bytes.
    pub fn whole(self) -> Result<Vec<u8>, StreamFault> {
        match self.position.is_multiple_of(8) {
            true => Ok(self.bytes),
            false => Err(StreamFault::Damaged),
        }
    }
}

/// How many bits come before the stop bit.
pub(super) fn content_bits(bytes: &[u8]) -> Result<usize, StreamFault> {
    let last = bytes.iter().rposition(|byte| *byte != 0);
    let last = last.ok_or(StreamFault::Damaged)?;
    Ok(8 * last + 7 - bytes[last].trailing_zeros() as usize)
}

#[cfg(test)]
mod tests {
    use super::{super::random::Random, *};

    #[test]
    fn numbers_are_read_as_they_were_written() {
        let mut random = Random::new(1);
        for _ in 0..200 {
            let numbers: Vec<(u32, u32)> = (0..random.below(40))
                .map(|_| {
                    let bits = random.below(32) + 1;
                    (random.next() as u32 >> (32 - bits), bits)
                })
                .collect();
            let mut writer = BitWriter::default();
            for &(value, bits) in &numbers {
                writer.bits(value, bits);
                writer.ue(value.min(u32::MAX - 1));
                writer.se(value as i32 / 2);
                writer.flag(value % 2 == 1);
            }
            let bytes = writer.stop();
            let content = content_bits(&bytes).unwrap();
            let mut reader = BitReader::new(&bytes);
            for (value, bits) in numbers {
                assert_eq!(reader.bits(bits), Ok(value));
                assert_eq!(reader.ue(), Ok(value.min(u32::MAX - 1)));
                assert_eq!(reader.se(), Ok(value as i32 / 2));
                assert_eq!(reader.flag(), Ok(value % 2 == 1));
            }
            assert_eq!(reader.position(), content);
        }
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        let code = |write: &dyn Fn(&mut BitWriter)| {
            let mut writer = BitWriter::default();
            write(&mut writer);
            let bytes = writer.stop();
            let mut reader = BitReader::new(&bytes);
            let bits = content_bits(&bytes).unwrap();
            (0..bits)
                .map(|_| if reader.flag().unwrap() { '1' } else { '0' })
                .collect::<String>()
        };
        let ue = |value| code(&|writer| writer.ue(value));
        let se = |value| code(&|writer| writer.se(value));
        assert_eq!(
            [0, 1, 2, 3, 7].map(ue),
            ["1", "010", "011", "00100", "0001000"]
        );
        assert_eq!(
            [0, 1, -1, 2, -2].map(se),
            ["1", "010", "011", "00100", "00101"]
        );
    }

    #[test]
    fn copies_are_equal_wherever_they_begin() {
        let mut random = Random::new(2);
        let bytes: Vec<u8> = (0..64).map(|_| random.next() as u8).collect();
        for skip in 0..17 {
            for shift in 0..9 {
                for length in [0, 1, 7, 8, 9, 100, 300] {
                    let mut reader = BitReader::new(&bytes);
                    reader.bits(skip).unwrap();
                    let mut expected = reader.clone();
                    let mut writer = BitWriter::default();
                    writer.bits(0, shift);
                    writer.copy(&mut reader, length).unwrap();
                    let copied = writer.stop();
                    let mut copied = BitReader::new(&copied);
                    copied.bits(shift).unwrap();
                    for _ in 0..length {
                        assert_eq!(copied.flag(), expected.flag());
                    }
                    assert_eq!(copied.flag(), Ok(true));
                }
            }
        }
    }

    #[test]
    fn what_ends_too_early_is_damaged() {
        assert_eq!(BitReader::new(&[0xff]).bits(9), Err(StreamFault::Damaged));
        assert_eq!(BitReader::new(&[0; 8]).ue(), Err(StreamFault::Damaged));
        assert_eq!(BitReader::new(&[0x01]).ue(), Err(StreamFault::Damaged));
        assert_eq!(content_bits(&[0, 0]), Err(StreamFault::Damaged));
        let mut writer = BitWriter::default();
        assert!(writer.copy(&mut BitReader::new(&[1]), 9).is_err());
        writer.flag(true);
        assert!(writer.whole().is_err());
    }
}
