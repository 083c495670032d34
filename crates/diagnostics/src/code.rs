//! The stable codes: one table of every problem, the name that users see, and the page that explains it.
//!
//! The page of a code is `tests/diagnostics/<code>.md`. It is part of the program, so a code without a page does not
//! compile, and the tests run every page, so that what it shows is what the user meets.

use std::fmt;

use crate::Problem;
use crate::problems::{
    CalendarProblem, ConditionProblem, DataProblem, EffectProblem, LimitProblem, NameProblem, SetProblem,
    SyntaxProblem, TestProblem, TypeProblem,
};

/// Writes the enum, its names, its pages and the way from a problem to its code out of one table.
macro_rules! codes {
    ($($code:ident $name:literal = $phase:ident($problem:pat),)+) => {
        /// The stable name of a kind of finding: what users search for, silence, and ask `rulebook explain` about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $name, "`")] $code,)+
        }

        impl Code {
            /// Every code, in the order in which the phases find them.
            pub const fn all() -> &'static [Self] {
                &[$(Self::$code),+]
            }

            /// The name that users see: `unknown-field`. It never changes its meaning.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$code => $name,)+
                }
            }

            /// The page that explains it, as Markdown.
            pub const fn page(self) -> &'static str {
                match self {
                    $(Self::$code => include_str!(concat!("../../../tests/diagnostics/", $name, ".md")),)+
                }
            }
        }

        impl Problem {
            /// The stable name of this kind of problem.
            pub const fn code(&self) -> Code {
                match self {
                    $(Self::$phase($problem) => Code::$code,)+
                }
            }
        }
    };
}

