//! Arithmetic: whole numbers wrap as Go's `int64` does, `…f` functions compute with decimals.

use rhumb_gotmpl::{Call, Func, Int64, func};
use rhumb_value::format::print;
use rhumb_value::{CallError, List, Text, Type, Value};

use crate::cast::{ints, to_float64, to_int64};
use crate::decimal::{Decimal, Operation};
use crate::list::MAX_ITEMS;
use crate::number::{NumberError, parse_int};

/// `add NUMBER…`: their sum.
///
/// `{{ add 1 2 3 }}` gives `6`.
fn add(numbers: &[Value]) -> Int64 {
    Int64(numbers.iter().map(to_int64).fold(0, i64::wrapping_add))
}

/// `add1 NUMBER`: one more.
///
/// `{{ add1 1 }}` gives `2`.
fn add1(number: &Value) -> Int64 {
    Int64(to_int64(number).wrapping_add(1))
}

/// `sub LEFT RIGHT`: their difference.
///
/// `{{ sub 5 2 }}` gives `3`.
fn sub(left: &Value, right: &Value) -> Int64 {
    Int64(to_int64(left).wrapping_sub(to_int64(right)))
}

/// `mul NUMBER…`: their product.
///
/// `{{ mul 2 3 4 }}` gives `24`.
fn mul(first: &Value, rest: &[Value]) -> Int64 {
    Int64(rest.iter().map(to_int64).fold(to_int64(first), i64::wrapping_mul))
}

/// `div LEFT RIGHT`: the whole part of their quotient.
///
/// `{{ div 7 2 }}` gives `3`.
fn div(left: &Value, right: &Value) -> Result<Int64, CallError> {
    Ok(Int64(to_int64(left).wrapping_div(divisor(right)?)))
}

/// `mod LEFT RIGHT`: what the division leaves, with the sign of the left.
///
/// `{{ mod 7 2 }}` gives `1`.
fn modulo(left: &Value, right: &Value) -> Result<Int64, CallError> {
    Ok(Int64(to_int64(left).wrapping_rem(divisor(right)?)))
}

fn divisor(value: &Value) -> Result<i64, CallError> {
    match to_int64(value) {
        0 => Err(CallError::new("runtime error: integer divide by zero")),
        divisor => Ok(divisor),
    }
}

/// `max NUMBER…`: the greatest.
///
/// `{{ max 1 3 2 }}` gives `3`.
fn max(first: &Value, rest: &[Value]) -> Int64 {
    Int64(rest.iter().map(to_int64).fold(to_int64(first), i64::max))
}

/// `min NUMBER…`: the least.
///
/// `{{ min 1 3 2 }}` gives `1`.
fn min(first: &Value, rest: &[Value]) -> Int64 {
    Int64(rest.iter().map(to_int64).fold(to_int64(first), i64::min))
}

/// `maxf NUMBER…`: the greatest, as a floating-point number.
///
/// `{{ maxf 1.5 2 }}` gives `2`.
fn maxf(first: &Value, rest: &[Value]) -> f64 {
    rest.iter().map(to_float64).fold(to_float64(first), |left, right| -lesser(-left, -right))
}

/// `minf NUMBER…`: the least, as a floating-point number.
///
/// `{{ minf 1.5 2 }}` gives `1.5`.
fn minf(first: &Value, rest: &[Value]) -> f64 {
    rest.iter().map(to_float64).fold(to_float64(first), lesser)
}

/// `math.Min`: minus infinity before NaN, NaN before all others, and -0 before 0.
fn lesser(left: f64, right: f64) -> f64 {
    if left == f64::NEG_INFINITY || right == f64::NEG_INFINITY {
        return f64::NEG_INFINITY;
    }
    if left.is_nan() || right.is_nan() {
        return f64::NAN;
    }
    // Of two equal ones the negative zero.
    if left < right || left <= right && left.is_sign_negative() { left } else { right }
}

/// `addf NUMBER…`: their sum, computed with decimals.
///
/// `{{ addf 0.1 0.2 }}` gives `0.3`.
fn addf(numbers: &[Value]) -> Result<f64, CallError> {
    fold(&Value::float(0.0), numbers, Operation::Add)
}

/// `add1f NUMBER`: one more, computed with decimals.
///
/// `{{ add1f 0.5 }}` gives `1.5`.
fn add1f(number: &Value) -> Result<f64, CallError> {
    fold(number, &[Value::int(1)], Operation::Add)
}

