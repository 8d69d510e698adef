package dev.sluice.runtime.flag;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of bytes with the units of Kubernetes. */
final class ByteAmount {

    static final String ALLOWED = "an amount of bytes such as 1Gi, 512Mi, 500M or 1048576";

    private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,18})(k|M|G|T|Ki|Mi|Gi|Ti)?B?");
    private static final Map<String, Long> UNITS = Map.of(
            "k",
            1000L,
            "M",
            1000_000L,
            "G",
            1000_000_000L,
            "T",
            1000_000_000_000L,
            "Ki",
            1L << 10,
            "Mi",
            1L << 20,
            "Gi",
            1L << 30,
            "Ti",
            1L << 40);

    private ByteAmount() {}

    static String canonical(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an amount of bytes");
        }
        long unit = matcher.group(2) == null ? 1 : UNITS.getOrDefault(matcher.group(2), 1L);
        // an overflow is an invalid value, not a defect, so it must not be an ArithmeticException
        if (Long.parseLong(matcher.group(1)) > Long.MAX_VALUE / unit) {
            throw new IllegalArgumentException("out of range");
        }
        return Long.toString(Long.parseLong(matcher.group(1)) * unit);
    }
}