codes! {
    Unexpected "unexpected" = Syntax(SyntaxProblem::Unexpected { .. }),
    UnknownItem "unknown-item" = Syntax(SyntaxProblem::UnknownItem { .. }),
    UnterminatedText "unterminated-text" = Syntax(SyntaxProblem::UnterminatedText),
    UnterminatedPattern "unterminated-pattern" = Syntax(SyntaxProblem::UnterminatedPattern),
    UnbalancedBracket "unbalanced-bracket" = Syntax(SyntaxProblem::UnbalancedBracket { .. }),
    MixedAndOr "mixed-and-or" = Syntax(SyntaxProblem::MixedAndOr { .. }),
    AmbiguousUnit "ambiguous-unit" = Syntax(SyntaxProblem::AmbiguousUnit { .. }),
    UnknownUnit "unknown-unit" = Syntax(SyntaxProblem::UnknownUnit { .. }),
    ImpossibleDate "impossible-date" = Syntax(SyntaxProblem::ImpossibleDate { .. }),
    InvalidEscape "invalid-escape" = Syntax(SyntaxProblem::InvalidEscape { .. }),
    ConfusableCharacter "confusable-character" = Syntax(SyntaxProblem::ConfusableCharacter { .. }),
    InvisibleCharacter "invisible-character" = Syntax(SyntaxProblem::InvisibleCharacter { .. }),
    NestingLimit "nesting-limit" = Syntax(SyntaxProblem::NestingLimit { .. }),
    SizeLimit "size-limit" = Syntax(SyntaxProblem::SizeLimit { .. }),
    NotYet "not-yet" = Syntax(SyntaxProblem::NotYet { .. }),
    CompareWithMissing "compare-with-missing" = Syntax(SyntaxProblem::CompareWithMissing { .. }),
    ChainedComparison "chained-comparison" = Syntax(SyntaxProblem::ChainedComparison),
    ReservedName "reserved-name" = Syntax(SyntaxProblem::ReservedName { .. }),
    EffectAfterStop "effect-after-stop" = Syntax(SyntaxProblem::EffectAfterStop),
    AfterOtherwise "after-otherwise" = Syntax(SyntaxProblem::AfterOtherwise),
    StrayOtherwise "stray-otherwise" = Syntax(SyntaxProblem::StrayOtherwise),
    InsideSet "inside-set" = Syntax(SyntaxProblem::InsideSet { .. }),
    Misplaced "misplaced-line" = Syntax(SyntaxProblem::Misplaced { .. }),
    RaggedRow "ragged-row" = Syntax(SyntaxProblem::RaggedRow { .. }),
    EmptyCell "empty-cell" = Syntax(SyntaxProblem::EmptyCell { .. }),
    InvalidUtf8 "invalid-utf8" = Syntax(SyntaxProblem::InvalidUtf8),
    UnknownField "unknown-field" = Name(NameProblem::UnknownField { .. }),
    UnknownRecord "unknown-record" = Name(NameProblem::UnknownRecord { .. }),
    UnknownName "unknown-name" = Name(NameProblem::UnknownName { .. }),
    UnknownTarget "unknown-target" = Name(NameProblem::UnknownTarget { .. }),
    WrongTargetKind "wrong-target-kind" = Name(NameProblem::WrongTargetKind { .. }),
    UnknownFunction "unknown-function" = Name(NameProblem::UnknownFunction { .. }),
    DuplicateName "duplicate-name" = Name(NameProblem::Duplicate { .. }),
    UnknownCurrency "unknown-currency" = Name(NameProblem::UnknownCurrency { .. }),
    Circle "circle" = Name(NameProblem::Circle { .. }),
    Unused "unused" = Name(NameProblem::Unused { .. }),
    SeveralRecords "several-records" = Name(NameProblem::SeveralRecords { .. } | NameProblem::OtherRecord { .. }),
    NoRecord "no-record" = Name(NameProblem::NoRecord),
    WrongPlace "wrong-place" = Name(NameProblem::WrongPlace { .. }),
    UnreadableFile "unreadable-file" = Name(NameProblem::UnreadableFile { .. }),
    TypeMismatch "type-mismatch" = Type(TypeProblem::Operands { .. }),
    UnexpectedType "unexpected-type" = Type(TypeProblem::Expected { .. }),
    ArgumentCount "argument-count" = Type(TypeProblem::ArgumentCount { .. }),
    DisagreeingUses "disagreeing-uses" = Type(TypeProblem::Inference { .. }),
    UnknownType "unknown-type" = Type(TypeProblem::CannotInfer { .. }),
    NotOneOf "not-one-of" = Type(TypeProblem::NotOneOf { .. }),
    AnchoredDuration "anchored-duration" = Type(TypeProblem::AnchoredDuration { .. }),
    ZeroDivisor "zero-divisor" = Type(TypeProblem::ZeroDivisor),
    NumberOutOfRange "number-out-of-range" = Type(TypeProblem::NumberOutOfRange { .. }),
    NotPositive "not-positive" = Type(TypeProblem::NotPositive { .. }),
    DurationOutOfRange "duration-out-of-range" = Type(TypeProblem::DurationOutOfRange { .. }),
    InvalidPattern "invalid-pattern" = Type(TypeProblem::InvalidPattern { .. }),
    CannotWrite "cannot-write" = Type(TypeProblem::CannotWrite { .. }),
    UnfitDeclaration "unfit-declaration" = Type(TypeProblem::Declaration { .. }),
    UndeclaredMember "undeclared-member" = Type(TypeProblem::UndeclaredMember { .. }),
    NotConstant "not-constant" = Type(TypeProblem::NotConstant { .. }),
    TooManyValues "too-many-values" = Type(TypeProblem::TooManyValues { .. }),
    ItemLimit "item-limit" = Limit(LimitProblem::Items { .. }),
    PatternLimit "pattern-limit" = Limit(LimitProblem::Pattern { .. }),
    DefinitionDepth "definition-depth" = Type(TypeProblem::DefinitionDepth { .. }),
    AlwaysTrue "always-true" = Condition(ConditionProblem::AlwaysTrue { .. }),
    AlwaysFalse "always-false" = Condition(ConditionProblem::AlwaysFalse { .. }),
    EmptyRange "empty-range" = Condition(ConditionProblem::EmptyRange { .. }),
    HoldsWhenMissing "holds-when-missing" = Condition(ConditionProblem::HoldsWhenMissing { .. }),
    TargetMayBeMissing "target-may-be-missing" = Condition(ConditionProblem::TargetMayBeMissing { .. }),
    EmptyText "empty-text" = Condition(ConditionProblem::EmptyText),
    NotInColumn "not-in-column" = Condition(ConditionProblem::NotInColumn { .. }),
    MidnightOnly "midnight-only" = Condition(ConditionProblem::MidnightOnly { .. }),
    Gap "gap" = Condition(ConditionProblem::Gap { .. } | ConditionProblem::GapInTable { .. }),
    OverlappingRows "overlapping-rows" = Condition(ConditionProblem::OverlappingRows { .. }),
    NotExamined "not-examined" = Condition(ConditionProblem::NotExamined(_)),
    Unreachable "unreachable" =
        Condition(ConditionProblem::Unreachable { .. } | ConditionProblem::UnreachableRow { .. }),
    MissingColumn "missing-column" = Data(DataProblem::MissingColumn { .. }),
    UnfitCell "unfit-cell" = Data(DataProblem::UnfitCell { .. }),
    DuplicateKey "duplicate-key" = Data(DataProblem::DuplicateKey { .. }),
    UnknownRule "unknown-rule" = Test(TestProblem::UnknownRule { .. }),
    UnknownFault "unknown-fault" = Test(TestProblem::UnknownFault { .. }),
    IncompleteTest "incomplete-test" = Test(TestProblem::Incomplete { .. }),
    MisplacedInTest "misplaced-in-test" = Test(TestProblem::Misplaced { .. }),
    CannotGive "cannot-give" = Test(TestProblem::CannotGive { .. }),
    NoMembers "no-members" = Effect(EffectProblem::NoMembers { .. }),
    EverybodyAway "everybody-away" = Effect(EffectProblem::EverybodyAway { .. }),
    CircularEscalation "circular-escalation" = Effect(EffectProblem::CircularEscalation { .. }),
    EffectConflict "effect-conflict" = Effect(EffectProblem::Conflict { .. }),
    DeadlineMayBeMissing "deadline-may-be-missing" = Effect(EffectProblem::DeadlineMayBeMissing { .. }),
    LoadColumn "load-column" = Effect(EffectProblem::LoadColumn { .. }),
    Unlisted "unlisted" = Effect(EffectProblem::Unlisted { .. }),
    UnknownSet "unknown-set" = Set(SetProblem::Unknown { .. }),
    SetOfAnotherRecord "set-of-another-record" = Set(SetProblem::OtherRecord { .. }),
    SetCircle "set-circle" = Set(SetProblem::Circle { .. }),
    SetConflict "set-conflict" = Set(SetProblem::Conflict { .. }),
    Overlap "overlap" = Set(SetProblem::Overlap { .. }),
    SeveralMatch "several-match" = Set(SetProblem::SeveralMatch { .. }),
    UnorderedRead "unordered-read" = Set(SetProblem::UnorderedRead { .. }),
    OldLink "old-link" = Set(SetProblem::OldLink { .. }),
    CalendarWithoutHours "calendar-without-hours" = Calendar(CalendarProblem::NoHours { .. }),
    ImpossibleHours "impossible-hours" = Calendar(CalendarProblem::ImpossibleHours { .. }),
    OverlappingHours "overlapping-hours" = Calendar(CalendarProblem::OverlappingHours { .. }),
    UnknownWeekday "unknown-weekday" = Calendar(CalendarProblem::UnknownWeekday { .. }),
    UnknownTimeZone "unknown-time-zone" = Calendar(CalendarProblem::UnknownZone { .. }),
    DuplicateHoliday "duplicate-holiday" = Calendar(CalendarProblem::DuplicateHoliday { .. }),
    MalformedHoliday "malformed-holiday" = Calendar(CalendarProblem::MalformedHoliday { .. }),
    IdleHoliday "idle-holiday" = Calendar(CalendarProblem::IdleHoliday { .. }),
    DistantHoliday "distant-holiday" = Calendar(CalendarProblem::DistantHoliday { .. } | CalendarProblem::LongHolidays { .. }),
    UnknownCalendar "unknown-calendar" = Calendar(CalendarProblem::UnknownCalendar { .. }),
    NoCalendar "no-calendar" = Calendar(CalendarProblem::NoCalendar { .. }),
    PartOfABusinessDay "part-of-a-business-day" = Calendar(CalendarProblem::PartOfADay { .. }),
}

impl Code {
    /// The code of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().iter().copied().find(|code| code.name() == name)
    }

    /// The first line of its page, without the `#`: what the finding is called in a table of contents.
    pub fn title(self) -> &'static str {
        self.page().lines().next().unwrap_or_default().trim_start_matches('#').trim()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}