/// `subf NUMBER…`: the first less all others, computed with decimals.
///
/// `{{ subf 0.3 0.1 }}` gives `0.2`.
fn subf(first: &Value, rest: &[Value]) -> Result<f64, CallError> {
    fold(first, rest, Operation::Subtract)
}

/// `mulf NUMBER…`: their product, computed with decimals.
///
/// `{{ mulf 1.5 3 }}` gives `4.5`.
fn mulf(first: &Value, rest: &[Value]) -> Result<f64, CallError> {
    fold(first, rest, Operation::Multiply)
}

/// `divf NUMBER…`: the first divided by all others, to 16 places.
///
/// `{{ divf 1 8 }}` gives `0.125`.
fn divf(first: &Value, rest: &[Value]) -> Result<f64, CallError> {
    fold(first, rest, Operation::Divide)
}

fn fold(first: &Value, rest: &[Value], operation: Operation) -> Result<f64, CallError> {
    let mut result = Decimal::from_float(to_float64(first))?;
    for value in rest {
        result = result.apply(operation, &Decimal::from_float(to_float64(value))?)?;
    }
    Ok(result.to_float())
}

/// `ceil NUMBER`: the next whole number up.
///
/// `{{ ceil 1.2 }}` gives `2`.
fn ceil(number: &Value) -> f64 {
    to_float64(number).ceil()
}

/// `floor NUMBER`: the next whole number down.
///
/// `{{ floor 1.8 }}` gives `1`.
fn floor(number: &Value) -> f64 {
    to_float64(number).floor()
}

/// `round NUMBER PLACES [ON]`: rounded to places after the point; up from `ON`, by default .5.
///
/// `{{ round 1.2345 2 }}` gives `1.23`.
#[expect(clippy::needless_pass_by_value, reason = "a parameter's Rust type stands for its Go type")]
fn round(number: &Value, places: i64, on: Vec<f64>) -> f64 {
    let on = on.first().copied().unwrap_or(0.5);
    let power = power_of_ten(places);
    let digit = power * to_float64(number);
    let rounded = if digit.fract() >= on { digit.ceil() } else { digit.floor() };
    rounded / power
}

/// `math.Pow(10, exponent)`, with its rounding: by repeated squaring of the mantissa.
fn power_of_ten(exponent: i64) -> f64 {
    /// 10 is `.625 * 2^4`.
    const MANTISSA: f64 = 0.625;
    const LIMIT: i32 = 1 << 12;
    let (mut result, mut result_exponent) = (1.0_f64, 0_i32);
    let (mut square, mut square_exponent) = (MANTISSA, 4_i32);
    let mut bits = exponent.unsigned_abs();
    while bits != 0 {
        if !(-LIMIT..=LIMIT).contains(&square_exponent) {
            result_exponent = result_exponent.saturating_add(square_exponent);
            break;
        }
        if bits & 1 == 1 {
            result *= square;
            result_exponent += square_exponent;
        }
        square *= square;
        square_exponent <<= 1;
        if square < 0.5 {
            square += square;
            square_exponent -= 1;
        }
        bits >>= 1;
    }
    if exponent < 0 {
        (result, result_exponent) = (1.0 / result, -result_exponent);
    }
    let shift = result_exponent.clamp(-2200, 2200);
    (0..4).fold(result, |result, part| result * 2_f64.powi((shift + part).div_euclid(4)))
}

/// `int VALUE`: as a whole number, 0 for what is none.
///
/// `{{ int "7" }}` gives `7`.
fn int(value: &Value) -> i64 {
    to_int64(value)
}

/// `int64 VALUE`: as a whole number, 0 for what is none.
///
/// `{{ int64 7.9 }}` gives `7`.
fn int64(value: &Value) -> Int64 {
    Int64(to_int64(value))
}

/// `float64 VALUE`: as a floating-point number, 0 for what is none.
///
/// `{{ float64 "1.5" }}` gives `1.5`.
fn float64(value: &Value) -> f64 {
    to_float64(value)
}

/// `atoi TEXT`: as a whole number, 0 for what is none.
///
/// `{{ atoi "7" }}` gives `7`.
fn atoi(text: &Text) -> i64 {
    match parse_int(text.as_bytes(), 10) {
        Ok(number) | Err(NumberError::Range(number)) => number,
        Err(NumberError::Syntax) => 0,
    }
}

