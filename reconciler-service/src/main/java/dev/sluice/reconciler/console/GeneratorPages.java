package dev.sluice.reconciler.console;

import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.cluster.SourceKey;
import dev.sluice.reconciler.console.EventReader.Event;
import dev.sluice.reconciler.console.EventReader.Events;
import dev.sluice.reconciler.console.GeneratorPage.ArtifactLine;
import dev.sluice.reconciler.console.GeneratorPage.ConditionLine;
import dev.sluice.reconciler.console.GeneratorPage.EventLine;
import dev.sluice.reconciler.console.GeneratorPage.SourceLine;
import dev.sluice.reconciler.console.OverviewPage.Row;
import dev.sluice.reconciler.history.NextRun;
import dev.sluice.reconciler.history.PastRun;
import dev.sluice.reconciler.history.RunHistory;
import dev.sluice.reconciler.text.EscapedText;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.extensions.SourceReference;
import dev.sluice.toolkit.json.ToolkitYaml;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.models.V1Condition;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the pages of generators. */
final class GeneratorPages {

    private static final int MAX_ARTIFACTS = 200;
    private static final int MAX_MESSAGE = 200;

    private final GeneratorInformers informers;
    private final VisibleNamespaces namespaces;
    private final boolean contents;
    private final RunHistory history;
    private final Function<ObjectKey, Events> events;
    private final SourceLookup lookup;

    GeneratorPages(
            GeneratorInformers informers,
            ConsoleOptions options,
            RunHistory history,
            Function<ObjectKey, Events> events) {
        this.informers = informers;
        this.namespaces = options.namespaces();
        this.contents = options.contents();
        this.history = history;
        this.events = events;
        this.lookup = new SourceLookup(informers, namespaces);
    }

    Optional<GeneratorPage> of(ObjectKey key, Shell shell, Instant now) {
        ArtifactGenerator generator = informers.generators().getIndexer().getByKey(key.toString());
        return generator == null || !namespaces.includes(key.namespace())
                ? Optional.empty()
                : Optional.of(page(generator, shell, now));
    }

    private GeneratorPage page(ArtifactGenerator generator, Shell shell, Instant now) {
        List<ArtifactInventoryEntry> published = generator.publishedArtifacts();
        List<PastRun> runs = history.of(generator.key());
        List<SourceLine> sources = sources(generator, now);
        Events found = events.apply(generator.key());
        return new GeneratorPage(
                shell,
                Row.of(GeneratorItems.of(generator), now),
                EscapedText.of(manifest(generator)),
                waits(sources, runs, now),
                conditions(generator.conditions(), now),
                sources,
                published.stream().limit(MAX_ARTIFACTS).map(this::line).toList(),
                Math.max(0, published.size() - MAX_ARTIFACTS),
                managedNamespaces(generator),
                RunChart.of(runs, now),
                found.events().stream().map(event -> line(event, now)).toList(),
                found.notice(),
                contents ? Links.preview(generator.key()) : "");
    }

    /** The spec without metadata that is long or of no use to a reader. */
    static String manifest(ArtifactGenerator generator) {
        V1ObjectMeta metadata = new V1ObjectMeta()
                .name(generator.key().name())
                .namespace(generator.key().namespace())
                .labels(generator.metadata().getLabels())
                .annotations(annotations(generator));
        return ToolkitYaml.write(generator.withMetadata(metadata).withStatus(null));
    }

    private static @Nullable Map<String, String> annotations(ArtifactGenerator generator) {
        Map<String, String> all = generator.metadata().getAnnotations();
        if (all == null) {
            return null;
        }
        Map<String, String> shown = new TreeMap<>(all);
        shown.remove("kubectl.kubernetes.io/last-applied-configuration");
        return shown.isEmpty() ? null : shown;
    }

    private List<SourceLine> sources(ArtifactGenerator generator, Instant now) {
        List<SourceLine> lines = new ArrayList<>();
        for (SourceReference reference : generator.spec().sources()) {
            SourceKey key = SourceKey.of(generator, reference);
            lines.add(new SourceLine(reference.alias(), Row.of(lookup.find(key), now)));
        }
        return lines;
    }

    private static EventLine line(Event event, Instant now) {
        return new EventLine(
                event.type(),
                event.reason(),
                event.message(),
                event.count(),
                Units.age(event.last(), now),
                Units.iso(event.last()));
    }

    /** What the generator waits for, and until when. */
    private static String waits(List<SourceLine> sources, List<PastRun> runs, Instant now) {
        List<String> parts = new ArrayList<>();
        sources.stream()
                .filter(source -> source.row().state() != State.READY)
                .map(source -> "source @%s: %s"
                        .formatted(source.alias(), source.row().state().label().toLowerCase(Locale.ROOT)))
                .forEach(parts::add);
        runs.stream().findFirst().flatMap(last -> next(last, now)).ifPresent(parts::add);
        return String.join("; ", parts);
    }

    private static Optional<String> next(PastRun last, Instant now) {
        NextRun next = last.next();
        if (next == null) {
            return Optional.empty();
        }
        Duration after = next.after();
        if (after == null) {
            return Optional.of(
                    next.withBackOff()
                            ? "the next run starts after the back-off"
                            : "the next run starts when the spec or a source changes, or on request");
        }
        Instant at = last.started().plus(last.took()).plus(after);
        return Optional.of(
                at.isAfter(now)
                        ? "the next run without a change is in %s".formatted(Units.of(Duration.between(now, at)))
                        : "the next run is due");
    }

    static List<ConditionLine> conditions(List<V1Condition> conditions, Instant now) {
        return conditions.stream()
                .map(condition -> new ConditionLine(
                        EscapedText.of(condition.getType()),
                        EscapedText.of(condition.getStatus()),
                        EscapedText.of(
                                Optional.ofNullable(condition.getReason()).orElse("")),
                        EscapedText.of(
                                Optional.ofNullable(condition.getMessage()).orElse("")),
                        Units.age(instant(condition), now),
                        Units.iso(instant(condition))))
                .toList();
    }

    private static @Nullable Instant instant(V1Condition condition) {
        OffsetDateTime time = condition.getLastTransitionTime();
        return time == null ? null : time.toInstant();
    }

    private ArtifactLine line(ArtifactInventoryEntry entry) {
        ObjectKey key = entry.artifactKey().orElseThrow();
        if (!namespaces.includes(key.namespace())) {
            return new ArtifactLine(key.toString(), "", State.PENDING, VisibleNamespaces.NOT_SHOWN, "");
        }
        ExternalArtifact artifact = informers.externalArtifacts().getIndexer().getByKey(key.toString());
        if (artifact == null) {
            return new ArtifactLine(key.toString(), "", State.PENDING, "not in the cache", "");
        }
        Item item = SourceItems.of(
                Item.Group.ARTIFACTS, ExternalArtifact.TYPE.kind().kind(), artifact);
        return new ArtifactLine(
                key.toString(),
                item.path(),
                item.state(),
                Texts.shortened(item.message(), MAX_MESSAGE),
                Texts.revision(item.revision()));
    }

    private static List<String> managedNamespaces(ArtifactGenerator generator) {
        var status = generator.status();
        return status == null
                ? List.of()
                : status.inventory().stream()
                        .filter(ArtifactInventoryEntry::isNamespace)
                        .map(ArtifactInventoryEntry::name)
                        .map(EscapedText::of)
                        .limit(MAX_ARTIFACTS)
                        .toList();
    }
}
