//! What a value that is being written is compared with or put into: the words before it tell.

use semantics::Known;
use syntax::{ChunkKind, TokenKind};
use values::Type;

use super::Offer;
use super::place::unquoted;

/// The words and signs between what is compared and what it is compared with.
const OPERATORS: [&str; 33] = [
    "=", "!=", "<", "<=", ">", ">=", "is", "not", "in", "between", "contains", "contain", "does", "starts", "start",
    "ends", "end", "with", "any", "all", "of", "was", "becomes", "changed", "from", "to", "default", "matches",
    "match", "word", "within", "(", "..",
];

fn is_operator(word: &str) -> bool {
    OPERATORS.contains(&word)
}

impl Offer<'_> {
    /// What is known of the field that the value belongs to.
    pub(super) fn subject(&self) -> Option<Known> {
        let project = self.snapshot.project();
        if let Some((record, mut names)) = self.place.given()
            && self.place.word_back(0) == ":"
        {
            names.push(unquoted(self.place.word_back(1)));
            return project.known(&record, &names);
        }
        let (record, names) = match self.place.view.kind() {
            ChunkKind::Table => self.heading()?,
            ChunkKind::Record | ChunkKind::Reference => return None,
            _ => self.compared(self.place.tokens.len())?,
        };
        project.known(&record, &names)
    }

    /// Its type.
    pub(super) fn wanted_type(&self) -> Option<Type> {
        let mut ty = self.subject()?.ty?;
        // What is looked for in a list is one of its members.
        while let Type::List(member) = ty {
            ty = *member;
        }
        Some(ty)
    }

    /// The type that is wanted of a path whose last dot was just written.
    pub(super) fn wanted_of_path(&self) -> Option<Type> {
        let place = &self.place;
        let path = place
            .tokens
            .iter()
            .rev()
            .take_while(|it| it.is_name() && !is_operator(it.of(place.before)) || it.of(place.before) == ".");
        let (record, names) = self.compared(place.tokens.len() - path.count())?;
        self.snapshot.project().known(&record, &names)?.ty
    }

    /// The path before the operator that stands before a place.
    fn compared(&self, mut end: usize) -> Option<(String, Vec<String>)> {
        let place = &self.place;
        let mut compares = false;
        while let Some(last) = end.checked_sub(1).and_then(|last| place.tokens.get(last)) {
            let word = last.of(place.before);
            let is_literal = matches!(last.kind, TokenKind::Text { .. } | TokenKind::Number) || word == ",";
            if is_operator(word) {
                compares |= word != "(" && word != "..";
            } else if !is_literal {
                break;
            }
            end -= 1;
        }
        let path = place.path_ending(end).filter(|(_, names)| !names.is_empty())?;
        compares.then_some(path)
    }

    /// The heading of the column of a table in which the place lies.
    fn heading(&self) -> Option<(String, Vec<String>)> {
        let before = self.place.before;
        let brace = self.place.tokens.iter().find(|token| token.of(before) == "{")?.end;
        let mut lines = before.get(brace..)?.trim_start().lines();
        let headings: Vec<&str> = lines.next()?.split('|').collect();
        let row = before.rsplit('\n').next()?;
        let column = row.matches('|').count();
        let heading = headings.get(column)?.trim().trim_start_matches("=>").trim();
        let mut names = heading.split('.').map(unquoted);
        Some((names.next()?, names.collect()))
    }
}
