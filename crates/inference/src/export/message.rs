//! Protocol buffer messages, written field by field: as much of the wire format as ONNX needs.

/// A message under construction. Fields are written in the order of the calls.
#[derive(Default)]
pub(super) struct Message(Vec<u8>);

/// How a field's content is written.
#[derive(Clone, Copy)]
enum Wire {
    Varint = 0,
    Delimited = 2,
}

impl Message {
    /// A whole number or the number of an enum's variant.
    pub fn integer(mut self, field: u32, value: i64) -> Self {
        self.tag(field, Wire::Varint);
        self.varint(value.cast_unsigned());
        self
    }

    /// A repeated field of whole numbers.
    pub fn integers(self, field: u32, values: impl IntoIterator<Item = i64>) -> Self {
        values.into_iter().fold(self, |message, value| message.integer(field, value))
    }

    /// Bytes or text.
    pub fn bytes(mut self, field: u32, bytes: &[u8]) -> Self {
        self.tag(field, Wire::Delimited);
        self.varint(bytes.len() as u64);
        self.0.extend(bytes);
        self
    }

    /// A message inside this one.
    pub fn message(self, field: u32, message: &Self) -> Self {
        self.bytes(field, &message.0)
    }

    /// A repeated field of messages.
    pub fn messages(self, field: u32, messages: &[Self]) -> Self {
        messages.iter().fold(self, |outer, inner| outer.message(field, inner))
    }

    /// The bytes.
    pub fn finish(self) -> Vec<u8> {
        self.0
    }

    fn tag(&mut self, field: u32, wire: Wire) {
        self.varint(u64::from(field << 3 | wire as u32));
    }

    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_written_as_the_format_says() {
        let inner = Message::default().integer(20, 1);
        let bytes = Message::default().integer(1, 300).bytes(2, b"hi").message(3, &inner).finish();
        let expected = [0x08, 0xac, 0x02, 0x12, 2, b'h', b'i', 0x1a, 3, 0xa0, 0x01, 1];
        assert_eq!(bytes, expected, "tag, then number; or tag, length, content");
    }

    #[test]
    fn a_number_below_zero_takes_ten_bytes() {
        let bytes = Message::default().integer(1, -1).finish();
        assert_eq!(bytes.len(), 11, "it is written as the 64-bit number with the same bits");
    }
}
