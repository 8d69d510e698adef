package dev.sluice.launcher.view;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.launcher.source.LocalSource;
import dev.sluice.launcher.source.SourceEvents;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The terminal view. Prints each change with its duration, and an overview of all sources and artifacts after the
 * changes have settled. Thread-safe.
 */
public final class TerminalView implements SourceEvents {

    private final Terminal terminal;
    private final Hints hints;
    private final Instant started;
    private final Map<String, SourceRow> sources = new TreeMap<>();
    private final Map<ObjectKey, Artifact> artifacts = new TreeMap<>();
    private final Map<ObjectKey, String> readiness = new TreeMap<>();
    private final Map<ObjectKey, String> generators = new TreeMap<>();
    private @Nullable Instant lastSourceChange;
    private @Nullable Instant lastChange;
    private boolean anyArtifactYet;

    private record SourceRow(Artifact artifact, int files) {}

    public TerminalView(Terminal terminal, Hints hints, Instant started) {
        this.terminal = terminal;
        this.hints = hints;
        this.started = started;
    }

    @Override
    public synchronized void published(LocalSource source, Artifact artifact, int files, Duration took) {
        sources.put(source.name(), new SourceRow(artifact, files));
        lastSourceChange = Instant.now().minus(took);
        touched();
        terminal.event(
                "source",
                "%s  %s  %d files, published in %s"
                        .formatted(source.name(), Amounts.revision(artifact.revision()), files, Amounts.seconds(took)));
    }

    @Override
    public synchronized void failed(LocalSource source, String problem) {
        terminal.problem("source", "%s: %s".formatted(source.name(), problem));
    }

    @Override
    public synchronized void recovered(LocalSource source) {
        terminal.event("source", "%s: readable again, content unchanged".formatted(source.name()));
    }

    /** An ExternalArtifact appeared or changed. */
    public synchronized void artifactSeen(ExternalArtifact object) {
        ObjectKey key = object.key();
        readiness.put(key, readyOf(object.conditions()));
        Artifact artifact = object.artifact().orElse(null);
        if (artifact == null) {
            return;
        }
        Artifact before = artifacts.put(key, artifact);
        if (before != null && before.revision().equals(artifact.revision())) {
            return;
        }
        touched();
        terminal.event(
                Terminal.Style.GOOD,
                "artifact",
                "%s  %s  %s%s"
                        .formatted(
                                key,
                                Amounts.revision(artifact.revision()),
                                Amounts.size(artifact.size()),
                                timing(before)));
    }

    /** An ExternalArtifact was deleted. */
    public synchronized void artifactGone(ObjectKey key) {
        readiness.remove(key);
        if (artifacts.remove(key) != null) {
            touched();
            terminal.event("artifact", key + "  removed");
        }
    }

    /** An ArtifactGenerator appeared or changed. */
    public synchronized void generatorSeen(ArtifactGenerator generator) {
        String state = Conditions.find(generator.conditions(), ConditionTypes.READY)
                .filter(ready -> !Conditions.UNKNOWN.equals(ready.getStatus()))
                .map(ready -> "%s: %s"
                        .formatted(
                                Conditions.TRUE.equals(ready.getStatus()) ? "Ready" : ready.getReason(),
                                ready.getMessage()))
                .orElse("");
        generators.putIfAbsent(generator.key(), "");
        if (state.isEmpty() || state.equals(generators.put(generator.key(), state))) {
            return; // a retry with the same result is not printed again
        }
        touched();
        boolean good = state.startsWith("Ready");
        terminal.event(good ? Terminal.Style.GOOD : Terminal.Style.BAD, "generator", generator.key() + "  " + state);
    }

    /** An ArtifactGenerator was deleted. */
    public synchronized void generatorGone(ObjectKey key) {
        if (generators.remove(key) != null) {
            touched();
            terminal.event("generator", key + "  removed");
        }
    }

    /** Prints the overview if something changed and no change followed for the given time. */
    public synchronized void showWhenQuiet(Duration quiet) {
        if (lastChange != null && Duration.between(lastChange, Instant.now()).compareTo(quiet) > 0) {
            lastChange = null;
            lastSourceChange = null;
            terminal.print(overview());
        }
    }

    private void touched() {
        lastChange = Instant.now();
    }

    private String timing(@Nullable Artifact before) {
        if (!anyArtifactYet) {
            anyArtifactYet = true;
            return ", %s after startup".formatted(Amounts.seconds(Duration.between(started, Instant.now())));
        }
        return before == null || lastSourceChange == null
                ? ""
                : ", %s after the change was detected"
                        .formatted(Amounts.seconds(Duration.between(lastSourceChange, Instant.now())));
    }

    private String overview() {
        Table sourceTable = new Table("SOURCE", "REVISION", "FILES", "SIZE");
        sources.forEach((name, row) -> sourceTable.add(
                "GitRepository default/" + name,
                Amounts.revision(row.artifact().revision()),
                String.valueOf(row.files()),
                Amounts.size(row.artifact().size())));
        Table artifactTable = new Table("EXTERNAL ARTIFACT", "READY", "REVISION", "SIZE", "URL");
        artifacts.forEach((key, artifact) -> artifactTable.add(
                key.toString(),
                readiness.getOrDefault(key, "-"),
                Amounts.revision(artifact.revision()),
                Amounts.size(artifact.size()),
                artifact.url()));
        StringBuilder text = new StringBuilder(System.lineSeparator());
        if (!sourceTable.isEmpty()) {
            text.append(sourceTable).append(System.lineSeparator()).append(System.lineSeparator());
        }
        text.append(artifactTable.isEmpty() ? "  no ExternalArtifact yet" : artifactTable.toString());
        text.append(System.lineSeparator()).append(System.lineSeparator());
        return text.append(hints.text(artifacts.values().stream().findFirst().orElse(null)))
                .append(System.lineSeparator())
                .toString();
    }

    private static String readyOf(java.util.List<io.kubernetes.client.openapi.models.V1Condition> conditions) {
        return Conditions.find(conditions, ConditionTypes.READY)
                .map(ready -> Objects.requireNonNullElse(ready.getStatus(), "-"))
                .orElse("-");
    }
}
