//! Tables: the conditions of each row, what its outputs give, and how the policy puts rows together.
//!
//! ```text
//! first, unique     one output:   the value of the first row that holds
//!                   several:      a hidden value tells which row holds, each output picks its cell
//! any               each output:  the value on which all rows that hold agree
//! collect, sum …    each output:  what all rows that hold give, put together
//! ```

mod outcome;
mod overlap;
mod region;
mod rows;
mod wording;

use diagnostics::Problem;
use diagnostics::problems::{ConditionProblem, NameProblem, TypeProblem, Unexamined};
use syntax::ast::{self, CellKind, Heading, Path, Span, TablePolicy};
use values::{Text, Type};

use super::build::constant;
use super::decide::labels;
use super::established::established;
use super::path::below;
use super::rule::all_of;
use super::{Checker, DefinitionMeaning, LineMeaning};
use crate::db::parsed;
use crate::table_file::table_text;
use crate::typed::{Expr, ExprKind as Typed};

use rows::{Input, Rows};

/// How many rows a table may have that is explained row by row.
const MOST_EXPLAINED: usize = 1000;

/// Whether a derived value has a name that no author can write.
pub fn is_hidden(name: &str) -> bool {
    name.contains('`')
}

/// An output column: what it gives, row by row.
struct Output<'a> {
    path: &'a Path,
    ty: Type,
    values: Vec<Expr>,
}

impl<'db> Checker<'db> {
    pub(super) fn table(&mut self, table: &ast::Table) -> Option<Vec<(Text, DefinitionMeaning)>> {
        self.enter_record(&table.record)?;
        let outer = self.source;
        let grid = self.grid_of(table)?;
        let meanings = self.grid(table, grid);
        (self.source, self.in_file) = (outer, false);
        meanings
    }

