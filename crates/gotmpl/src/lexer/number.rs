use rhumb_value::unicode::decode;

use super::Lexer;
use super::name::is_name;
use crate::ast::position;
use crate::token::Kind;

impl Lexer<'_> {
    pub(super) fn number(&mut self) -> Kind {
        if !self.scan_number() {
            return self.bad_number();
        }
        if matches!(self.byte(), Some(b'+' | b'-')) {
            if !self.scan_number() || self.byte_at(self.at - 1) != Some(b'i') {
                return self.bad_number();
            }
            return self.end(Kind::Complex, self.at);
        }
        self.end(Kind::Number, self.at)
    }

    fn bad_number(&mut self) -> Kind {
        let number =
            rhumb_value::quote::quote(&self.input[self.token.start as usize..self.at as usize]);
        self.fail(format!("bad number syntax: {number}"))
    }

    fn accept(&mut self, fits: impl Fn(u8) -> bool) -> bool {
        let found = self.byte().is_some_and(fits);
        self.at += u32::from(found);
        found
    }

    /// Skips what may be a number; whether it is one shows when it is read.
    fn scan_number(&mut self) -> bool {
        let is_sign = |byte| matches!(byte, b'+' | b'-');
        let mut radix = 10;
        self.accept(is_sign);
        if self.accept(|byte| byte == b'0') {
            radix = match self.byte() {
                Some(b'x' | b'X') => 16,
                Some(b'o' | b'O') => 8,
                Some(b'b' | b'B') => 2,
                _ => 10,
            };
            self.at += u32::from(radix != 10);
        }
        while self.accept(|byte| is_digit_of(byte, radix)) {}
        if self.accept(|byte| byte == b'.') {
            while self.accept(|byte| is_digit_of(byte, radix)) {}
        }
        let has_power = match radix {
            10 => self.accept(|byte| matches!(byte, b'e' | b'E')),
            16 => self.accept(|byte| matches!(byte, b'p' | b'P')),
            _ => false,
        };
        if has_power {
            self.accept(is_sign);
            while self.accept(|byte| is_digit_of(byte, 10)) {}
        }
        self.accept(|byte| byte == b'i');
        let (character, width) = decode(self.rest());
        if character.is_some_and(is_name) {
            self.at += position(width);
            return false;
        }
        true
    }
}

fn is_digit_of(byte: u8, radix: u32) -> bool {
    byte == b'_' || char::from(byte).is_digit(radix)
}
