package dev.sluice.reconciler.offline;

import com.google.gson.JsonParseException;
import dev.sluice.reconciler.yaml.InvalidYamlException;
import dev.sluice.reconciler.yaml.YamlAllowance;
import dev.sluice.reconciler.yaml.YamlDocuments;
import dev.sluice.reconciler.yaml.YamlValues;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.json.ToolkitJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an ArtifactGenerator from a file of Kubernetes manifests. Includes the items of lists, as {@code kubectl get -o
 * yaml} prints them; skips other kinds.
 */
public final class GeneratorFile {

    private static final String KIND = ArtifactGenerator.TYPE.kind().kind();
    private static final String GROUP = ArtifactGenerator.TYPE.kind().group() + "/";
    private static final String API_VERSION = ArtifactGenerator.TYPE.kind().apiVersion();
    private static final String DEFAULT_NAMESPACE = "default";
    private static final Path STANDARD_INPUT = Path.of("-");

    private GeneratorFile() {}

    /**
     * Reads the generator with this name, or the only one.
     *
     * @param file {@code -} for standard input
     */
    static ArtifactGenerator read(Path file, InputStream standardInput, Optional<String> name) throws IOException {
        boolean standard = file.equals(STANDARD_INPUT);
        try (InputStream in = standard ? standardInput : open(file)) {
            return decode(choose(generators(YamlDocuments.read(content(in))), name));
        } catch (InvalidYamlException | OfflineException e) {
            String shown = standard ? "standard input" : "\"%s\"".formatted(file);
            throw new OfflineException("cannot read the generator in " + shown, e);
        }
    }

    /**
     * Decodes the only generator in YAML text from an untrusted author, within an allowance.
     *
     * @throws IOException with the reason, if it is not valid or exceeds the allowance
     */
    public static ArtifactGenerator parse(byte[] content, YamlAllowance allowance) throws IOException {
        List<Map<String, @Nullable Object>> manifests = new ArrayList<>();
        YamlDocuments.read(content, allowance, manifests::add);
        return decode(choose(generators(manifests), Optional.empty()));
    }

    private static InputStream open(Path file) throws OfflineException {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new OfflineException("cannot open the file", e);
        }
    }

    private static byte[] content(InputStream in) throws IOException {
        try {
            byte[] content = in.readNBytes(YamlDocuments.MAX_BYTES + 1);
            if (content.length > YamlDocuments.MAX_BYTES) {
                throw new OfflineException("the file exceeds %d bytes".formatted(YamlDocuments.MAX_BYTES));
            }
            return content;
        } catch (IOException e) {
            throw new OfflineException("cannot read the file", e);
        }
    }

    private static List<Map<String, @Nullable Object>> generators(List<Map<String, @Nullable Object>> manifests)
            throws OfflineException {
        List<Map<String, @Nullable Object>> generators = new ArrayList<>();
        for (Map<String, @Nullable Object> manifest : manifests) {
            add(manifest, generators);
        }
        return generators;
    }

    private static void add(Map<String, @Nullable Object> manifest, List<Map<String, @Nullable Object>> generators)
            throws OfflineException {
        String kind = String.valueOf(manifest.get("kind"));
        if (kind.equals("List") || kind.equals(KIND + "List")) {
            if (manifest.get("items") instanceof List<?> items) {
                for (Object item : items) {
                    if (item instanceof Map) {
                        add(YamlValues.map(item), generators);
                    }
                }
            }
            return;
        }
        String apiVersion = String.valueOf(manifest.get("apiVersion"));
        if (!kind.equals(KIND) || !apiVersion.startsWith(GROUP)) {
            return;
        }
        if (!apiVersion.equals(API_VERSION)) {
            throw new OfflineException("%s \"%s\": unsupported apiVersion \"%s\"; use \"%s\""
                    .formatted(KIND, metadata(manifest).get("name"), apiVersion, API_VERSION));
        }
        generators.add(manifest);
    }

    private static Map<String, @Nullable Object> choose(
            List<Map<String, @Nullable Object>> generators, Optional<String> name) throws OfflineException {
        List<Map<String, @Nullable Object>> matching = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Map<String, @Nullable Object> manifest : generators) {
            String found = nameOf(manifest);
            names.add('"' + found + '"');
            if (name.map(found::equals).orElse(true)) {
                matching.add(manifest);
            }
        }
        String found = String.join(", ", names);
        if (matching.isEmpty()) {
            throw new OfflineException(
                    names.isEmpty()
                            ? "no %s%s manifest found".formatted(GROUP, KIND)
                            : "generator \"%s\" not found; the file contains %s".formatted(name.orElse(""), found));
        }
        if (matching.size() > 1) {
            throw new OfflineException(
                    "the file contains several generators; choose one with --generator: %s".formatted(found));
        }
        return matching.get(0);
    }

    private static String nameOf(Map<String, @Nullable Object> manifest) throws OfflineException {
        if (metadata(manifest).get("name") instanceof String name && !name.isEmpty()) {
            return name;
        }
        throw new OfflineException("metadata.name is required and must be a string");
    }

    private static Map<String, @Nullable Object> metadata(Map<String, @Nullable Object> manifest) {
        return manifest.get("metadata") instanceof Map<?, ?> metadata ? YamlValues.map(metadata) : Map.of();
    }

    private static ArtifactGenerator decode(Map<String, @Nullable Object> manifest) throws IOException {
        CrdSchema.artifactGenerator().validateSpec(manifest);
        try {
            ArtifactGenerator generator =
                    ToolkitJson.gson().fromJson(ToolkitJson.gson().toJsonTree(manifest), ArtifactGenerator.class);
            if (generator.metadata().getNamespace() == null) {
                generator.metadata().setNamespace(DEFAULT_NAMESPACE);
            }
            return generator;
        } catch (JsonParseException e) {
            throw new OfflineException("cannot decode the manifest", e);
        }
    }
}
