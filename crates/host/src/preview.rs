//! The preview's wire form, the same for both hosts.

/// Header with the number of the answered frame; the next request says `after=` it.
pub const SEQUENCE_HEADER: &str = "x-frame";

/// Reads `after=SEQUENCE` out of a query.
pub fn frame_after(query: Option<&str>) -> Option<u64> {
    query?.split('&').find_map(|pair| pair.strip_prefix("after="))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::frame_after;

    #[test]
    fn the_wanted_frame_is_read_and_rubbish_means_any_frame() {
        assert_eq!(frame_after(Some("after=17")), Some(17));
        assert_eq!(frame_after(Some("t=1&after=2")), Some(2));
        assert_eq!(frame_after(Some("after=minus")), None);
        assert_eq!(frame_after(None), None);
    }
}
