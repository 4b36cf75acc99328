use super::{
    StreamFault,
    bits::BitReader,
    h264::{
        IDR_SLICE, SLICE, Sequence, SliceStart, is_reference, kind, picture_id, still_parameters,
        still_slice_from,
    },
    nal,
};

/// H.264 as MP4 keeps it: each unit behind its length, the parameters apart
/// (ISO 14496-15, 5.3.3.1).
#[derive(Clone, Debug)]
pub(crate) struct AvcStream {
    /// Up to the number of sequences.
    start: Vec<u8>,
    sequences: Vec<Vec<u8>>,
    pictures: Vec<Vec<u8>>,
    /// After the last parameters of pictures.
    end: Vec<u8>,
    /// Bytes of a unit's length.
    size: usize,
}

/// What is told of a picture by the start of its first slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AvcPicture {
    pub frame_num: u32,
    /// Its place in time, where that is told.
    pub order: Option<u32>,
    /// Whether others refer to it.
    pub reference: bool,
}

/// Bytes in which the start of a slice lies for certain.
const SLICE_START: usize = 32;

/// Pictures of a stream that stay on at most: places in time stay well within half of what
/// 4 bits tell.
pub(crate) const FEW: u64 = 2;

impl AvcStream {
    /// Takes a stream's head.
    pub fn new(head: &[u8]) -> Result<Self, StreamFault> {
        let mut rest = head;
        let start = take(&mut rest, 5)?;
        if start[0] != 1 {
            return Err(StreamFault::Unknown("another form"));
        }
        let size = usize::from(start[4] & 3) + 1;
        let count = take(&mut rest, 1)?[0] & 0x1f;
        let sequences = sets(&mut rest, count)?;
        let count = take(&mut rest, 1)?[0];
        let pictures = sets(&mut rest, count)?;
        Ok(Self {
            start: start.to_vec(),
            sequences,
            pictures,
            end: rest.to_vec(),
            size,
        })
    }

