package dev.sluice.reconciler.offline;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.reconciler.cluster.SourceKey;
import dev.sluice.reconciler.copy.Provenance;
import dev.sluice.reconciler.copy.Provenance.Ignored;
import dev.sluice.reconciler.copy.Provenance.LeftOut;
import dev.sluice.reconciler.copy.Provenance.Origin;
import dev.sluice.reconciler.copy.Provenance.Step;
import dev.sluice.reconciler.text.EscapedText;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.SourceReference;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The output of {@code build --explain}: where each file comes from, and what was not copied.
 *
 * @param sources revisions of the sources by alias; unavailable sources are missing
 */
record ProvenanceReport(ArtifactGenerator generator, Map<String, String> sources) {

    void printSources(PrintStream out) {
        for (SourceReference source : generator.spec().sources()) {
            out.println(EscapedText.of("source @%s: %s, revision %s"
                    .formatted(
                            source.alias(),
                            SourceKey.of(generator, source),
                            sources.getOrDefault(source.alias(), "unknown, because the source is missing"))));
        }
    }

    void print(ArtifactId id, Provenance provenance, PrintStream out) {
        out.println();
        out.println("artifact %s:".formatted(id.shown()));
        printOperations(provenance, out);
        List<List<String>> rows = new ArrayList<>();
        provenance.files().forEach(file -> addRows(file, rows));
        for (Ignored ignored : provenance.ignored()) {
            for (Step step : ignored.file().current()) {
                rows.add(row(ignored.file().path().toString(), step, "ignored by \"%s\"".formatted(ignored.pattern())));
            }
        }
        for (LeftOut left : provenance.leftOut()) {
            String from = "@%s/%s%s".formatted(left.alias(), left.from(), left.isDirectory() ? "/" : "");
            rows.add(shown("-", from, reason(left)));
        }
        new TextTable(List.of("FILE", "FROM", "BY"), rows).print(out);
    }

    private static void printOperations(Provenance provenance, PrintStream out) {
        for (int i = 0; i < provenance.operations().size(); i++) {
            CopyOperation copy = provenance.operations().get(i);
            String nothing = provenance.nothing().get(i);
            out.println(EscapedText.of("copy[%d] from \"%s\" to \"%s\"%s"
                    .formatted(i, copy.from(), copy.to(), nothing == null ? "" : ": nothing copied, " + nothing)));
        }
    }

    /** One row for each source of the content, then one for each that was overwritten. */
    private static void addRows(Origin file, List<List<String>> rows) {
        String path = file.path().toString();
        for (Step step : file.current()) {
            rows.add(row(path, step, "%s by copy[%d]".formatted(word(step), step.operation())));
            path = "";
        }
        int replacement = file.current().get(0).operation();
        for (Step step : file.overwritten()) {
            rows.add(row(
                    "",
                    step,
                    "%s by copy[%d], overwritten by copy[%d]".formatted(word(step), step.operation(), replacement)));
        }
    }

    private static List<String> row(String path, Step step, String by) {
        String member = step.member() == null ? "" : "%s in ".formatted(step.member());
        return shown(path, "%s@%s/%s".formatted(member, step.alias(), step.from()), by);
    }

    private static List<String> shown(String path, String from, String by) {
        return List.of(EscapedText.ofLine(path), EscapedText.ofLine(from), EscapedText.ofLine(by));
    }

    private static String reason(LeftOut left) {
        return left.pattern() == null
                ? "skipped by copy[%d]: not a .tar.gz or .tgz file".formatted(left.operation())
                : "excluded by \"%s\" of copy[%d]".formatted(left.pattern(), left.operation());
    }

    private static String word(Step step) {
        return step.action().name().toLowerCase(Locale.ROOT);
    }

    JsonArray sourcesJson() {
        JsonArray all = new JsonArray();
        for (SourceReference source : generator.spec().sources()) {
            SourceKey key = SourceKey.of(generator, source);
            JsonObject json = new JsonObject();
            json.addProperty("alias", source.alias());
            json.addProperty("kind", key.kind());
            json.addProperty("namespace", key.namespace());
            json.addProperty("name", key.name());
            json.addProperty("revision", sources.get(source.alias()));
            all.add(json);
        }
        return all;
    }

    static JsonObject json(Provenance provenance) {
        JsonArray operations = new JsonArray();
        for (int i = 0; i < provenance.operations().size(); i++) {
            CopyOperation copy = provenance.operations().get(i);
            JsonObject json = new JsonObject();
            json.addProperty("from", copy.from());
            json.addProperty("to", copy.to());
            json.addProperty("nothing", provenance.nothing().get(i));
            operations.add(json);
        }
        JsonArray files = new JsonArray();
        provenance.files().forEach(file -> files.add(json(file)));
        JsonArray ignored = new JsonArray();
        for (Ignored file : provenance.ignored()) {
            JsonObject json = json(file.file());
            json.addProperty("pattern", file.pattern());
            ignored.add(json);
        }
        JsonArray leftOut = new JsonArray();
        provenance.leftOut().forEach(left -> leftOut.add(json(left)));
        JsonObject json = new JsonObject();
        json.add("operations", operations);
        json.add("files", files);
        json.add("ignored", ignored);
        json.add("leftOut", leftOut);
        return json;
    }

    private static JsonObject json(Origin file) {
        JsonObject json = new JsonObject();
        json.addProperty("path", file.path().toString());
        JsonArray current = new JsonArray();
        file.current().forEach(step -> current.add(json(step)));
        JsonArray overwritten = new JsonArray();
        file.overwritten().forEach(step -> overwritten.add(json(step)));
        json.add("from", current);
        json.add("overwritten", overwritten);
        return json;
    }

    private static JsonObject json(Step step) {
        JsonObject json = new JsonObject();
        json.addProperty("action", word(step));
        json.addProperty("operation", step.operation());
        json.addProperty("source", step.alias());
        json.addProperty("path", step.from().toString());
        json.addProperty("member", step.member() == null ? null : step.member().toString());
        return json;
    }

    private static JsonObject json(LeftOut left) {
        JsonObject json = new JsonObject();
        json.addProperty("operation", left.operation());
        json.addProperty("source", left.alias());
        json.addProperty("path", left.from().toString());
        json.addProperty("directory", left.isDirectory());
        json.addProperty("exclude", left.pattern());
        return json;
    }
}
