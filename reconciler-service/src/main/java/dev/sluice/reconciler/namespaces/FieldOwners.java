package dev.sluice.reconciler.namespaces;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.sluice.toolkit.json.ToolkitJson;
import io.kubernetes.client.openapi.models.V1ManagedFieldsEntry;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who owns the labels and annotations of a namespace according to its managed fields.
 *
 * @param overridden managers whose labels and annotations the controller removes, in addition to kubectl
 */
record FieldOwners(String own, Set<String> overridden) {

    private static final Gson GSON = ToolkitJson.gson();
    private static final String KUBECTL = "kubectl";
    private static final String BEFORE_FIRST_APPLY = "before-first-apply";
    private static final String APPLY = "Apply";
    private static final String UPDATE = "Update";

    /** Managers that reconcile objects and do not use server-side apply, or did not in older versions. */
    private static final Set<String> APPLIERS = Set.of(
            "kustomize-controller",
            "helm-controller",
            "flux-operator",
            "helm",
            "Helm",
            "argocd-controller",
            "argocd-application-controller");

    FieldOwners {
        overridden = Set.copyOf(overridden);
    }

    /** The label and annotation keys of a manager. */
    private record Owned(Set<String> labels, Set<String> annotations) {

        static Owned of(V1ManagedFieldsEntry entry) {
            JsonObject metadata = object(GSON.toJsonTree(entry.getFieldsV1()), "f:metadata");
            return new Owned(keys(object(metadata, "f:labels")), keys(object(metadata, "f:annotations")));
        }

        boolean isOnlyControls() {
            return NamespaceControls.KEYS.containsAll(labels) && NamespaceControls.KEYS.containsAll(annotations);
        }
    }

    /** Labels and annotations that the controller removes. */
    record Overridden(Set<String> labels, Set<String> annotations) {

        boolean isEmpty() {
            return labels.isEmpty() && annotations.isEmpty();
        }
    }

    /**
     * Returns what only kubectl and overridden managers own. Never the keys that decide what happens to the namespace, and
     * its origin: removing a protection of an administrator would delete the namespace.
     */
    Overridden overridden(V1ObjectMeta namespace) {
        Set<String> labels = new TreeSet<>();
        Set<String> annotations = new TreeSet<>();
        owned(namespace, this::isOverridden).forEach(owned -> {
            labels.addAll(owned.labels());
            annotations.addAll(owned.annotations());
        });
        owned(namespace, entry -> !isOverridden(entry)).forEach(owned -> {
            labels.removeAll(owned.labels());
            annotations.removeAll(owned.annotations());
        });
        labels.removeAll(NamespaceControls.KEYS);
        annotations.removeAll(NamespaceControls.KEYS);
        annotations.removeAll(NamespaceOrigin.KEYS);
        return new Overridden(labels, annotations);
    }

    /**
     * Returns the controllers that also apply this namespace. Those that only own keys that decide what happens to the
     * namespace do not count, nor does kubectl.
     */
    List<String> otherAppliers(V1ObjectMeta namespace) {
        return entries(namespace)
                .filter(entry -> !own.equals(entry.getManager()) && !isOverridden(entry))
                .filter(entry -> APPLY.equals(entry.getOperation()) || APPLIERS.contains(entry.getManager()))
                .filter(entry -> !Owned.of(entry).isOnlyControls())
                .map(entry -> Objects.requireNonNullElse(entry.getManager(), "unknown"))
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether somebody other than this controller has written the namespace. */
    boolean isWrittenByOthers(V1ObjectMeta namespace) {
        return entries(namespace).anyMatch(entry -> !own.equals(entry.getManager()));
    }

    private boolean isOverridden(V1ManagedFieldsEntry entry) {
        String manager = Objects.requireNonNullElse(entry.getManager(), "");
        return manager.startsWith(KUBECTL)
                || (manager.equals(BEFORE_FIRST_APPLY) && UPDATE.equals(entry.getOperation()))
                || overridden.contains(manager);
    }

    private static Stream<Owned> owned(V1ObjectMeta namespace, Predicate<V1ManagedFieldsEntry> filter) {
        return entries(namespace).filter(filter).map(Owned::of);
    }

    private static Stream<V1ManagedFieldsEntry> entries(V1ObjectMeta namespace) {
        return Objects.requireNonNullElse(namespace.getManagedFields(), List.<V1ManagedFieldsEntry>of()).stream()
                .filter(entry ->
                        entry.getSubresource() == null || entry.getSubresource().isEmpty());
    }

    private static Set<String> keys(JsonObject fields) {
        Set<String> keys = new HashSet<>();
        fields.keySet().stream()
                .filter(key -> key.startsWith("f:"))
                .forEach(key -> keys.add(key.substring("f:".length())));
        return keys;
    }

    private static JsonObject object(JsonElement parent, String field) {
        JsonElement value = parent instanceof JsonObject object ? object.get(field) : null;
        return value instanceof JsonObject object ? object : new JsonObject();
    }
}
