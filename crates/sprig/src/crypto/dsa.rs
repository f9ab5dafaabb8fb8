//! DSA keys with a prime of 2048 bits and a subgroup of 256, as FIPS 186-3 makes them.

use num_bigint::BigUint;
use num_traits::{One, Zero};
use rhumb_gotmpl::Call;

use super::der::{SEQUENCE, group, integer, number};

const PRIME_BITS: u64 = 2048;
const SUBGROUP_BITS: u64 = 256;
/// Rounds of the Miller-Rabin test; each lets a composite pass one time in four at most.
const ROUNDS: usize = 40;

/// A private key with its parameters.
#[derive(Clone, Debug)]
pub(super) struct Dsa {
    prime: BigUint,
    subgroup: BigUint,
    generator: BigUint,
    public: BigUint,
    private: BigUint,
}

impl Dsa {
    /// The key as OpenSSL writes it.
    pub(super) fn to_der(&self) -> Vec<u8> {
        let numbers = [&self.prime, &self.subgroup, &self.generator, &self.public, &self.private];
        let mut parts = vec![integer(&[0])];
        parts.extend(numbers.map(number));
        group(SEQUENCE, &parts)
    }

    /// Reads what [`to_der`](Self::to_der) wrote.
    pub(super) fn from_der(data: &[u8]) -> Option<Self> {
        let numbers: Vec<BigUint> = super::der::read_sequence(data)?
            .iter()
            .map(|read| BigUint::from_bytes_be(read.content))
            .collect();
        let [_, prime, subgroup, generator, public, private] =
            <[BigUint; 6]>::try_from(numbers).ok()?;
        Some(Self { prime, subgroup, generator, public, private })
    }
}

/// How often primes are looked for; only randomness that is none needs more than a few.
const ATTEMPTS: usize = 1 << 14;

/// Makes parameters and a key; nothing if the randomness is none.
pub(super) fn generate(call: &Call<'_>) -> Option<Dsa> {
    let one = BigUint::one();
    let (prime, subgroup) = primes(call)?;
    let exponent = (&prime - &one) / &subgroup;
    let mut base = BigUint::from(2_u8);
    let mut generator = base.modpow(&exponent, &prime);
    while generator == one {
        base += &one;
        generator = base.modpow(&exponent, &prime);
    }
    let mut candidates = (0..ATTEMPTS).map(|_| random(call, SUBGROUP_BITS));
    let private = candidates.find(|private| !private.is_zero() && *private < subgroup)?;
    let public = generator.modpow(&private, &prime);
    Some(Dsa { prime, subgroup, generator, public, private })
}

/// A prime, and a prime that divides it less one.
fn primes(call: &Call<'_>) -> Option<(BigUint, BigUint)> {
    let one = BigUint::one();
    let mut attempts = 0..ATTEMPTS;
    while attempts.next().is_some() {
        let mut subgroup = random(call, SUBGROUP_BITS);
        subgroup.set_bit(0, true);
        subgroup.set_bit(SUBGROUP_BITS - 1, true);
        if !is_prime(call, &subgroup) {
            continue;
        }
        for _ in attempts.by_ref().take(usize::try_from(4 * PRIME_BITS).unwrap_or_default()) {
            let mut prime = random(call, PRIME_BITS);
            prime.set_bit(0, true);
            prime.set_bit(PRIME_BITS - 1, true);
            let rest = &prime % &subgroup;
            prime = prime + &one - rest;
            if prime.bits() == PRIME_BITS && is_prime(call, &prime) {
                return Some((prime, subgroup));
            }
        }
    }
    None
}

/// A number of so many bits.
fn random(call: &Call<'_>, bits: u64) -> BigUint {
    let mut bytes = vec![0; usize::try_from(bits / 8).unwrap_or_default()];
    call.fill_random(&mut bytes);
    BigUint::from_bytes_be(&bytes)
}

/// Whether a number is prime, as good as surely.
fn is_prime(call: &Call<'_>, number: &BigUint) -> bool {
    /// Most composites fall to these; the product of a row is divided once.
    const SMALL: [u64; 4] = [
        3 * 5 * 7 * 11 * 13 * 17 * 19 * 23 * 29 * 31 * 37 * 41 * 43 * 47 * 53,
        59 * 61 * 67 * 71 * 73 * 79 * 83 * 89 * 97,
        101 * 103 * 107 * 109 * 113 * 127 * 131 * 137,
        139 * 149 * 151 * 157 * 163 * 167 * 173 * 179,
    ];
    if !number.bit(0) {
        return false;
    }
    for product in SMALL {
        let rest = (number % product).try_into().unwrap_or(0_u64);
        if greatest_common_divisor(rest, product) != 1 {
            return false;
        }
    }
    let one = BigUint::one();
    let last = number - &one;
    let zeros = last.trailing_zeros().unwrap_or_default();
    let odd = &last >> zeros;
    (0..ROUNDS).all(|_| {
        let base = random(call, number.bits() - 8) + 2_u8;
        let mut power = base.modpow(&odd, number);
        if power == one || power == last {
            return true;
        }
        (1..zeros).any(|_| {
            power = &power * &power % number;
            power == last
        })
    })
}

fn greatest_common_divisor(mut left: u64, mut right: u64) -> u64 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}
