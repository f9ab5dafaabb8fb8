use super::{Parsed, Parser};
use crate::token::{Kind, Token};

impl Parser<'_> {
    pub(super) fn next(&mut self) -> Token {
        if self.peeked > 0 {
            self.peeked -= 1;
        } else {
            self.tokens[0] = self.lexer.next();
        }
        self.tokens[self.peeked]
    }

    pub(super) fn back_up(&mut self) {
        self.peeked += 1;
    }

    /// Goes back by two tokens, of which the second is the last that was read.
    pub(super) fn back_up_two(&mut self, first: Token) {
        self.tokens[1] = first;
        self.peeked = 2;
    }

    /// Goes back by three tokens, of which the third is the last that was read.
    pub(super) fn back_up_three(&mut self, first: Token, second: Token) {
        self.tokens[1] = second;
        self.tokens[2] = first;
        self.peeked = 3;
    }

    pub(super) fn peek(&mut self) -> Token {
        if self.peeked == 0 {
            self.peeked = 1;
            self.tokens[0] = self.lexer.next();
        }
        self.tokens[self.peeked - 1]
    }

    /// The next token that is not space.
    pub(super) fn next_word(&mut self) -> Token {
        loop {
            let token = self.next();
            if token.kind != Kind::Space {
                return token;
            }
        }
    }

    /// As [`next_word`](Self::next_word), and stays before it; space is skipped.
    pub(super) fn peek_word(&mut self) -> Token {
        let token = self.next_word();
        self.back_up();
        token
    }

    pub(super) fn expect(&mut self, kind: Kind, context: &str) -> Parsed<Token> {
        let token = self.next_word();
        if token.kind == kind { Ok(token) } else { Err(self.unexpected(token, context)) }
    }
}
