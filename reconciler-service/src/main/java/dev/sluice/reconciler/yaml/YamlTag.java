package dev.sluice.reconciler.yaml;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Gives a scalar its value by its tag, written or implied. */
final class YamlTag {

    private YamlTag() {}

    static @Nullable Object valueOf(ScalarNode scalar) throws InvalidYamlException {
        Tag tag = scalar.getTag();
        String text = scalar.getValue();
        if (tag.equals(YamlComposer.PLAIN)) {
            return YamlScalar.resolve(text);
        }
        if (tag.equals(Tag.BINARY)) {
            return decode(scalar);
        }
        if (tag.equals(Tag.INT)) {
            return require(scalar, BigInteger.class);
        }
        if (tag.equals(Tag.FLOAT)) {
            return YamlScalar.resolve(text) instanceof BigInteger integer
                    ? (Object) integer.doubleValue()
                    : require(scalar, Double.class);
        }
        if (tag.equals(Tag.BOOL)) {
            return require(scalar, Boolean.class);
        }
        if (tag.equals(Tag.NULL)) {
            return require(scalar, null);
        }
        return text;
    }

    private static @Nullable Object require(ScalarNode scalar, @Nullable Class<?> type) throws InvalidYamlException {
        Object value = YamlScalar.resolve(scalar.getValue());
        if (value == null ? type != null : type == null || !type.isInstance(value)) {
            throw bad(scalar);
        }
        return value;
    }

    private static String decode(ScalarNode scalar) throws InvalidYamlException {
        try {
            byte[] bytes = Base64.getDecoder().decode(scalar.getValue().replace("\n", ""));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw bad(scalar);
        }
    }

    private static InvalidYamlException bad(ScalarNode scalar) {
        return new InvalidYamlException("line %d of a document: \"%s\" cannot be read as %s"
                .formatted(scalar.getStartMark().getLine() + 1, scalar.getValue(), scalar.getTag()));
    }
}
