//! Code under construction: instructions, and jumps to places that are not known yet.

use vm::instruction::Instruction;

/// A place that jumps can name before it is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label(u32);

/// Instructions in which jumps name labels instead of places.
#[derive(Default)]
pub(super) struct Code {
    instructions: Vec<Instruction>,
    /// Where the jumps are.
    jumps: Vec<usize>,
    /// The place of each label.
    places: Vec<u32>,
}

impl Code {
    /// The place of the next instruction.
    pub(super) fn here(&self) -> u32 {
        u32::try_from(self.instructions.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn push(&mut self, instruction: Instruction) {
        self.instructions.push(instruction);
    }

    /// A label that is to be bound later.
    pub(super) fn label(&mut self) -> Label {
        let label = Label(u32::try_from(self.places.len()).unwrap_or(u32::MAX));
        self.places.push(u32::MAX);
        label
    }

    /// The next instruction is where the label's jumps go.
    pub(super) fn bind(&mut self, label: Label) {
        let here = self.here();
        if let Some(place) = self.places.get_mut(label.0 as usize) {
            *place = here;
        }
    }

    /// A jump to a label: `jump(Instruction::JumpUnless, label)`.
    pub(super) fn jump(&mut self, jump: fn(u32) -> Instruction, label: Label) {
        self.jumps.push(self.instructions.len());
        self.instructions.push(jump(label.0));
    }

    /// A jump that holds more than its place, which is filled in.
    pub(super) fn jump_with(&mut self, jump: Instruction, label: Label) {
        self.jumps.push(self.instructions.len());
        self.instructions.push(match jump {
            Instruction::Sieve(which, _) => Instruction::Sieve(which, label.0),
            other => other,
        });
    }

    /// The finished code. Every label that is jumped to has been bound.
    pub(super) fn finish(mut self) -> Vec<Instruction> {
        let place_of = |label: u32| self.places.get(label as usize).copied().unwrap_or(u32::MAX);
        for jump in &self.jumps {
            let Some(instruction) = self.instructions.get_mut(*jump) else { continue };
            *instruction = match *instruction {
                Instruction::Jump(label) => Instruction::Jump(place_of(label)),
                Instruction::JumpUnless(label) => Instruction::JumpUnless(place_of(label)),
                Instruction::JumpIfFalse(label) => Instruction::JumpIfFalse(place_of(label)),
                Instruction::JumpIfTrue(label) => Instruction::JumpIfTrue(place_of(label)),
                Instruction::Sieve(which, label) => Instruction::Sieve(which, place_of(label)),
                Instruction::EnterBefore(label) => Instruction::EnterBefore(place_of(label)),
                Instruction::JumpIfPresent(label) => Instruction::JumpIfPresent(place_of(label)),
                other => other,
            };
        }
        self.instructions
    }
}
