package dev.sluice.toolkit.json;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import io.kubernetes.client.common.KubernetesObject;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads and writes manifests: the toolkit's objects as YAML, by the rules of {@link ToolkitJson}. Preserves the digits
 * of numbers, and reads values that resemble times as strings.
 *
 * <p>Stateless. A manifest may be untrusted: its size is limited (3 million characters, 50 levels, 100,000 values),
 * even if it uses aliases, and it cannot refer to Java classes.
 */
public final class ToolkitYaml {

    private ToolkitYaml() {}

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException if the text is not a single YAML document, exceeds the limits, or has another
     *     API version or kind
     */
    public static <T extends KubernetesObject> T read(String yaml, ApiType<T, ?> type) {
        ApiKind kind = type.kind();
        try {
            JsonObject tree = YamlTree.toJson(parser().load(yaml));
            requireEqual("apiVersion", kind.apiVersion(), tree);
            requireEqual("kind", kind.kind(), tree);
            return ToolkitJson.gson().fromJson(tree, type.objectClass());
        } catch (MarkedYAMLException e) {
            String where = e.getProblemMark() == null
                    ? ""
                    : " in line " + (e.getProblemMark().getLine() + 1);
            throw unreadable(kind, e.getProblem() + where, e);
        } catch (YAMLException | JsonParseException e) {
            throw unreadable(kind, e.getMessage(), e);
        }
    }

    /** Writes an object in block style, with fields in the order of the records. */
    public static String write(KubernetesObject object) {
        return parser().dump(YamlTree.toJava(ToolkitJson.gson().toJsonTree(object)));
    }

    private static Yaml parser() {
        DumperOptions dumping = new DumperOptions();
        dumping.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        dumping.setNonPrintableStyle(DumperOptions.NonPrintableStyle.ESCAPE);
        dumping.setSplitLines(false);
        LoaderOptions loading = new LoaderOptions();
        loading.setAllowDuplicateKeys(false);
        return new Yaml(
                new YamlTree.Scalars(loading),
                new YamlTree.Numbers(dumping),
                dumping,
                loading,
                new YamlTree.NumbersWithoutPoint());
    }

    private static void requireEqual(String field, String expected, JsonObject tree) {
        if (!tree.has(field) || !tree.get(field).toString().equals('"' + expected + '"')) {
            throw new YAMLException("%s is %s, expected \"%s\"".formatted(field, tree.get(field), expected));
        }
    }

    private static IllegalArgumentException unreadable(ApiKind kind, @Nullable String problem, Exception cause) {
        return new IllegalArgumentException("cannot read " + kind.kind() + " from YAML: " + problem, cause);
    }
}
