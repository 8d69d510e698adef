package dev.sluice.reconciler.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Formats floating-point numbers with the fewest digits that identify them. {@code Double.toString} does so only from
 * JDK 19 on, and the text is part of an artifact's content hash.
 */
final class DecimalText {

    private static final int MAX_DOUBLE_DIGITS = 17;
    private static final int MIN_FIXED_EXPONENT = -4;
    private static final int MAX_FIXED_EXPONENT = 5;

    private static final double LARGEST_JSON_INTEGER = 1e21;

    private DecimalText() {}

    /**
     * Formats a YAML value: integers of up to 64 bits without an exponent, others such as {@code 0.5} and {@code
     * 1e-07}.
     */
    static String value(double number) {
        BigDecimal digits = shortest(
                digits(Double.toString(number)),
                () -> new BigDecimal(number),
                text -> Double.parseDouble(text) == number);
        if (number == Math.rint(number) && Math.abs(number) < LARGEST_JSON_INTEGER) {
            BigInteger whole = digits.toBigInteger();
            if (whole.bitLength() <= (number < 0 ? Long.SIZE - 1 : Long.SIZE)) {
                return whole.toString();
            }
        }
        return text(digits);
    }

    /** Formats a map key with float precision, as the reference does. */
    static String key(double number) {
        if (Double.isNaN(number)) {
            return ".nan";
        }
        float rounded = (float) number;
        if (Float.isInfinite(rounded)) {
            return rounded > 0 ? ".inf" : "-.inf";
        }
        if (rounded == 0) {
            return 1 / rounded < 0 ? "-0" : "0";
        }
        return text(shortest(
                digits(Float.toString(rounded)),
                () -> new BigDecimal(rounded),
                text -> Float.parseFloat(text) == rounded));
    }

    private static String text(BigDecimal digits) {
        int exponent = digits.precision() - digits.scale() - 1;
        boolean fixed = exponent >= MIN_FIXED_EXPONENT && exponent <= MAX_FIXED_EXPONENT;
        return fixed ? digits.toPlainString() : scientific(digits, exponent);
    }

    /**
     * Returns the shortest digits that identify a number; among these the nearest to it, ties with an even last digit.
     * Computes the exact value, which can have a thousand digits, only if the JDK's digits are ambiguous.
     */
    private static BigDecimal shortest(BigDecimal digits, Supplier<BigDecimal> exact, Predicate<String> identifies) {
        int precision = digits.precision();
        boolean shorter = precision > 1
                && (identifies.test(
                                rounded(digits, precision - 1, RoundingMode.UP).toString())
                        || identifies.test(rounded(digits, precision - 1, RoundingMode.DOWN)
                                .toString()));
        boolean others = identifies.test(digits.add(digits.ulp()).toString())
                || identifies.test(digits.subtract(digits.ulp()).toString());
        return shorter || others ? nearest(exact.get(), shorter ? 1 : precision, identifies) : digits;
    }

    private static BigDecimal nearest(BigDecimal exact, int leastPrecision, Predicate<String> identifies) {
        for (int precision = leastPrecision; precision < MAX_DOUBLE_DIGITS; precision++) {
            // for a power of two, the nearest digits can identify the next lower number, while those above it do not
            for (RoundingMode mode : List.of(RoundingMode.HALF_EVEN, RoundingMode.UP, RoundingMode.DOWN)) {
                BigDecimal rounded = rounded(exact, precision, mode);
                if (identifies.test(rounded.toString())) {
                    return rounded;
                }
            }
        }
        return rounded(exact, MAX_DOUBLE_DIGITS, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal rounded(BigDecimal digits, int precision, RoundingMode mode) {
        return digits.round(new MathContext(precision, mode)).stripTrailingZeros();
    }

    /** The JDK's digits; before JDK 19 sometimes more than necessary, or not the nearest. */
    private static BigDecimal digits(String text) {
        return new BigDecimal(text).stripTrailingZeros();
    }

    /** Scientific notation with a signed exponent of at least two digits. */
    private static String scientific(BigDecimal digits, int exponent) {
        String unscaled = digits.unscaledValue().abs().toString();
        String fraction = unscaled.length() > 1 ? "." + unscaled.substring(1) : "";
        String sign = digits.signum() < 0 ? "-" : "";
        return "%s%s%se%s%02d"
                .formatted(sign, unscaled.charAt(0), fraction, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
