//! The text format of server-sent events: bytes in, in pieces of any size, the `data` of whole events out.
//!
//! Event names, ids and retry times are not used by our contract and are skipped, as are comments (keep-alives).

/// Longest line and longest event that are put up with; ours take less than 100 bytes.
const LIMIT_BYTES: usize = 64 * 1024;

/// A line or an event is longer than any that the contract knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

/// Collects pieces of a stream into events.
#[derive(Debug, Default)]
pub(crate) struct EventParser {
    line: Vec<u8>,
    data: Option<String>,
    after_return: bool,
}

impl EventParser {
    /// Takes the next piece and returns the data of the events that it completes.
    pub(crate) fn push(&mut self, piece: &[u8]) -> Result<Vec<String>, TooLong> {
        let mut events = Vec::new();
        for byte in piece {
            // Lines end with CR, LF or CR LF; the LF of the last kind ends no second line.
            let ends_line = match byte {
                b'\n' => !self.after_return,
                b'\r' => true,
                _ => {
                    self.line.push(*byte);
                    false
                }
            };
            self.after_return = *byte == b'\r';
            if ends_line {
                events.extend(self.end_line()?);
            }
            if self.line.len() > LIMIT_BYTES {
                return Err(TooLong);
            }
        }
        Ok(events)
    }

    /// Takes the line that has just ended; an empty one completes an event.
    fn end_line(&mut self) -> Result<Option<String>, TooLong> {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            return Ok(self.data.take());
        }
        let line = String::from_utf8_lossy(&line);
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        if field.trim_start_matches('\u{feff}') == "data" {
            self.append(value.strip_prefix(' ').unwrap_or(value))?;
        }
        Ok(None)
    }

    fn append(&mut self, value: &str) -> Result<(), TooLong> {
        match &mut self.data {
            Some(data) if data.len() + value.len() > LIMIT_BYTES => return Err(TooLong),
            Some(data) => {
                data.push('\n');
                data.push_str(value);
            }
            None => self.data = Some(value.to_owned()),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn events(text: &str) -> Vec<String> {
        EventParser::default().push(text.as_bytes()).unwrap()
    }

    #[test]
    fn fields_line_ends_and_comments_are_read_as_the_standard_says() {
        let table: &[(&str, &[&str], &str)] = &[
            ("data: a\n\n", &["a"], "the usual form"),
            ("data:a\n\n", &["a"], "the space is optional"),
            ("data:  a\n\n", &[" a"], "only one space belongs to the format"),
            ("data: a\r\n\r\ndata: b\r\rdata: c\n\n", &["a", "b", "c"], "three kinds of line ends"),
            ("data: a\ndata: b\n\n", &["a\nb"], "several lines of data are joined"),
            ("data\n\n", &[""], "a field without a colon is empty"),
            (": keep-alive\n\n", &[], "a comment is no event"),
            ("event: x\nid: 7\nretry: 5\ndata: a\n\n", &["a"], "other fields are skipped"),
            ("event: x\n\n", &[], "an event without data is none"),
            ("data: a\n", &[], "an event that has not ended is not yet one"),
            ("\u{feff}data: a\n\n", &["a"], "a byte order mark is no part of the field"),
            ("datax: a\n\n", &[], "the field's name counts as a whole"),
        ];
        for (text, expected, why) in table {
            assert_eq!(events(text), *expected, "{why}: {text:?}");
        }
    }

    #[test]
    fn an_endless_line_and_an_endless_event_are_refused() {
        let mut parser = EventParser::default();
        assert_eq!(parser.push(&vec![b'x'; LIMIT_BYTES + 1]), Err(TooLong));
        let line = format!("data: {}\n", "x".repeat(LIMIT_BYTES / 4));
        assert_eq!(EventParser::default().push(line.repeat(5).as_bytes()), Err(TooLong));
    }

    proptest! {
        #[test]
        fn where_the_network_cuts_the_stream_does_not_matter(text in "(data: ?|: |[a-c:]|é|\r|\n){0,60}", cut in 0..200_usize) {
            let cut = cut.min(text.len());
            let (head, tail) = text.as_bytes().split_at(cut);
            let mut parser = EventParser::default();
            let mut pieces = parser.push(head).unwrap();
            pieces.extend(parser.push(tail).unwrap());
            prop_assert_eq!(pieces, events(&text));
        }
    }
}
