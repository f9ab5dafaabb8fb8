use num_bigint::BigUint;
use num_traits::Zero as _;

/// Larger numbers are in no key, and take long.
const MAX_PRIME_BITS: u64 = 8192;
const MAX_SUBGROUP_BITS: u64 = 512;

/// A key of FIPS 186-4.
pub(super) struct Key {
    prime: BigUint,
    subgroup: BigUint,
    generator: BigUint,
    public: BigUint,
}

impl Key {
    pub(super) fn new(prime: &[u8], subgroup: &[u8], generator: &[u8], public: &[u8]) -> Self {
        let [prime, subgroup, generator, public] =
            [prime, subgroup, generator, public].map(BigUint::from_bytes_be);
        Self { prime, subgroup, generator, public }
    }

    /// Checks a signature of a digest.
    pub(super) fn verify(&self, digest: &[u8], r: &[u8], s: &[u8]) -> bool {
        let Self { prime, subgroup, generator, public } = self;
        let (r, s) = (BigUint::from_bytes_be(r), BigUint::from_bytes_be(s));
        let is_in_range = |number: &BigUint| !number.is_zero() && number < subgroup;
        let is_sound = !prime.is_zero()
            && prime.bits() <= MAX_PRIME_BITS
            && subgroup.bits() <= MAX_SUBGROUP_BITS
            && subgroup.bits().is_multiple_of(8);
        if !is_sound || !is_in_range(&r) || !is_in_range(&s) {
            return false;
        }
        let Some(inverse) = s.modinv(subgroup) else { return false };
        // Only as much of the digest counts as the subgroup is long.
        let length = usize::try_from(subgroup.bits() / 8).unwrap_or_default();
        let digest = BigUint::from_bytes_be(&digest[..digest.len().min(length)]);
        let first = digest * &inverse % subgroup;
        let second = &r * &inverse % subgroup;
        let product = generator.modpow(&first, prime) * public.modpow(&second, prime) % prime;
        product % subgroup == r
    }
}