    fn units<'a>(&self, mut data: &'a [u8]) -> impl Iterator<Item = Result<&'a [u8], StreamFault>> {
        let size = self.size;
        std::iter::from_fn(move || {
            if data.is_empty() {
                return None;
            }
            let mut next = || {
                let length = take(&mut data, size)?;
                let length = length
                    .iter()
                    .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
                take(&mut data, length)
            };
            let unit = next();
            if unit.is_err() {
                data = &[];
            }
            Some(unit)
        })
    }

    /// Whether nothing that follows a picture refers to anything before it.
    pub fn is_new_start(&self, data: &[u8]) -> bool {
        let mut slices = self.units(data).filter_map(Result::ok).filter_map(|unit| {
            let kind = kind(*unit.first()?);
            (1..=5).contains(&kind).then_some(kind)
        });
        slices.next() == Some(IDR_SLICE)
    }

    /// The only sequence that there is.
    fn sequence(&self) -> Result<Sequence, StreamFault> {
        match &self.sequences[..] {
            [only] => Sequence::parse(&nal::unescaped(only.get(1..).ok_or(StreamFault::Damaged)?)),
            _ => Err(StreamFault::Unknown("several sequences")),
        }
    }

    /// What a picture tells of itself.
    pub fn picture(&self, data: &[u8]) -> Result<AvcPicture, StreamFault> {
        let sequence = self.sequence()?;
        for unit in self.units(data) {
            let unit = unit?;
            let header = *unit.first().ok_or(StreamFault::Damaged)?;
            let idr = match kind(header) {
                SLICE => false,
                IDR_SLICE => true,
                2..=4 => return Err(StreamFault::Unknown("slices in parts")),
                _ => continue,
            };
            let (head, _) = nal::split(&unit[1..], SLICE_START);
            let start = SliceStart::read(&mut BitReader::new(&head), &sequence, idr)?;
            return Ok(AvcPicture {
                frame_num: start.frame_num,
                order: start.order,
                reference: is_reference(header),
            });
        }
        Err(StreamFault::Damaged)
    }

    /// The number of the parameters of pictures that stay on, which is free.
    fn still(&self) -> Result<u32, StreamFault> {
        let mut free = 0;
        for picture in &self.pictures {
            let bytes = picture.get(1..).ok_or(StreamFault::Damaged)?;
            free = free.max(picture_id(&nal::unescaped(bytes))? + 1);
        }
        match free {
            0..=255 => Ok(free),
            _ => Err(StreamFault::Unknown(
                "no number left for a picture's parameters",
            )),
        }
    }

    /// The stream's head with parameters for pictures that stay on.
    pub fn head_with_stills(&self) -> Result<Vec<u8>, StreamFault> {
        let parameters = still_parameters(self.still()?, &self.sequence()?);
        let unit = nal::unit(0x68, &parameters);
        let mut head = self.start.clone();
        head.push(0xe0 | self.sequences.len() as u8);
        let put = |head: &mut Vec<u8>, unit: &[u8]| {
            head.extend((unit.len() as u16).to_be_bytes());
            head.extend(unit);
        };
        self.sequences.iter().for_each(|unit| put(&mut head, unit));
        head.push(self.pictures.len() as u8 + 1);
        self.pictures.iter().for_each(|unit| put(&mut head, unit));
        put(&mut head, &unit);
        head.extend(&self.end);
        Ok(head)
    }

    /// A picture like `shown`, which comes `place` places after it; `last` is the last picture
    /// before it, in the order of decoding, to which others refer. Nobody refers to it.
    pub fn stay(
        &self,
        shown: &AvcPicture,
        last: &AvcPicture,
        place: u32,
    ) -> Result<Vec<u8>, StreamFault> {
        if !shown.reference || !last.reference {
            return Err(StreamFault::Unknown("a last picture to which none refers"));
        }
        let sequence = self.sequence()?;
        if sequence.order_bits.is_none() && place > 1 {
            return Err(StreamFault::Unknown("no order of pictures"));
        }
        let wrap = |number: u32, bits: u32| number & ((1 << bits) - 1);
        let frame_num = wrap(last.frame_num + 1, sequence.frame_num_bits);
        let order = shown.order.zip(sequence.order_bits);
        let start = SliceStart {
            first_macroblock: 0,
            // Predicted from one picture, as all slices of this one.
            kind: 5,
            parameters: self.still()?,
            frame_num,
            idr: None,
            // Places in time are counted by fields, two to a frame (8.2.1).
            order: order.map(|(order, bits)| wrap(order + 2 * place, bits)),
        };
        let back = wrap(
            frame_num.wrapping_sub(shown.frame_num),
            sequence.frame_num_bits,
        );
        let bytes = still_slice_from(&start, &sequence, back);
        let unit = nal::unit(SLICE, &bytes);
        let length = (unit.len() as u32).to_be_bytes();
        if unit.len() >> (8 * self.size.min(4)) > 0 {
            return Err(StreamFault::Unknown("short lengths"));
        }
        Ok([&length[4 - self.size..], &unit].concat())
    }
}

fn take<'a>(bytes: &mut &'a [u8], count: usize) -> Result<&'a [u8], StreamFault> {
    let (taken, rest) = bytes.split_at_checked(count).ok_or(StreamFault::Damaged)?;
    *bytes = rest;
    Ok(taken)
}

fn sets(bytes: &mut &[u8], count: u8) -> Result<Vec<Vec<u8>>, StreamFault> {
    let set = |_| {
        let length = take(bytes, 2)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        Ok(take(bytes, length)?.to_vec())
    };
    (0..count).map(set).collect()
}

#[cfg(test)]
mod tests {
    use super::{
        super::{h264, random::Random},
        *,
    };

    fn stream(random: &mut Random, size: usize) -> (AvcStream, Sequence, Vec<u8>) {
        let (sequence, bytes) = h264::tests::sequence(random);
        let mut head = vec![1, 100, 0, 30, 0xfc | (size as u8 - 1), 0xe1];
        let mut put = |unit: &[u8]| {
            head.extend((unit.len() as u16).to_be_bytes());
            head.extend(unit);
        };
        put(&nal::unit(0x67, &bytes));
        let parameters = nal::unit(0x68, &still_parameters(3, &sequence));
        let length = parameters.len() as u16;
        head.push(1);
        head.extend(length.to_be_bytes());
        head.extend(parameters);
        head.extend([0xfd, 0xf8, 0xf8, 0]);
        (AvcStream::new(&head).unwrap(), sequence, head)
    }

