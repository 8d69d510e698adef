package dev.sluice.reconciler.offline;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.reconciler.copy.Provenance;
import dev.sluice.reconciler.namespaces.NamespacePreview.Wanted;
import dev.sluice.reconciler.text.ByteSize;
import dev.sluice.reconciler.text.EscapedText;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The output of {@code build}.
 *
 * @param explanation reports where files come from; null without {@code --explain}
 */
record BuildReport(
        List<BuildResult> results,
        List<Wanted> namespaces,
        @Nullable ProvenanceReport explanation) {

    private static final int NAMESPACE_COLUMN = 1;
    private static final int INPUTS_COLUMN = 4;

    static final Gson GSON = new GsonBuilder()
            .serializeNulls()
            .disableHtmlEscaping()
            .setPrettyPrinting()
            .create();

    void print(Streams streams, RenderOptions.Format format) {
        if (format == RenderOptions.Format.json) {
            streams.out().println(json());
        } else {
            table().print(streams.out());
            printNamespaces(streams);
            printProvenance(streams);
        }
        for (Wanted namespace : namespaces) {
            if (namespace.error() != null) {
                streams.error("namespace \"%s\": %s".formatted(namespace.name(), namespace.error()));
            }
        }
        for (BuildResult result : results) {
            if (result.failed()) {
                streams.error("artifact \"%s\": %s"
                        .formatted(
                                result.artifact().id().shown(),
                                result.artifact().error()));
            } else if (result.artifact().isChart()) {
                streams.hint(
                        ("artifact \"%s\": Chart.yaml is at its root, but Helm requires a chart in a directory of its"
                                        + " own; for a HelmRelease, copy it to \"@artifact/<chart name>/\"")
                                .formatted(result.artifact().id().shown()));
            }
        }
    }

    private void printNamespaces(Streams streams) {
        for (Wanted namespace : namespaces) {
            streams.out()
                    .println("namespace %s: %s"
                            .formatted(
                                    namespace.name(),
                                    namespace.error() == null
                                            ? "%d labels, %d annotations"
                                                    .formatted(
                                                            namespace.labels().size(),
                                                            namespace
                                                                    .annotations()
                                                                    .size())
                                            : "error, see below"));
            new TreeMap<>(namespace.labels())
                    .forEach((key, value) ->
                            streams.out().println(EscapedText.of("   label %s=%s".formatted(key, value))));
            new TreeMap<>(namespace.annotations())
                    .forEach((key, value) ->
                            streams.out().println(EscapedText.of("   annotation %s=%s".formatted(key, value))));
        }
    }

    private void printProvenance(Streams streams) {
        if (explanation == null) {
            return;
        }
        streams.out().println();
        explanation.printSources(streams.out());
        for (BuildResult result : results) {
            Provenance provenance = result.artifact().provenance();
            if (provenance != null) {
                explanation.print(result.artifact().id(), provenance, streams.out());
            }
        }
    }

    /** Omits the columns of namespaces and inputs if no artifact has any. */
    private TextTable table() {
        boolean namespaces =
                results.stream().anyMatch(result -> result.artifact().id().isForeign());
        boolean inputs =
                results.stream().anyMatch(result -> !result.artifact().inputs().isEmpty());
        List<List<String>> rows = new ArrayList<>();
        for (BuildResult result : results) {
            rows.add(shown(row(result), namespaces, inputs));
        }
        return new TextTable(
                shown(List.of("NAME", "NAMESPACE", "FILES", "SIZE", "INPUTS", "REVISION"), namespaces, inputs), rows);
    }

    private static List<String> row(BuildResult result) {
        RenderedArtifact artifact = result.artifact();
        ArtifactId id = artifact.id();
        PublishedFile file = result.file();
        return file == null
                ? List.of(id.name(), id.namespace(), "-", "-", "-", "error, see below")
                : List.of(
                        id.name(),
                        id.namespace(),
                        Integer.toString(artifact.tree().fileCount()),
                        ByteSize.of(file.sizeBytes()),
                        Integer.toString(artifact.inputs().size()),
                        String.valueOf(artifact.revision()));
    }

    private static List<String> shown(List<String> cells, boolean namespaces, boolean inputs) {
        List<String> shown = new ArrayList<>(cells);
        if (!inputs) {
            shown.remove(INPUTS_COLUMN);
        }
        if (!namespaces) {
            shown.remove(NAMESPACE_COLUMN);
        }
        return shown;
    }

    private String json() {
        JsonArray artifacts = new JsonArray();
        for (BuildResult result : results) {
            artifacts.add(json(result.artifact(), result.file()));
        }
        JsonArray managed = new JsonArray();
        for (Wanted namespace : namespaces) {
            JsonObject json = NamespacesText.manifest(namespace).getAsJsonObject("metadata");
            json.addProperty("error", namespace.error());
            managed.add(json);
        }
        return json(artifacts, managed, explanation == null ? null : explanation.sourcesJson(), null);
    }

    /** The JSON report of both commands; {@code error} is the failure of the whole command. */
    static String json(JsonArray artifacts, JsonArray namespaces, @Nullable String error) {
        return json(artifacts, namespaces, null, error);
    }

    private static String json(
            JsonArray artifacts, JsonArray namespaces, @Nullable JsonArray sources, @Nullable String error) {
        JsonObject report = new JsonObject();
        report.add("artifacts", artifacts);
        if (sources != null) {
            report.add("sources", sources);
        }
        if (!namespaces.isEmpty()) {
            report.add("namespaces", namespaces);
        }
        report.addProperty("error", error);
        return GSON.toJson(report);
    }

    private static JsonObject json(RenderedArtifact artifact, @Nullable PublishedFile file) {
        JsonObject json = new JsonObject();
        json.addProperty("name", artifact.id().name());
        json.addProperty("namespace", artifact.id().namespace());
        json.addProperty("revision", artifact.revision());
        json.addProperty("originRevision", artifact.originRevision());
        json.addProperty("digest", file == null ? null : file.digest().toString());
        json.addProperty("size", file == null ? null : file.sizeBytes());
        json.addProperty("files", file == null ? null : artifact.tree().fileCount());
        json.add("exportedInputs", artifact.inputs().isEmpty() ? null : InputsText.json(artifact.inputs()));
        if (artifact.provenance() != null) {
            json.add("provenance", ProvenanceReport.json(artifact.provenance()));
        }
        json.addProperty("error", artifact.error());
        return json;
    }
}
