//! How much of a write a disk of a given size still takes.

/// Bytes of a write of `length` bytes at `offset` that fit, for a file of `file_bytes` on a disk of `capacity_bytes` of
/// which `used_bytes` are taken. What lies within the file always fits; beyond it, the write takes room.
pub fn fitting(file_bytes: u64, offset: u64, length: u64, used_bytes: u64, capacity_bytes: u64) -> u64 {
    let end = offset.saturating_add(length);
    let growth = end.saturating_sub(file_bytes);
    let room = capacity_bytes.saturating_sub(used_bytes);
    if growth <= room {
        return length;
    }
    (file_bytes + room).saturating_sub(offset).min(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overwriting_needs_no_room() {
        assert_eq!(fitting(100, 0, 100, 500, 500), 100);
        assert_eq!(fitting(100, 0, 100, 900, 500), 100, "not even on a disk that shrank");
    }

    #[test]
    fn a_write_ends_where_the_disk_does() {
        assert_eq!(fitting(100, 90, 20, 500, 505), 15);
        assert_eq!(fitting(100, 100, 20, 500, 505), 5);
        assert_eq!(fitting(100, 100, 20, 500, 500), 0);
    }

    #[test]
    fn a_hole_counts_as_if_it_were_written() {
        assert_eq!(fitting(0, 4_096, 1, 0, 4_096), 0);
        assert_eq!(fitting(0, 4_096, 1, 0, 4_097), 1);
    }
}
