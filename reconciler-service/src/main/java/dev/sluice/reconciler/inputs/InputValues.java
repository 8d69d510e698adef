package dev.sluice.reconciler.inputs;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts values of YAML into values that the API server stores as they are. */
final class InputValues {

    private InputValues() {}

    /**
     * Keeps 64-bit integers; converts larger ones into doubles, as the API server does, and doubles without a fraction
     * into integers, as the reference writes them.
     */
    static @Nullable Object of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> converted = new LinkedHashMap<>();
            map.forEach((key, inner) -> converted.put(key, of(inner)));
            return converted;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> converted = new ArrayList<>();
            list.forEach(inner -> converted.add(of(inner)));
            return converted;
        }
        if (value instanceof BigInteger integer) {
            return integer.bitLength() < Long.SIZE ? (Object) integer.longValueExact() : integer.doubleValue();
        }
        return value instanceof Double number && isLong(number) ? number.longValue() : value;
    }

    private static boolean isLong(double number) {
        return number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE;
    }
}
