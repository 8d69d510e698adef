package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.config.ListenAddress;
import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.cluster.SourceKey;
import dev.sluice.reconciler.console.EventReader.Event;
import dev.sluice.reconciler.console.EventReader.Events;
import dev.sluice.reconciler.history.NextRun;
import dev.sluice.reconciler.history.RunEnd;
import dev.sluice.reconciler.history.RunHistory;
import dev.sluice.reconciler.publish.DriftReason;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.source.GitRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests what the page of a generator says about its sources, its runs and what it waits for. */
class GeneratorPagesTest {

    private static final Instant NOW = Instant.parse("2026-11-01T00:10:00Z");
    private static final Shell SHELL = new Shell("", "", "", "1");

    private final GeneratorInformers informers = CachedObjects.none();
    private final RunHistory history = new RunHistory(Clock.fixed(NOW, ZoneOffset.UTC));
    private Events events = new Events(List.of(), "");

    @Test
    void saysThatASourceIsGone() {
        add(failed("get sources failed: source 'GitRepository/apps/app' not found"));

        GeneratorPage page = page("");

        assertThat(page.sources()).singleElement().satisfies(source -> {
            assertThat(source.row().state()).isEqualTo(State.STALLED);
            assertThat(source.row().message()).isEqualTo("does not exist");
            assertThat(source.row().advice()).contains("Create the source");
        });
        assertThat(page.row().state()).isEqualTo(State.FAILING);
        assertThat(page.row().advice())
                .isEqualTo("Create the source, or correct its name in the spec. The controller retries.");
        assertThat(page.waits()).contains("source @app: stalled");
    }

    @Test
    void saysThatItWaitsForASourceAndUntilWhen() {
        add(failed("get sources failed: source 'GitRepository/apps/app' is not ready"));
        addSource("{}", "{}");
        run(RunEnd.FAILED, "", NextRun.in(Duration.ofMinutes(5)));

        GeneratorPage page = page("");

        assertThat(page.row().advice()).contains("The generator waits until the source has an artifact");
        assertThat(page.waits()).isEqualTo("source @app: not reconciled yet; the next run without a change is in 5m");
    }

    @Test
    void saysThatASourceIsSuspendedOrHidden() {
        add(Samples.generator("gen", "out"));
        addSource("{\"suspend\": true}", "{}");

        assertThat(page("").waits()).contains("source @app: suspended");
        assertThat(new SourceLookup(informers, VisibleNamespaces.parse("other"))
                        .find(new SourceKey("GitRepository", "apps", "app"))
                        .message())
                .isEqualTo("not shown: its namespace is not in --console-namespaces");
    }

    @Test
    void saysWhenARunFollows() {
        add(failed("no such path"));
        run(RunEnd.FAILED, "", NextRun.backOff());
        assertThat(page("").waits()).endsWith("the next run starts after the back-off");
        run(RunEnd.STALLED, "", NextRun.never());
        assertThat(page("").waits()).endsWith("the next run starts when the spec or a source changes, or on request");
    }

    @Test
    void saysThatARunRepairedAnArtifact() {
        add(GeneratorItemsTest.with(
                Samples.generator("gen", "out"), GeneratorItemsTest.ready("True", "Succeeded", "", 3)));
        run(RunEnd.READY, DriftReason.ARTIFACT_CORRUPTED.description(), NextRun.never());
        run(RunEnd.READY, DriftReason.ARTIFACT_MISSING.description(), NextRun.never());

        assertThat(page("").runs().bars().stream().map(RunChart.Bar::why))
                .containsExactly("an artifact is missing from storage", "a stored artifact failed its integrity check");
        assertThat(page("").row().state()).isEqualTo(State.READY);
    }

    @Test
    void saysThatAnArtifactIsHidden() {
        add(Samples.withInventory(Samples.generator("gen", "out"), Samples.entry("other", "out")));

        assertThat(page("apps").artifacts()).singleElement().satisfies(artifact -> {
            assertThat(artifact.name()).isEqualTo("other/out");
            assertThat(artifact.message()).isEqualTo("not shown: its namespace is not in --console-namespaces");
        });
        assertThat(page("").artifacts().get(0).message()).isEqualTo("not in the cache");
    }

    @Test
    void showsEvents() {
        add(Samples.generator("gen", "out"));
        events = new Events(List.of(new Event("Warning", "BuildFailed", "no such path", 3, NOW.minusSeconds(60))), "x");

        GeneratorPage page = page("");

        assertThat(page.events())
                .containsExactly(new GeneratorPage.EventLine(
                        "Warning", "BuildFailed", "no such path", 3, "1m", "2026-11-01T00:09:00Z"));
        assertThat(page.eventsNotice()).isEqualTo("x");
    }

    private void add(ArtifactGenerator generator) {
        informers.generators().getIndexer().add(generator);
    }

    private void addSource(String spec, String status) {
        informers
                .gitRepositories()
                .getIndexer()
                .add(ToolkitJson.gson()
                        .fromJson(
                                "{\"metadata\": {\"namespace\": \"apps\", \"name\": \"app\"}, \"spec\": %s, \"status\": %s}"
                                        .formatted(spec, status),
                                GitRepository.class));
    }

    private static ArtifactGenerator failed(String message) {
        return GeneratorItemsTest.with(
                Samples.generator("gen", "out"), GeneratorItemsTest.ready("False", "SourceFetchFailed", message, 3));
    }

    private void run(RunEnd end, String why, NextRun next) {
        history.began(Samples.key("gen"));
        if (!why.isEmpty()) {
            history.builds(why);
        }
        history.ended(end, "", next);
    }

    private GeneratorPage page(String namespaces) {
        ConsoleOptions options =
                new ConsoleOptions(ListenAddress.parse(":0"), true, VisibleNamespaces.parse(namespaces));
        return new GeneratorPages(informers, options, history, key -> events)
                .of(Samples.key("gen"), SHELL, NOW)
                .orElseThrow();
    }
}
