//! Brackets within brackets. The parsers of style sheets and of Fluent go down a level for each, and end the program
//! where their stack ends; so what is nested deeper than anyone writes is found before they are asked.

use cssparser::{Parser, ParserInput, Token};

/// How deep brackets may stand within each other in CSS.
pub const DEEPEST: usize = 64;

/// How many braces and parentheses may open in a file of Fluent. Which of them stand within which only its parser knows.
pub const MOST_OPEN: usize = 4_000;

/// True if brackets stand deeper within each other in `css` than [`DEEPEST`].
pub fn too_deep(css: &str) -> bool {
    let mut input = ParserInput::new(css);
    !ends(&mut Parser::new(&mut input), DEEPEST)
}

/// Goes through a block; false if `left` levels are not enough.
fn ends(block: &mut Parser<'_, '_>, left: usize) -> bool {
    while let Ok(token) = block.next_including_whitespace_and_comments() {
        let opens = matches!(
            token,
            Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock
        );
        if !opens {
            continue;
        }
        let Some(left) = left.checked_sub(1) else { return false };
        let inner = block.parse_nested_block(|inner| Ok::<_, cssparser::ParseError<'_, ()>>(ends(inner, left)));
        // A block that was not gone through to its end is an error here.
        if !matches!(inner, Ok(true)) {
            return false;
        }
    }
    true
}

/// Where a file of Fluent opens more braces and parentheses than [`MOST_OPEN`], if it does.
pub fn too_many(fluent: &str) -> Option<usize> {
    memchr::memchr2_iter(b'{', b'(', fluent.as_bytes()).nth(MOST_OPEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_count_where_css_says_so() {
        let within = |n: usize| format!("a {{ b: {}1{} }}", "(".repeat(n), ")".repeat(n));
        assert!(!too_deep(&within(DEEPEST - 1)));
        assert!(too_deep(&within(DEEPEST)));
        let many = "(".repeat(100);
        for shallow in [format!("a {{ b: \"{many}\" }}"), format!("/* {many} */"), format!("a {{ b: url({many}) }}")] {
            assert!(!too_deep(&shallow), "{shallow}");
        }
        // Ends that stand in texts, or end nothing, don't count.
        for deep in ["(')'", "/*)*/(", "[)", "calc(", "{]", r"\)("] {
            assert!(too_deep(&deep.repeat(100)), "{deep}");
        }
    }
}
