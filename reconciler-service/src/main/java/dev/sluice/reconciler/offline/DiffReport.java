package dev.sluice.reconciler.offline;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.reconciler.difference.PathChange;
import dev.sluice.reconciler.difference.TextDiff;
import dev.sluice.reconciler.namespaces.NamespacePreview.Verdict;
import dev.sluice.reconciler.text.EscapedText;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The output of the diff command. */
record DiffReport(List<ArtifactDiff> diffs, List<NamespaceDiff> namespaces, boolean withText) {

    void print(Streams streams, RenderOptions.Format format) throws IOException {
        if (format == RenderOptions.Format.json) {
            streams.out().println(json());
        } else {
            text(streams.out());
            for (NamespaceDiff namespace : namespaces) {
                text(namespace, streams.out());
            }
        }
        for (NamespaceDiff namespace : namespaces) {
            if (namespace.verdict() == Verdict.FAILED) {
                streams.error("namespace \"%s\": %s".formatted(namespace.name(), namespace.note()));
            }
        }
        for (ArtifactDiff diff : diffs) {
            if (diff.error() != null) {
                streams.error("artifact \"%s\": %s".formatted(diff.id().shown(), diff.error()));
            }
        }
    }

    private void text(PrintStream out) throws IOException {
        for (ArtifactDiff diff : diffs) {
            if (diff.status() == ArtifactDiff.Status.UNCHANGED || diff.status() == ArtifactDiff.Status.FAILED) {
                continue;
            }
            out.println("artifact %s: %s".formatted(diff.id().shown(), summary(diff)));
            for (PathChange change : diff.changes()) {
                out.println(EscapedText.of(line(change)));
                if (withText) {
                    TextDiff.of(change).forEach(line -> out.println("   " + EscapedText.of(line)));
                }
            }
        }
    }

    /** What adopts or deletes a namespace is in capitals. */
    private void text(NamespaceDiff namespace, PrintStream out) throws IOException {
        if (namespace.isQuiet() || namespace.verdict() == Verdict.FAILED) {
            return;
        }
        boolean loud = namespace.verdict() == Verdict.ADOPTED
                || namespace.verdict() == Verdict.PRUNED
                || namespace.verdict() == Verdict.REFUSED;
        String verdict = loud ? namespace.verdict().name() : word(namespace.verdict());
        String note = namespace.note().isEmpty() ? "" : ": " + namespace.note();
        out.println(EscapedText.of("namespace %s: %s%s".formatted(namespace.name(), verdict, note)));
        for (PathChange change : namespace.changes()) {
            if (withText) {
                TextDiff.of(change).forEach(line -> out.println("   " + EscapedText.of(line)));
            }
        }
    }

    private static String summary(ArtifactDiff diff) {
        int count = diff.changes().size();
        return "%s, %d %s".formatted(word(diff.status()), count, count == 1 ? "difference" : "differences");
    }

    private static String line(PathChange change) {
        String letter = switch (change.kind()) {
            case ADDED -> "A";
            case REMOVED -> "D";
            case MODIFIED, MODE -> "M";
        };
        return "%s  %s%s".formatted(letter, change.shownPath(), change.modeChanged() ? mode(change) : "");
    }

    private static String mode(PathChange change) {
        return change.isExecutable() ? "  (now executable)" : "  (no longer executable)";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private String json() {
        JsonArray artifacts = new JsonArray();
        for (ArtifactDiff diff : diffs) {
            JsonObject artifact = new JsonObject();
            artifact.addProperty("name", diff.id().name());
            artifact.addProperty("namespace", diff.id().namespace());
            artifact.addProperty("status", word(diff.status()));
            artifact.add("changes", changes(diff));
            artifact.addProperty("error", diff.error());
            artifacts.add(artifact);
        }
        JsonArray managed = new JsonArray();
        for (NamespaceDiff namespace : namespaces) {
            JsonObject json = new JsonObject();
            json.addProperty("name", namespace.name());
            json.addProperty("verdict", word(namespace.verdict()));
            json.addProperty("note", namespace.note());
            managed.add(json);
        }
        return BuildReport.json(artifacts, managed, null);
    }

    private static JsonArray changes(ArtifactDiff diff) {
        JsonArray changes = new JsonArray();
        for (PathChange change : diff.changes()) {
            JsonObject json = new JsonObject();
            json.addProperty("path", change.shownPath());
            json.addProperty("change", word(change.kind()));
            json.addProperty("modeChanged", change.modeChanged());
            changes.add(json);
        }
        return changes;
    }
}
