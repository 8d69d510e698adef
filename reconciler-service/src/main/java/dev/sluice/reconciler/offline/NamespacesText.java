package dev.sluice.reconciler.offline;

import com.google.gson.JsonObject;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.difference.PathChange;
import dev.sluice.reconciler.namespaces.NamespacePreview.Wanted;
import dev.sluice.toolkit.json.ToolkitJson;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NamespaceList;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Namespaces as JSON manifests. */
final class NamespacesText {

    private static final String FIELD = "metadata";

    private NamespacesText() {}

    /** A manifest with name, labels and annotations. */
    static JsonObject manifest(Wanted namespace) {
        JsonObject metadata = new JsonObject();
        metadata.addProperty("name", namespace.name());
        metadata.add("labels", BuildReport.GSON.toJsonTree(new TreeMap<>(namespace.labels())));
        metadata.add("annotations", BuildReport.GSON.toJsonTree(new TreeMap<>(namespace.annotations())));
        JsonObject manifest = new JsonObject();
        manifest.addProperty("apiVersion", "v1");
        manifest.addProperty("kind", "Namespace");
        manifest.add(FIELD, metadata);
        return manifest;
    }

    /**
     * Reads the namespaces of a cluster by name, as {@code kubectl get namespaces -o json
     * --show-managed-fields} prints them: the managed fields say who manages a namespace.
     */
    static Map<String, V1ObjectMeta> ofCluster(Path file) throws OfflineException {
        try {
            V1NamespaceList list = ToolkitJson.gson().fromJson(Files.readString(file), V1NamespaceList.class);
            Map<String, V1ObjectMeta> namespaces = new LinkedHashMap<>();
            for (V1Namespace namespace : list.getItems()) {
                V1ObjectMeta metadata = namespace.getMetadata();
                namespaces.put(Objects.requireNonNull(metadata.getName()), metadata);
            }
            if (!namespaces.isEmpty() && namespaces.values().stream().noneMatch(NamespacesText::hasManagedFields)) {
                throw new IOException("without managed fields, who manages a namespace is unknown");
            }
            return namespaces;
        } catch (IOException | RuntimeException e) {
            throw new OfflineException(
                    ("cannot read namespaces and their managed fields from \"%s\"; write it with kubectl get namespaces"
                                    + " -o json --show-managed-fields")
                            .formatted(file));
        }
    }

    private static boolean hasManagedFields(V1ObjectMeta metadata) {
        return !Objects.requireNonNullElse(metadata.getManagedFields(), List.of())
                .isEmpty();
    }

    /** Reads a manifest that {@code build} has written. */
    static Wanted read(String name, String manifest) throws IOException {
        try {
            V1ObjectMeta metadata =
                    ToolkitJson.gson().fromJson(manifest, V1Namespace.class).getMetadata();
            return new Wanted(
                    name,
                    Objects.requireNonNullElse(metadata.getLabels(), Map.of()),
                    Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()),
                    null);
        } catch (RuntimeException e) {
            throw new IOException("not a manifest of a namespace", e);
        }
    }

    /** The differences of labels and annotations, as of a file. */
    static List<PathChange> changes(
            Map<String, String> labelsBefore, Map<String, String> annotationsBefore, Wanted after) throws IOException {
        return PathChange.between(tree(labelsBefore, annotationsBefore), tree(after.labels(), after.annotations()));
    }

    private static FileTree tree(Map<String, String> labels, Map<String, String> annotations) throws IOException {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(labels).forEach((key, value) -> text.append("label %s=%s%n".formatted(key, value)));
        new TreeMap<>(annotations).forEach((key, value) -> text.append("annotation %s=%s%n".formatted(key, value)));
        return text.isEmpty()
                ? FileTree.empty()
                : FileTree.builder()
                        .putFile(
                                TreePath.of(FIELD),
                                FileEntry.of(false, text.toString().getBytes(StandardCharsets.UTF_8)))
                        .build();
    }
}
