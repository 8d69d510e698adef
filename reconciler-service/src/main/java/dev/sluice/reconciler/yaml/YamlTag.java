package dev.sluice.reconciler.yaml;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Resolves the value of a scalar by its explicit or implied tag. */
final class YamlTag {

    static final String MERGE = "tag:yaml.org,2002:merge";

    private static final String STANDARD = "tag:yaml.org,2002:";

    private static final int MAX_SHOWN = 40;

    private YamlTag() {}

    static @Nullable Object valueOf(YamlNode.Scalar scalar) throws InvalidYamlException {
        String tag = scalar.tag();
        if (tag == null) {
            return scalar.plain() ? YamlScalar.resolve(scalar.text()) : scalar.text();
        }
        return tag.startsWith(STANDARD) ? standard(scalar, tag.substring(STANDARD.length())) : scalar.text();
    }

    /** Resolves standard tags; other tags leave the text unchanged. */
    private static @Nullable Object standard(YamlNode.Scalar scalar, String tag) throws InvalidYamlException {
        return switch (tag) {
            case "binary" -> decode(scalar);
            case "int" -> require(scalar, BigInteger.class);
            case "float" -> decimal(scalar);
            case "bool" -> require(scalar, Boolean.class);
            case "null" -> require(scalar, null);
            case "timestamp" -> timestamp(scalar);
            default -> scalar.text();
        };
    }

    private static @Nullable Object decimal(YamlNode.Scalar scalar) throws InvalidYamlException {
        return YamlScalar.resolve(scalar.text()) instanceof BigInteger integer
                ? (Object) integer.doubleValue()
                : require(scalar, Double.class);
    }

    private static String timestamp(YamlNode.Scalar scalar) throws InvalidYamlException {
        if (!YamlTimestamp.matches(scalar.text())) {
            throw bad(scalar);
        }
        return scalar.text();
    }

    private static @Nullable Object require(YamlNode.Scalar scalar, @Nullable Class<?> type)
            throws InvalidYamlException {
        Object value = YamlScalar.resolve(scalar.text());
        if (value == null ? type != null : type == null || !type.isInstance(value)) {
            throw bad(scalar);
        }
        return value;
    }

    /** Decodes base64; ignores line breaks and requires padding. */
    private static String decode(YamlNode.Scalar scalar) throws InvalidYamlException {
        String digits = scalar.text().replace("\n", "").replace("\r", "");
        try {
            if (digits.length() % 4 == 0) {
                return text(Base64.getDecoder().decode(digits));
            }
        } catch (IllegalArgumentException e) {
            // reported like a text of the wrong length
        }
        throw bad(scalar);
    }

    /** Decodes UTF-8; each invalid byte becomes a replacement character. */
    private static String text(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (decoder.decode(in, out, true).isError()) {
            in.get();
            out.put('\uFFFD');
        }
        return out.flip().toString();
    }

    private static InvalidYamlException bad(YamlNode.Scalar scalar) {
        return new InvalidYamlException("line %d: \"%s\" is not a valid %s; remove the tag or correct the value"
                .formatted(scalar.mark().line() + 1, shown(scalar.text()), scalar.tag()));
    }

    private static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
