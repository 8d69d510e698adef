package dev.sluice.reconciler.offline;

import dev.sluice.reconciler.difference.PathChange;
import dev.sluice.reconciler.namespaces.NamespacePreview;
import dev.sluice.reconciler.namespaces.NamespacePreview.Verdict;
import dev.sluice.reconciler.namespaces.NamespacePreview.Wanted;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the namespaces that a generator wants with those of a cluster, or else with those of an earlier build. */
final class NamespaceComparison {

    private static final String UNKNOWN = "if it exists in the cluster, it is ADOPTED; compare with --namespaces";

    private final NamespacePreview preview;
    private final Map<String, Wanted> wanted = new LinkedHashMap<>();

    NamespaceComparison(NamespacePreview preview) {
        this.preview = preview;
        preview.wanted().forEach(namespace -> wanted.put(namespace.name(), namespace));
    }

    List<NamespaceDiff> withCluster(Map<String, V1ObjectMeta> cluster) throws IOException {
        List<NamespaceDiff> diffs = new ArrayList<>();
        for (Wanted namespace : wanted.values()) {
            Optional<V1ObjectMeta> current = Optional.ofNullable(cluster.get(namespace.name()));
            Verdict verdict = preview.verdict(namespace, current);
            diffs.add(diff(namespace, verdict, note(verdict, namespace), current.orElse(null)));
        }
        for (V1ObjectMeta current : cluster.values()) {
            if (!wanted.containsKey(current.getName())) {
                preview.verdictUnwanted(current)
                        .ifPresent(verdict -> diffs.add(new NamespaceDiff(
                                String.valueOf(current.getName()), verdict, note(verdict, null), List.of())));
            }
        }
        return diffs;
    }

    List<NamespaceDiff> withEarlier(Map<String, Wanted> earlier) throws IOException {
        List<NamespaceDiff> diffs = new ArrayList<>();
        for (Wanted namespace : wanted.values()) {
            Wanted before = earlier.get(namespace.name());
            if (namespace.error() != null) {
                diffs.add(new NamespaceDiff(namespace.name(), Verdict.FAILED, namespace.error(), List.of()));
            } else if (before == null) {
                diffs.add(diff(namespace, Verdict.CREATED, UNKNOWN, null));
            } else {
                List<PathChange> changes = NamespacesText.changes(before.labels(), before.annotations(), namespace);
                diffs.add(new NamespaceDiff(
                        namespace.name(), changes.isEmpty() ? Verdict.UNCHANGED : Verdict.CHANGED, "", changes));
            }
        }
        Verdict gone = preview.prunes() ? Verdict.PRUNED : Verdict.RELEASED;
        earlier.keySet().stream()
                .filter(name -> !wanted.containsKey(name))
                .forEach(name -> diffs.add(new NamespaceDiff(name, gone, note(gone, null), List.of())));
        return diffs;
    }

    private static NamespaceDiff diff(Wanted namespace, Verdict verdict, String note, @Nullable V1ObjectMeta current)
            throws IOException {
        Map<String, String> labels = current == null ? Map.of() : only(current.getLabels(), namespace.labels());
        Map<String, String> annotations =
                current == null ? Map.of() : only(current.getAnnotations(), namespace.annotations());
        boolean shown = verdict == Verdict.CREATED || verdict == Verdict.CHANGED || verdict == Verdict.ADOPTED;
        return new NamespaceDiff(
                namespace.name(),
                verdict,
                note,
                shown ? NamespacesText.changes(labels, annotations, namespace) : List.of());
    }

    /** Others may own the other keys. */
    private static Map<String, String> only(@Nullable Map<String, String> current, Map<String, String> wanted) {
        Map<String, String> same = new LinkedHashMap<>(Objects.requireNonNullElse(current, Map.of()));
        same.keySet().retainAll(wanted.keySet());
        return same;
    }

    private static String note(Verdict verdict, @Nullable Wanted namespace) {
        return switch (verdict) {
            case ADOPTED -> "it exists, and this generator does not manage it yet";
            case REFUSED -> "another ArtifactGenerator manages it";
            case PRUNED -> "the namespace and everything in it is DELETED";
            case RELEASED -> "it stays, without the labels of the generator";
            case FAILED -> namespace == null || namespace.error() == null ? "it is protected" : namespace.error();
            default -> "";
        };
    }
}
