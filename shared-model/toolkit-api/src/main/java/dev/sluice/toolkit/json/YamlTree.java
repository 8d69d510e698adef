package dev.sluice.toolkit.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.Construct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Converts between YAML and JSON values, which differ in numbers, times and the types of keys. */
final class YamlTree {

    private static final int MAX_VALUES = 100_000;
    private static final int MAX_DEPTH = 100;

    private int values;

    private YamlTree() {}

    static JsonObject toJson(@Nullable Object root) {
        if (new YamlTree().json(root, 0) instanceof JsonObject object) {
            return object;
        }
        throw new YAMLException("the root is not a map");
    }

    private JsonElement json(@Nullable Object value, int depth) {
        if (++values > MAX_VALUES || depth > MAX_DEPTH) {
            throw new YAMLException("more than %d values or %d levels".formatted(MAX_VALUES, MAX_DEPTH));
        }
        if (value instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach((key, inner) -> object.add(String.valueOf(key), json(inner, depth + 1)));
            return object;
        }
        if (value instanceof List<?> list) {
            JsonArray array = new JsonArray();
            list.forEach(inner -> array.add(json(inner, depth + 1)));
            return array;
        }
        return scalar(value);
    }

    private static JsonElement scalar(@Nullable Object value) {
        if (value == null) {
            return JsonNull.INSTANCE;
        }
        if (value instanceof Number number) {
            return new JsonPrimitive(number);
        }
        if (value instanceof Boolean truth) {
            return new JsonPrimitive(truth);
        }
        if (value instanceof String text) {
            return new JsonPrimitive(text);
        }
        throw new YAMLException("it contains a value that JSON cannot represent");
    }

    static @Nullable Object toJava(JsonElement element) {
        if (element instanceof JsonObject object) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            object.entrySet().forEach(field -> map.put(field.getKey(), toJava(field.getValue())));
            return map;
        }
        if (element instanceof JsonArray array) {
            List<@Nullable Object> list = new ArrayList<>();
            array.forEach(item -> list.add(toJava(item)));
            return list;
        }
        if (element instanceof JsonPrimitive primitive) {
            if (primitive.isNumber()) {
                return new BigDecimal(primitive.getAsString());
            }
            return primitive.isBoolean() ? (Object) primitive.getAsBoolean() : primitive.getAsString();
        }
        return null;
    }

    /** Reads numbers with their original digits if JSON allows it, and times as strings. */
    static final class Scalars extends SafeConstructor {

        private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?");

        Scalars(LoaderOptions options) {
            super(options);
            yamlConstructors.put(Tag.INT, new NumberText(new ConstructYamlInt()));
            yamlConstructors.put(Tag.FLOAT, new NumberText(new ConstructYamlFloat()));
            yamlConstructors.put(Tag.TIMESTAMP, new ConstructYamlStr());
        }

        private static final class NumberText extends AbstractConstruct {

            private final Construct yaml;

            NumberText(Construct yaml) {
                this.yaml = yaml;
            }

            @Override
            public Object construct(Node node) {
                String text = ((ScalarNode) node).getValue();
                if (JSON_NUMBER.matcher(text).matches()) {
                    return new BigDecimal(text);
                }
                Object number = yaml.construct(node);
                if (number instanceof Double value && !Double.isFinite(value)) {
                    throw new YAMLException("JSON cannot represent the number " + text);
                }
                return new BigDecimal(number.toString());
            }
        }
    }

    /** Writes numbers with their original digits. */
    static final class Numbers extends Representer {

        Numbers(DumperOptions options) {
            super(options);
            representers.put(BigDecimal.class, data -> {
                String text = data.toString();
                boolean whole = text.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
                return representScalar(whole ? Tag.INT : Tag.FLOAT, text);
            });
        }
    }

    /** Treats {@code 1e5} as a number, like YAML parsers in Go, so that such strings are quoted. */
    static final class NumbersWithoutPoint extends Resolver {

        @Override
        protected void addImplicitResolvers() {
            super.addImplicitResolvers();
            addImplicitResolver(Tag.FLOAT, Pattern.compile("[-+]?\\d+[eE][-+]?\\d+"), "-+0123456789");
        }
    }
}
