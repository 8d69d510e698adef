package dev.sluice.controller.publish;

import com.google.gson.Gson;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values in {@code status.exportedInputs} of an ExternalArtifact. Equal if the API server stores equal values: it
 * keeps neither the order of keys, nor keys with the value null, nor the digits of numbers beyond 64-bit integers and
 * doubles. Immutable.
 */
public final class ExportedInputs {

    /** No values; the field is absent. */
    public static final ExportedInputs NONE = new ExportedInputs(Map.of(), digest(Map.of()));

    private static final Gson CANONICAL =
            new Gson().newBuilder().serializeNulls().disableHtmlEscaping().create();

    private final @Nullable Map<String, JsonValue> values;
    private final Digest digest;

    private ExportedInputs(@Nullable Map<String, JsonValue> values, Digest digest) {
        this.values = values;
        this.digest = digest;
    }

    /** Creates inputs. */
    public static ExportedInputs of(Map<String, JsonValue> values) {
        return values.isEmpty() ? NONE : new ExportedInputs(Immutable.map(values), digest(values));
    }

    /**
     * Returns the values by key.
     *
     * @throws IllegalStateException if only their digest was kept
     */
    public Map<String, JsonValue> values() {
        if (values == null) {
            throw new IllegalStateException("only the digest of these inputs was kept");
        }
        return values;
    }

    /** Returns the same inputs without the values, for comparisons; it needs no memory for them. */
    public ExportedInputs digestOnly() {
        return equals(NONE) ? NONE : new ExportedInputs(null, digest);
    }

    /** Returns the digest of the values, which is equal for equal inputs. */
    public Digest digest() {
        return digest;
    }

    private static Digest digest(Map<String, JsonValue> values) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        values.forEach((key, value) -> {
            Object canonical = canonical(value.toJava());
            if (canonical != null) {
                sorted.put(key, canonical);
            }
        });
        String text = sorted.isEmpty() ? "{}" : CANONICAL.toJson(sorted);
        return Digest.ofBytes(DigestAlgorithm.SHA256, text.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Object canonical(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((key, inner) -> sorted.put((String) key, canonical(inner)));
            return sorted;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ExportedInputs::canonical).toList();
        }
        return value instanceof BigDecimal number ? canonical(number) : value;
    }

    /** The number as the API server reads it: a 64-bit integer, or a double, which is written like an integer if equal. */
    private static Number canonical(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        if (plain.scale() <= 0 && plain.precision() - plain.scale() <= 19 && isLong(plain)) {
            return plain.longValueExact();
        }
        double nearest = number.doubleValue();
        return nearest == Math.rint(nearest) && Math.abs(nearest) < Long.MAX_VALUE ? (Number) (long) nearest : nearest;
    }

    private static boolean isLong(BigDecimal integer) {
        return integer.toBigInteger().bitLength() < Long.SIZE;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExportedInputs inputs && inputs.digest.equals(digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return digest.toString();
    }
}
