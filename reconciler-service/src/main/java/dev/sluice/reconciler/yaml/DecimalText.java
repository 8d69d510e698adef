package dev.sluice.reconciler.yaml;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.Predicate;

/**
 * Writes floating-point numbers with as few digits as identify them. {@code Double.toString} does not before JDK 19, and
 * what is written decides the content hash of an artifact.
 */
final class DecimalText {

    private static final int MAX_DOUBLE_DIGITS = 17;
    private static final int KEY_DIGITS = 6;
    private static final long LARGEST_WRITTEN_OUT = 1L << 53;

    private DecimalText() {}

    /** A YAML value: whole numbers without a point, as JSON has them, others such as {@code 0.5} and {@code 1.5e-9}. */
    static String value(double number) {
        if (number == Math.rint(number) && Math.abs(number) <= LARGEST_WRITTEN_OUT) {
            return Long.toString((long) number);
        }
        BigDecimal digits = shortest(new BigDecimal(number), text -> Double.parseDouble(text) == number);
        int exponent = digits.precision() - digits.scale() - 1;
        return exponent >= -4 && exponent < MAX_DOUBLE_DIGITS ? fixed(digits) : scientific(digits, exponent, ".0");
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
        BigDecimal digits = shortest(new BigDecimal(rounded), text -> Float.parseFloat(text) == rounded);
        int exponent = digits.precision() - digits.scale() - 1;
        return exponent >= -4 && exponent < KEY_DIGITS ? digits.toPlainString() : scientific(digits, exponent, "");
    }

    private static BigDecimal shortest(BigDecimal exact, Predicate<String> identifies) {
        for (int precision = 1; precision < MAX_DOUBLE_DIGITS; precision++) {
            BigDecimal rounded = exact.round(new MathContext(precision));
            if (identifies.test(rounded.toString())) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(MAX_DOUBLE_DIGITS)).stripTrailingZeros();
    }

    private static String fixed(BigDecimal digits) {
        String text = digits.toPlainString();
        return text.contains(".") ? text : text + ".0";
    }

    /** With a sign in the exponent, and a point where YAML 1.1 demands one. */
    private static String scientific(BigDecimal digits, int exponent, String whole) {
        String unscaled = digits.unscaledValue().abs().toString();
        String fraction = unscaled.length() > 1 ? "." + unscaled.substring(1) : whole;
        String sign = digits.signum() < 0 ? "-" : "";
        return "%s%s%se%s%02d"
                .formatted(sign, unscaled.charAt(0), fraction, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
