//! `SQLite`'s record form: a row's values one after another, with their kinds in front.

use rusqlite::types::Value;

/// The values of one row, or nothing if these bytes are no record.
pub(super) fn decode(payload: &[u8]) -> Option<Vec<Value>> {
    let (header_bytes, mut at) = varint(payload)?;
    let header_bytes = usize::try_from(header_bytes).ok()?;
    let mut content = payload.get(header_bytes..)?;
    let mut values = Vec::new();
    while at < header_bytes {
        let (kind, taken) = varint(payload.get(at..header_bytes)?)?;
        at += taken;
        let (value, taken) = value(kind, content)?;
        content = content.get(taken..)?;
        values.push(value);
    }
    (at == header_bytes && content.is_empty()).then_some(values)
}

/// A number of variable length and how many bytes it takes.
pub(super) fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut number = 0;
    for place in 0..8 {
        let byte = *bytes.get(place)?;
        number = number << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((number, place + 1));
        }
    }
    Some((number << 8 | u64::from(*bytes.get(8)?), 9))
}

fn value(kind: u64, content: &[u8]) -> Option<(Value, usize)> {
    let length = match kind {
        0 | 8 | 9 => 0,
        1..=4 => usize::try_from(kind).ok()?,
        5 => 6,
        6 | 7 => 8,
        10 | 11 => return None,
        _ => usize::try_from((kind - 12) / 2).ok()?,
    };
    let bytes = content.get(..length)?;
    let value = match kind {
        0 => Value::Null,
        1..=6 => Value::Integer(integer(bytes)),
        7 => Value::Real(f64::from_be_bytes(bytes.try_into().ok()?)),
        8 => Value::Integer(0),
        9 => Value::Integer(1),
        _ if kind.is_multiple_of(2) => Value::Blob(bytes.to_vec()),
        _ => Value::Text(String::from_utf8(bytes.to_vec()).ok()?),
    };
    Some((value, length))
}

fn integer(bytes: &[u8]) -> i64 {
    let sign = if bytes.first().is_some_and(|byte| byte & 0x80 != 0) { -1 } else { 0 };
    bytes.iter().fold(sign, |number, byte| number << 8 | i64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_is_read() {
        let mut payload = vec![8, 0, 1, 2, 7, 9, 12 + 4, 13 + 2];
        payload.extend([0xff, 0x01, 0x00]);
        payload.extend(0.5_f64.to_be_bytes());
        payload.extend([7, 8]);
        payload.extend(*b"a");
        let expected = vec![
            Value::Null,
            Value::Integer(-1),
            Value::Integer(256),
            Value::Real(0.5),
            Value::Integer(1),
            Value::Blob(vec![7, 8]),
            Value::Text("a".into()),
        ];
        assert_eq!(decode(&payload), Some(expected));
    }

    #[test]
    fn what_is_cut_short_or_too_long_is_no_record() {
        assert_eq!(decode(&[]), None);
        assert_eq!(decode(&[2, 1]), None, "the value is missing");
        assert_eq!(decode(&[2, 1, 5, 5]), None, "a byte too many");
        assert_eq!(decode(&[3, 10, 1, 5]), None, "a kind that is never written");
    }

    #[test]
    fn numbers_take_one_to_nine_bytes() {
        assert_eq!(varint(&[0x7f]), Some((127, 1)));
        assert_eq!(varint(&[0x81, 0x00]), Some((128, 2)));
        assert_eq!(varint(&[0xff; 9]), Some((u64::MAX, 9)));
        assert_eq!(varint(&[0x81]), None);
    }
}