    /// The columns and rows. Where they stand in a file, places and words are from there on those of the file.
    fn grid_of<'t>(&mut self, table: &'t ast::Table) -> Option<&'t ast::Grid>
    where
        'db: 't,
    {
        let Some(from) = &table.from else { return Some(&table.grid) };
        match table_text(self.db, self.item?) {
            Some(Ok(file)) => {
                (self.source, self.in_file) = (&file.text, true);
                Some(&file.grid)
            }
            Some(Err(reason)) => {
                let problem = NameProblem::UnreadableFile { file: from.text.clone(), reason: reason.clone() };
                self.problem(problem, from.span);
                None
            }
            None => None,
        }
    }

    fn grid(&mut self, table: &ast::Table, grid: &ast::Grid) -> Option<Vec<(Text, DefinitionMeaning)>> {
        let rows = self.rows(grid);
        let outputs: Vec<Option<Output<'_>>> = self.outputs(grid, &rows);
        let rows = rows?;
        let outputs: Vec<Output<'_>> = outputs.into_iter().collect::<Option<_>>()?;
        if !self.is_read() {
            return None;
        }
        self.filled(table, grid, &outputs)?;
        let policy = table.policy.map_or(TablePolicy::default(), |(policy, _)| policy);
        let certain = self.compare_rows(table, grid, policy, &rows, &outputs);
        let lines = self.explained(table, grid, &rows.conditions);
        let hidden = Text::from(format!("row of table `{}`", table.name.text));
        let mut meanings = self.outcomes(policy, rows.conditions, outputs, certain, hidden)?;
        if let Some((_, meaning)) = meanings.first_mut() {
            meaning.first_only = policy == TablePolicy::First;
            meaning.lines = lines;
        }
        Some(meanings)
    }

    /// Whether all words of the item could be read: a row that could not is missing among the others.
    fn is_read(&self) -> bool {
        let well = |item| {
            let file = table_text(self.db, item)
                .as_ref()
                .is_none_or(|file| file.as_ref().is_ok_and(|file| file.problems.is_empty()));
            parsed(self.db, item).problems.is_empty() && file
        };
        self.item.is_none_or(well)
    }

    /// A table needs an output and a row.
    fn filled(&mut self, table: &ast::Table, grid: &ast::Grid, outputs: &[Output<'_>]) -> Option<()> {
        let lacks = match (outputs, grid.rows.as_slice()) {
            ([], _) => "a column of values such as `=> lead.region`",
            (_, []) => "a row",
            _ => return Some(()),
        };
        let (context, expected) = ("a table".to_owned(), lacks.to_owned());
        self.about_table(TypeProblem::Expected { context, expected, found: "nothing".into() }, table);
        None
    }

    /// Says something of the table as a whole, at its name.
    fn about_table(&mut self, problem: impl Into<Problem>, table: &ast::Table) {
        let in_file = std::mem::take(&mut self.in_file);
        self.problem(problem, table.name.span);
        self.in_file = in_file;
    }

    /// The conditions of all rows.
    fn rows(&mut self, grid: &ast::Grid) -> Option<Rows> {
        let inputs = grid.columns.iter().enumerate().filter_map(|(place, column)| Some((place, column.input()?)));
        let inputs: Vec<(usize, Option<Expr>)> =
            inputs.map(|(place, heading)| (place, self.expr(heading, None))).collect();
        let well = inputs.iter().all(|(_, subject)| subject.is_some());
        let inputs: Vec<Input> =
            inputs.into_iter().filter_map(|(place, subject)| Some(Input { place, subject: subject? })).collect();
        let mut rows = Rows { inputs, tests: Vec::new(), conditions: Vec::new() };
        let mut whole = well;
        for row in grid.rows.iter().filter(|_| well) {
            let read = self.row(row, &rows.inputs);
            whole &= read.is_some();
            if let Some((tests, condition)) = read {
                rows.tests.push(tests);
                rows.conditions.push(condition);
            }
        }
        whole.then_some(rows)
    }

    /// What each input cell of a row asks (nothing for `any`), then its effective dates; and all of it together.
    fn row(&mut self, row: &ast::Row, inputs: &[Input]) -> Option<(Vec<Option<Expr>>, Expr)> {
        let mut tests = Vec::with_capacity(inputs.len() + 1);
        let mut whole = true;
        for input in inputs {
            let test = match row.cells.get(input.place).map(|cell| &cell.kind) {
                Some(CellKind::Condition(condition)) => {
                    let typed = self.condition(condition);
                    whole &= typed.is_some();
                    typed
                }
                Some(CellKind::Any) => None,
                _ => {
                    whole = false;
                    None
                }
            };
            tests.push(test);
        }
        let days = row.effective.as_ref().map_or(Some(Vec::new()), |days| self.in_force(days))?;
        let always = constant(values::Value::Truth(true), Type::Truth);
        tests.push((!days.is_empty()).then(|| all_of(days.clone(), always.clone())));
        let parts: Vec<Expr> = tests.iter().flatten().cloned().collect();
        whole.then(|| (tests, all_of(parts, always)))
    }

    /// The values of each output column; the first that is not `missing` tells its type.
    fn outputs<'a>(&mut self, grid: &'a ast::Grid, rows: &Option<Rows>) -> Vec<Option<Output<'a>>> {
        let mut outputs = Vec::new();
        for (place, column) in grid.columns.iter().enumerate() {
            match &column.heading {
                Heading::Output(path) => outputs.push(self.output(grid, place, path, rows.as_ref())),
                Heading::Input(_) => {}
                Heading::Error => outputs.push(None),
            }
        }
        outputs
    }

    fn output<'a>(
        &mut self,
        grid: &'a ast::Grid,
        place: usize,
        path: &'a Path,
        rows: Option<&Rows>,
    ) -> Option<Output<'a>> {
        self.root(path)?;
        self.new_field(path);
        let cells = || grid.rows.iter().filter_map(|row| row.cells.get(place));
        let written = || cells().filter_map(|cell| if let CellKind::Value(it) = &cell.kind { Some(it) } else { None });
        let mut ty = labels(written());
        let mut values = Vec::new();
        let mut whole = written().count() == cells().count();
        for (row, value) in written().enumerate() {
            let condition = rows.and_then(|rows| rows.conditions.get(row));
            self.present = condition.map(established).unwrap_or_default();
            let value = self.decided_value(value, &mut ty);
            whole &= value.is_some();
            values.extend(value.map(|value| self.fold(value)));
        }
        self.present.clear();
        let ty = ty.unwrap_or(Type::Text);
        whole.then_some(Output { path, ty, values })
    }

    /// Each row by itself: whether it holds. Of a table with very many rows they are not told, and that is said.
    fn explained(&mut self, table: &ast::Table, grid: &ast::Grid, conditions: &[Expr]) -> Vec<LineMeaning> {
        if conditions.len() > MOST_EXPLAINED {
            let lines = Unexamined::Lines { rows: conditions.len(), most: MOST_EXPLAINED };
            self.about_table(ConditionProblem::NotExamined(lines), table);
            return Vec::new();
        }
        let line = |(row, condition): (&ast::Row, &Expr)| LineMeaning {
            span: row.span,
            value: condition.clone(),
            limits: false,
        };
        grid.rows.iter().zip(conditions).map(line).collect()
    }

    /// A value with a bound on what the machine has to hold for it.
    fn roomy(&mut self, value: Expr, span: Span) -> Option<DefinitionMeaning> {
        self.expr_with_room(value, span).map(DefinitionMeaning::of)
    }
}

impl Output<'_> {
    /// Its name without the record type.
    fn name(&self) -> Text {
        below(self.path)
    }

    /// The values, where all of them are known before any record.
    fn constants(&self) -> Option<Vec<values::Value>> {
        let constant = |value: &Expr| if let Typed::Constant(it) = &value.kind { Some(it.clone()) } else { None };
        self.values.iter().map(constant).collect()
    }
}