/// `toDecimal VALUE`: an octal number, such as a file mode, as a whole number.
///
/// `{{ toDecimal "0755" }}` gives `493`.
fn to_decimal(value: &Value) -> Result<Int64, CallError> {
    Ok(Int64(parse_int(&print(value)?, 8).unwrap_or_default()))
}

/// A `[]int`.
struct Ints(List);

impl rhumb_gotmpl::IntoReturn for Ints {
    const TYPE: Type = Type::List(&Type::Int(rhumb_value::IntKind::Int));

    fn into_return(self) -> Result<Value, CallError> {
        Ok(self.0.into())
    }
}

/// `until END`: the numbers from 0 until that.
///
/// `{{ until 3 }}` gives `[0 1 2]`.
fn until(call: &Call<'_>, end: i64) -> Result<Ints, CallError> {
    until_step(call, 0, end, if end < 0 { -1 } else { 1 })
}

/// `untilStep START END STEP`: the numbers from one until another.
///
/// `{{ untilStep 0 6 2 }}` gives `[0 2 4]`.
fn until_step(call: &Call<'_>, start: i64, end: i64, step: i64) -> Result<Ints, CallError> {
    Ok(Ints(ints(steps(call, start, end, step)?)))
}

fn steps(
    call: &Call<'_>,
    start: i64,
    end: i64,
    step: i64,
) -> Result<impl Iterator<Item = i64> + use<>, CallError> {
    let moves = if end < start { step < 0 } else { step > 0 };
    let span = end.abs_diff(start);
    let count = if moves { span.div_ceil(step.unsigned_abs()) } else { 0 };
    let count = usize::try_from(count).ok().filter(|count| *count <= MAX_ITEMS);
    let count =
        count.ok_or_else(|| CallError::new(format!("a range of more than {MAX_ITEMS} numbers")))?;
    call.charge(count * size_of::<Value>())?;
    Ok((0..count).scan(start, move |next, _| {
        let number = *next;
        *next = next.wrapping_add(step);
        Some(number)
    }))
}

/// `seq [START [STEP]] END`: numbers with spaces between them, as the shell's `seq` has them.
///
/// `{{ seq 1 3 }}` gives `1 2 3`.
#[expect(clippy::needless_pass_by_value, reason = "a parameter's Rust type stands for its Go type")]
fn seq(call: &Call<'_>, bounds: Vec<i64>) -> Result<String, CallError> {
    let toward = |start: i64, end: i64| if end < start { -1 } else { 1 };
    let (start, step, end) = match bounds[..] {
        [end] => (1, toward(1, end), end),
        [start, end] => (start, toward(start, end), end),
        [start, step, end] if end < start && step > 0 => {
            let _ = (start, step, end);
            return Ok(String::new());
        }
        [start, step, end] => (start, step, end),
        _ => return Ok(String::new()),
    };
    let numbers = steps(call, start, end.wrapping_add(toward(start, end)), step)?;
    let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
    Ok(numbers.join(" "))
}

/// The table.
pub(crate) const FUNCS: &[Func] = &[
    func!("add", add, [; numbers]),
    func!("add1", add1, [number]),
    func!("add1f", add1f, [number]),
    func!("addf", addf, [; numbers]),
    func!("atoi", atoi, [text]),
    func!("biggest", max, [first; rest]),
    func!("ceil", ceil, [number]),
    func!("div", div, [left, right]),
    func!("divf", divf, [first; rest]),
    func!("float64", float64, [value]),
    func!("floor", floor, [number]),
    func!("int", int, [value]),
    func!("int64", int64, [value]),
    func!("max", max, [first; rest]),
    func!("maxf", maxf, [first; rest]),
    func!("min", min, [first; rest]),
    func!("minf", minf, [first; rest]),
    func!("mod", modulo, [left, right]),
    func!("mul", mul, [first; rest]),
    func!("mulf", mulf, [first; rest]),
    func!("round", round, [number, places; on]),
    func!("seq", seq, call, [; bounds]),
    func!("sub", sub, [left, right]),
    func!("subf", subf, [first; rest]),
    func!("toDecimal", to_decimal, [value]),
    func!("until", until, call, [end]),
    func!("untilStep", until_step, call, [start, end, step]),
];
