//! Reading flatbuffers: tables, fields, vectors. Every offset is checked; damage is an error, never a panic.

use crate::import::error::ImportError;

const DAMAGED: ImportError = ImportError::Flatbuffer("an offset leads outside the file");

/// A table inside the buffer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table<'a> {
    bytes: &'a [u8],
    position: usize,
}

/// A vector inside the buffer; `start` is its first element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vector<'a> {
    bytes: &'a [u8],
    start: usize,
    len: usize,
}

fn chunk<const N: usize>(bytes: &[u8], position: usize) -> Result<[u8; N], ImportError> {
    bytes.get(position..).and_then(|rest| rest.first_chunk()).copied().ok_or(DAMAGED)
}

fn follow(bytes: &[u8], position: usize) -> Result<usize, ImportError> {
    let offset = u32::from_le_bytes(chunk(bytes, position)?) as usize;
    position.checked_add(offset).filter(|target| *target < bytes.len()).ok_or(DAMAGED)
}

impl<'a> Table<'a> {
    /// The table that the buffer starts with.
    pub fn root(bytes: &'a [u8]) -> Result<Self, ImportError> {
        Ok(Self { bytes, position: follow(bytes, 0)? })
    }

    /// Where a field's bytes lie; `None` where the field has its default.
    fn field(&self, slot: usize) -> Result<Option<usize>, ImportError> {
        let distance = i64::from(i32::from_le_bytes(chunk(self.bytes, self.position)?));
        let vtable = usize::try_from(self.position as i64 - distance).map_err(|_| DAMAGED)?;
        let size = usize::from(u16::from_le_bytes(chunk(self.bytes, vtable)?));
        let entry = 4 + 2 * slot;
        if entry + 2 > size {
            return Ok(None);
        }
        let offset = usize::from(u16::from_le_bytes(chunk(self.bytes, vtable + entry)?));
        Ok((offset != 0).then(|| self.position + offset))
    }

    pub fn byte(&self, slot: usize) -> Result<u8, ImportError> {
        self.field(slot)?.map_or(Ok(0), |at| chunk::<1>(self.bytes, at).map(|[byte]| byte))
    }

    pub fn integer(&self, slot: usize, default: i32) -> Result<i32, ImportError> {
        self.field(slot)?.map_or(Ok(default), |at| chunk(self.bytes, at).map(i32::from_le_bytes))
    }

    /// A number that counts or points, and so cannot be negative.
    pub fn count(&self, slot: usize, default: usize) -> Result<usize, ImportError> {
        let number = self.integer(slot, default as i32)?;
        usize::try_from(number).map_err(|_| ImportError::Flatbuffer("a count is negative"))
    }

    pub fn table(&self, slot: usize) -> Result<Option<Self>, ImportError> {
        let Some(at) = self.field(slot)? else { return Ok(None) };
        Ok(Some(Self { bytes: self.bytes, position: follow(self.bytes, at)? }))
    }

    /// A vector whose elements take `size` bytes each; empty where the field is absent.
    pub fn vector(&self, slot: usize, size: usize) -> Result<Vector<'a>, ImportError> {
        let Some(at) = self.field(slot)? else { return Ok(Vector { bytes: self.bytes, start: 0, len: 0 }) };
        let header = follow(self.bytes, at)?;
        let len = u32::from_le_bytes(chunk(self.bytes, header)?) as usize;
        let start = header + 4;
        let end = len.checked_mul(size).and_then(|extent| start.checked_add(extent));
        if end.is_none_or(|end| end > self.bytes.len()) {
            return Err(DAMAGED);
        }
        Ok(Vector { bytes: self.bytes, start, len })
    }

    pub fn bytes(&self, slot: usize) -> Result<&'a [u8], ImportError> {
        let vector = self.vector(slot, 1)?;
        Ok(&vector.bytes[vector.start..vector.start + vector.len])
    }

    pub fn text(&self, slot: usize) -> Result<&'a str, ImportError> {
        std::str::from_utf8(self.bytes(slot)?).map_err(|_| ImportError::Flatbuffer("a name is not text"))
    }

    pub fn integers(&self, slot: usize) -> Result<Vec<i32>, ImportError> {
        let vector = self.vector(slot, 4)?;
        let bytes = &vector.bytes[vector.start..vector.start + 4 * vector.len];
        Ok(crate::import::tensor::integers(bytes))
    }
}

impl<'a> Vector<'a> {
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Element `index` of a vector of tables.
    pub fn table(&self, index: usize) -> Result<Table<'a>, ImportError> {
        if index >= self.len {
            return Err(ImportError::Flatbuffer("an index leads outside its list"));
        }
        Ok(Table { bytes: self.bytes, position: follow(self.bytes, self.start + 4 * index)? })
    }
}