    fn framed(size: usize, units: &[Vec<u8>]) -> Vec<u8> {
        let mut data = Vec::new();
        for unit in units {
            data.extend(&(unit.len() as u32).to_be_bytes()[4 - size..]);
            data.extend(unit);
        }
        data
    }

    #[test]
    fn pictures_tell_of_themselves() {
        let mut random = Random::new(21);
        for _ in 0..300 {
            let size = [1, 2, 4][random.below(3) as usize];
            let (stream, sequence, _) = stream(&mut random, size);
            let idr = random.below(2) == 1;
            let start = SliceStart {
                first_macroblock: 0,
                kind: 7,
                parameters: 3,
                frame_num: random.below(1 << sequence.frame_num_bits),
                idr: idr.then_some(1),
                order: sequence.order_bits.map(|bits| random.below(1 << bits)),
            };
            let bytes = h264::still_slice_from(&start, &sequence, 1);
            let header = if idr {
                0x65
            } else {
                [0x41, 0x01][random.below(2) as usize]
            };
            let data = framed(size, &[vec![6, 5, 1, 0x80], nal::unit(header, &bytes)]);
            assert_eq!(stream.is_new_start(&data), idr);
            let told = stream.picture(&data).unwrap();
            assert_eq!((told.frame_num, told.order), (start.frame_num, start.order));
            assert_eq!(told.reference, header != 0x01);
            assert!(stream.picture(&data[..data.len() - bytes.len()]).is_err());
        }
    }

    #[test]
    fn a_picture_that_stays_names_the_one_that_is_shown() {
        let mut random = Random::new(22);
        for _ in 0..300 {
            let (stream, sequence, head) = stream(&mut random, 4);
            let numbers = 1 << sequence.frame_num_bits;
            let orders = sequence.order_bits.map(|bits| 1u32 << bits);
            let shown = AvcPicture {
                frame_num: random.below(numbers),
                order: orders.map(|orders| random.below(orders)),
                reference: true,
            };
            let later = random.below(3);
            let last = AvcPicture {
                frame_num: (shown.frame_num + later) % numbers,
                ..shown
            };
            let data = stream.stay(&shown, &last, 1).unwrap();
            let unit = &data[4..];
            assert_eq!(kind(unit[0]), SLICE);
            assert!(!is_reference(unit[0]));
            let bytes = nal::unescaped(&unit[1..]);
            let reader = &mut BitReader::new(&bytes);
            let start = SliceStart::read(reader, &sequence, false).unwrap();
            assert_eq!(start.frame_num, (last.frame_num + 1) % numbers);
            let order = orders.map(|orders| (shown.order.unwrap() + 2) % orders);
            assert_eq!((start.order, start.parameters), (order, 4));
            assert_eq!(reader.flag(), Ok(false));
            assert_eq!(reader.flag(), Ok(later > 0));
            if later > 0 {
                assert_eq!(
                    (reader.ue(), reader.ue(), reader.ue()),
                    (Ok(0), Ok(later), Ok(3))
                );
            }
            // Its parameters stand in the head, behind those that were there.
            let wider = stream.head_with_stills().unwrap();
            let read = AvcStream::new(&wider).unwrap();
            assert_eq!(read.sequences, stream.sequences);
            assert_eq!(read.pictures.len(), 2);
            let own = picture_id(&nal::unescaped(&read.pictures[1][1..]));
            assert_eq!((own, &read.end), (Ok(4), &stream.end));
            assert!(wider.len() > head.len());
            let none = AvcPicture {
                reference: false,
                ..shown
            };
            assert!(stream.stay(&none, &last, 1).is_err());
        }
    }

    #[test]
    fn what_is_cut_off_is_damaged() {
        let mut random = Random::new(23);
        let (_, _, head) = stream(&mut random, 4);
        for length in 0..head.len() - 4 {
            assert!(AvcStream::new(&head[..length]).is_err(), "cut to {length}");
        }
        assert!(AvcStream::new(&[0, 0, 0, 1, 0x67, 0]).is_err());
    }
}
