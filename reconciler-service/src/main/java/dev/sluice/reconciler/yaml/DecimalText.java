package dev.sluice.reconciler.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/**
 * Writes floating-point numbers with as few digits as identify them. {@code Double.toString} does not before JDK 19, and
 * what is written decides the content hash of an artifact.
 */
final class DecimalText {

    private static final int MIN_FIXED_EXPONENT = -4;
    private static final int MAX_FIXED_EXPONENT = 5;

    private static final double LARGEST_JSON_INTEGER = 1e21;

    private DecimalText() {}

    /** A YAML value: whole numbers of up to 64 bits without an exponent, others such as {@code 0.5} and {@code 1e-07}. */
    static String value(double number) {
        BigDecimal digits = shortest(
                new BigDecimal(number), digits(Double.toString(number)), text -> Double.parseDouble(text) == number);
        if (number == Math.rint(number) && Math.abs(number) < LARGEST_JSON_INTEGER) {
            BigInteger whole = digits.toBigInteger();
            if (whole.bitLength() <= (number < 0 ? Long.SIZE - 1 : Long.SIZE)) {
                return whole.toString();
            }
        }
        return text(digits);
    }

    /** A map key, with the precision that the reference gives it: that of a float. */
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
                new BigDecimal(rounded), digits(Float.toString(rounded)), text -> Float.parseFloat(text) == rounded));
    }

    private static String text(BigDecimal digits) {
        int exponent = digits.precision() - digits.scale() - 1;
        boolean fixed = exponent >= MIN_FIXED_EXPONENT && exponent <= MAX_FIXED_EXPONENT;
        return fixed ? digits.toPlainString() : scientific(digits, exponent);
    }

    /** The shortest digits that identify a number, and among these the nearest to it, an even last digit first. */
    private static BigDecimal shortest(BigDecimal exact, int enough, Predicate<String> identifies) {
        BigDecimal shortest = rounded(exact, enough);
        for (int precision = enough - 1; precision > 0; precision--) {
            BigDecimal shorter = rounded(exact, precision);
            if (!identifies.test(shorter.toString())) {
                return shortest;
            }
            shortest = shorter;
        }
        return shortest;
    }

    private static BigDecimal rounded(BigDecimal exact, int precision) {
        return exact.round(new MathContext(precision, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }

    /** How many digits the JDK writes: before JDK 19 sometimes more than needed. */
    private static int digits(String text) {
        return new BigDecimal(text).stripTrailingZeros().precision();
    }

    /** With a sign in the exponent, and at least two digits. */
    private static String scientific(BigDecimal digits, int exponent) {
        String unscaled = digits.unscaledValue().abs().toString();
        String fraction = unscaled.length() > 1 ? "." + unscaled.substring(1) : "";
        String sign = digits.signum() < 0 ? "-" : "";
        return "%s%s%se%s%02d"
                .formatted(sign, unscaled.charAt(0), fraction, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
