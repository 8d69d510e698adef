package dev.sluice.reconciler.offline;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The output of {@code build}. */
record BuildReport(String namespace, List<BuildResult> results) {

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
        }
        for (BuildResult result : results) {
            if (result.failed()) {
                streams.error("artifact \"%s\": %s"
                        .formatted(result.artifact().name(), result.artifact().error()));
            } else if (result.artifact().isChart()) {
                streams.hint(
                        ("artifact \"%s\": Chart.yaml is at its root, but Helm requires a chart in a directory of its"
                                        + " own; for a HelmRelease, copy it to \"@artifact/<chart name>/\"")
                                .formatted(result.artifact().name()));
            }
        }
    }

    private TextTable table() {
        List<List<String>> rows = new ArrayList<>();
        for (BuildResult result : results) {
            rows.add(row(result));
        }
        return new TextTable(List.of("NAME", "FILES", "SIZE", "REVISION"), rows);
    }

    private static List<String> row(BuildResult result) {
        RenderedArtifact artifact = result.artifact();
        PublishedFile file = result.file();
        return file == null
                ? List.of(artifact.name(), "-", "-", "error, see below")
                : List.of(
                        artifact.name(),
                        Integer.toString(artifact.tree().fileCount()),
                        TextTable.size(file.sizeBytes()),
                        String.valueOf(artifact.revision()));
    }

    private String json() {
        JsonArray artifacts = new JsonArray();
        for (BuildResult result : results) {
            artifacts.add(json(result.artifact(), result.file()));
        }
        return json(artifacts, null);
    }

    /** The JSON report of both commands; {@code error} is the failure of the whole command. */
    static String json(JsonArray artifacts, @Nullable String error) {
        JsonObject report = new JsonObject();
        report.add("artifacts", artifacts);
        report.addProperty("error", error);
        return GSON.toJson(report);
    }

    private JsonObject json(RenderedArtifact artifact, @Nullable PublishedFile file) {
        JsonObject json = new JsonObject();
        json.addProperty("name", artifact.name());
        json.addProperty("namespace", namespace);
        json.addProperty("revision", artifact.revision());
        json.addProperty("originRevision", artifact.originRevision());
        json.addProperty("digest", file == null ? null : file.digest().toString());
        json.addProperty("size", file == null ? null : file.sizeBytes());
        json.addProperty("files", file == null ? null : artifact.tree().fileCount());
        json.addProperty("error", artifact.error());
        return json;
    }
}
