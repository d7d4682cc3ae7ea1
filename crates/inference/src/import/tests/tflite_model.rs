//! Writes small TensorFlow Lite models: just enough of the flatbuffer format.

/// A field of a table.
#[derive(Clone)]
pub(super) enum Field {
    Byte(u8),
    Integer(i32),
    Integers(Vec<i32>),
    Bytes(Vec<u8>),
    Table(Table),
    Tables(Vec<Table>),
}

/// Slots and what they hold.
pub(super) type Table = Vec<(usize, Field)>;

fn write_table(out: &mut Vec<u8>, table: &Table) -> usize {
    let slots = table.iter().map(|(slot, _)| slot + 1).max().unwrap_or(0);
    let mut offsets = vec![0_u16; slots];
    for (index, (slot, _)) in table.iter().enumerate() {
        offsets[*slot] = 4 + 4 * index as u16;
    }
    let vtable = out.len();
    for number in [4 + 2 * slots as u16, 4 + 4 * table.len() as u16].into_iter().chain(offsets) {
        out.extend(number.to_le_bytes());
    }
    let position = out.len();
    out.extend(((position - vtable) as i32).to_le_bytes());
    out.extend(vec![0; 4 * table.len()]);
    for (index, (_, field)) in table.iter().enumerate() {
        let at = position + 4 + 4 * index;
        let word = match field {
            Field::Byte(byte) => u32::from(*byte),
            Field::Integer(number) => *number as u32,
            other => (write_reference(out, other) - at) as u32,
        };
        out[at..at + 4].copy_from_slice(&word.to_le_bytes());
    }
    position
}

fn write_reference(out: &mut Vec<u8>, field: &Field) -> usize {
    let header = |out: &mut Vec<u8>, len: usize| {
        out.extend((len as u32).to_le_bytes());
        out.len() - 4
    };
    match field {
        Field::Bytes(bytes) => {
            let position = header(out, bytes.len());
            out.extend(bytes);
            position
        }
        Field::Integers(numbers) => {
            let position = header(out, numbers.len());
            out.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
            position
        }
        Field::Tables(tables) => {
            let position = header(out, tables.len());
            out.extend(vec![0; 4 * tables.len()]);
            for (index, table) in tables.iter().enumerate() {
                let at = position + 4 + 4 * index;
                let offset = (write_table(out, table) - at) as u32;
                out[at..at + 4].copy_from_slice(&offset.to_le_bytes());
            }
            position
        }
        Field::Table(table) => write_table(out, table),
        Field::Byte(_) | Field::Integer(_) => unreachable!("these are kept in place"),
    }
}

/// A model under construction. Tensor 0 is the input.
#[derive(Default)]
pub(super) struct TfLiteModel {
    tensors: Vec<Table>,
    buffers: Vec<Table>,
    codes: Vec<Table>,
    operators: Vec<Table>,
}

impl TfLiteModel {
    pub fn new(height: i32, width: i32, channels: i32) -> Self {
        let mut model = Self { buffers: vec![Table::new()], ..Self::default() };
        model.value(&[1, height, width, channels]);
        model
    }

    /// A tensor that an operator yields.
    pub fn value(&mut self, shape: &[i32]) -> i32 {
        let name = format!("tensor {}", self.tensors.len()).into_bytes();
        self.tensors.push(vec![(0, Field::Integers(shape.to_vec())), (3, Field::Bytes(name))]);
        self.tensors.len() as i32 - 1
    }

    fn constant(&mut self, shape: &[i32], kind: u8, bytes: Vec<u8>) -> i32 {
        self.buffers.push(vec![(0, Field::Bytes(bytes))]);
        let buffer = self.buffers.len() as i32 - 1;
        let fields =
            [(0, Field::Integers(shape.to_vec())), (1, Field::Byte(kind)), (2, Field::Integer(buffer))];
        self.tensors.push(fields.to_vec());
        self.tensors.len() as i32 - 1
    }

    pub fn floats(&mut self, shape: &[i32], numbers: &[f32]) -> i32 {
        self.constant(shape, 0, numbers.iter().flat_map(|number| number.to_le_bytes()).collect())
    }

    pub fn half_floats(&mut self, shape: &[i32], numbers: &[f32]) -> i32 {
        let bytes = numbers.iter().flat_map(|number| half::f16::from_f32(*number).to_le_bytes());
        self.constant(shape, 1, bytes.collect())
    }

    pub fn integers(&mut self, shape: &[i32], numbers: &[i32]) -> i32 {
        self.constant(shape, 2, numbers.iter().flat_map(|number| number.to_le_bytes()).collect())
    }

    /// Adds an operator; the answer is the tensor that it yields.
    pub fn operator(&mut self, code: u8, inputs: &[i32], shape: &[i32], options: Table) -> i32 {
        let output = self.value(shape);
        self.codes.push(vec![(0, Field::Byte(code))]);
        self.operators.push(vec![
            (0, Field::Integer(self.codes.len() as i32 - 1)),
            (1, Field::Integers(inputs.to_vec())),
            (2, Field::Integers(vec![output])),
            (4, Field::Table(options)),
        ]);
        output
    }

    /// The bytes of the model; its outputs are these tensors.
    pub fn finish(self, outputs: &[i32]) -> Vec<u8> {
        let subgraph = vec![
            (0, Field::Tables(self.tensors)),
            (1, Field::Integers(vec![0])),
            (2, Field::Integers(outputs.to_vec())),
            (3, Field::Tables(self.operators)),
        ];
        let root = vec![
            (1, Field::Tables(self.codes)),
            (2, Field::Tables(vec![subgraph])),
            (4, Field::Tables(self.buffers)),
        ];
        let mut bytes = b"\0\0\0\0TFL3".to_vec();
        let position = write_table(&mut bytes, &root) as u32;
        bytes[..4].copy_from_slice(&position.to_le_bytes());
        bytes
    }
}
