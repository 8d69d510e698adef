package dev.sluice.reconciler.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.reconciler.cluster.FakeCluster;
import dev.sluice.reconciler.cluster.GeneratorReader;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.cluster.SourceKey;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.SourceReference;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GeneratorGraphTest {

    private static final int LONG = 10_000;

    private final FakeCluster cluster = new FakeCluster();

    @Test
    void startsTheCycleAtTheGivenGenerator() throws Exception {
        cluster.with(generator("a", "c"), generator("b", "a"), generator("c", "b"));

        assertThat(graph(cluster).cycleThrough(generator("a", "c")))
                .containsExactly("apps/a", "apps/c", "apps/b", "apps/a");
    }

    @Test
    void excludesAGeneratorThatOnlyUsesACycle() throws Exception {
        cluster.with(generator("a", "b"), generator("b", "a"));

        assertThat(graph(cluster).cycleThrough(generator("user", "a"))).isEmpty();
    }

    @Test
    void findsTheShortestCycle() throws Exception {
        ArtifactGenerator hub = Samples.generator(
                "hub",
                Samples.spec(List.of(Samples.generated("x", "c-out"), Samples.generated("y", "b-out")), "hub-out"));
        cluster.with(hub, generator("b", "hub"), generator("c", "b"));

        assertThat(graph(cluster).cycleThrough(hub)).containsExactly("apps/hub", "apps/b", "apps/hub");
    }

    @Test
    void findsOutputsOfAPathPatternByLabel() throws Exception {
        ArtifactGeneratorSpec plain = generator("a", "b").spec();
        ArtifactGenerator templates =
                Samples.generator("a", new ArtifactGeneratorSpec(plain.sources(), plain.artifacts(), "@b/{n}", null));
        cluster.with(templates, generator("b", "a")).with(Samples.externalArtifact("a-out", "a"));

        assertThat(graph(cluster).cycleThrough(templates)).containsExactly("apps/a", "apps/b", "apps/a");
    }

    @Test
    void ignoresLabelsInOtherNamespaces() throws Exception {
        ExternalArtifact lie = Samples.externalArtifact("lie", "a");
        lie.metadata().setNamespace("elsewhere");
        SourceReference crossing = new SourceReference("in", "ExternalArtifact", "lie", "elsewhere");
        ArtifactGenerator reader = Samples.generator("a", Samples.spec(List.of(crossing), "a-out"));
        cluster.with(reader).with(lie);

        assertThat(graph(cluster).cycleThrough(reader)).isEmpty();
    }

    /** A spec can name any output; only what is published counts, else it could stall the generators of others. */
    @Test
    void ignoresOutputsThatASpecOfAnotherNamespaceOnlyNames() throws Exception {
        ArtifactGenerator victim = Samples.generator(
                "victim",
                Samples.spec(List.of(new SourceReference("in", "ExternalArtifact", "shared", "tenant-b")), "out"));
        ArtifactGenerator attacker = Samples.generator(
                "attacker",
                new ArtifactGeneratorSpec(
                        List.of(Samples.generated("in", "out")),
                        List.of(Samples.output("tenant-b", "shared")),
                        null,
                        null));
        cluster.with(victim, attacker);
        assertThat(graph(cluster).cycleThrough(victim)).isEmpty();

        cluster.with(Samples.externalArtifact("tenant-b", "shared", "attacker"));
        assertThat(graph(cluster).cycleThrough(victim)).as("a copied label").isEmpty();

        cluster.with(Samples.withInventory(attacker, Samples.entry("tenant-b", "shared")));
        assertThat(graph(cluster).cycleThrough(victim))
                .as("published")
                .containsExactly("apps/victim", "apps/attacker", "apps/victim");
    }

    @Test
    void findsItsOwnOutputInAnotherNamespace() throws Exception {
        ArtifactGenerator own = Samples.generator(
                "own",
                new ArtifactGeneratorSpec(
                        List.of(new SourceReference("in", "ExternalArtifact", "a", "tenant-b")),
                        List.of(Samples.output("tenant-b", "a")),
                        null,
                        null));

        assertThat(graph(cluster).cycleThrough(own)).containsExactly("tenant-b/a");
        assertThat(GeneratorGraph.ownOutputAmongSources(own)).containsExactly("tenant-b/a");
    }

    @Test
    @Timeout(30)
    void followsAChainOfTenThousandGenerators() throws Exception {
        Chain chain = new Chain(false);

        assertThat(new GeneratorGraph(chain, cluster).cycleThrough(chain.byNumber(LONG - 1)))
                .isEmpty();
    }

    @Test
    @Timeout(30)
    void shortensACycleOfTenThousandGenerators() {
        Chain chain = new Chain(true);
        SpecValidator validator = new SpecValidator(false, new GeneratorGraph(chain, cluster));

        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> validator.validate(chain.byNumber(0)))
                .withMessageStartingWith("the generator is part of a cycle: apps/g0 -> apps/g9999 -> ")
                .withMessageEndingWith(" -> … (10000 generators in total)")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1_000));
    }

    @Test
    @Timeout(30)
    void followsAnOutputWithThousandsOfProducersOnce() throws Exception {
        Crowd crowd = new Crowd(5_000, 100);

        assertThat(new GeneratorGraph(crowd, cluster).cycleThrough(generator("user", "shared")))
                .isEmpty();
    }

    @Test
    void reportsASearchThatExceedsItsLimit() {
        Crowd crowd = new Crowd(GeneratorGraph.MAX_USES + 1, 1);

        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> new GeneratorGraph(crowd, cluster).cycleThrough(generator("user", "shared")))
                .withMessage("the generator depends on more than 20000 outputs of other generators, directly or through"
                        + " them; use fewer");
    }

    @Test
    void anInterruptEndsASearch() {
        Chain chain = new Chain(false);
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(InterruptedIOException.class)
                    .isThrownBy(() -> new GeneratorGraph(chain, cluster).cycleThrough(chain.byNumber(LONG - 1)));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static GeneratorGraph graph(FakeCluster cluster) {
        return new GeneratorGraph(cluster, cluster);
    }

    /** Publishes NAME-out from the output of another generator. */
    private static ArtifactGenerator generator(String name, String uses) {
        return Samples.generator(name, Samples.spec(List.of(Samples.generated("in", uses + "-out")), name + "-out"));
    }

    /** Generators for {@link #get} and {@link #naming}. */
    private abstract static class Generators implements GeneratorReader {

        final Map<ObjectKey, ArtifactGenerator> byKey = new HashMap<>();

        @Override
        public Optional<ArtifactGenerator> get(ObjectKey key) {
            return Optional.ofNullable(byKey.get(key));
        }

        @Override
        public Optional<ArtifactGenerator> read(ObjectKey key) {
            return get(key);
        }

        @Override
        public Optional<ArtifactGenerator> withUid(String uid) {
            return Optional.empty();
        }

        @Override
        public List<ObjectKey> using(SourceKey source) {
            return List.of();
        }

        @Override
        public boolean isAlive(String uid, ObjectKey key) {
            return false;
        }
    }

    /** Generators that each use the previous one; the first uses none or, in a ring, the last. */
    private static final class Chain extends Generators {

        Chain(boolean ring) {
            for (int i = 0; i < LONG; i++) {
                ArtifactGenerator generator = i == 0 && !ring
                        ? Samples.generator("g0", "g0-out")
                        : generator("g" + i, "g" + Math.floorMod(i - 1, LONG));
                byKey.put(generator.key(), generator);
            }
        }

        ArtifactGenerator byNumber(int number) {
            return get(Samples.key("g" + number)).orElseThrow();
        }

        @Override
        public List<ArtifactGenerator> naming(ObjectKey externalArtifact) {
            return get(Samples.key(externalArtifact.name().replace("-out", ""))).stream()
                    .toList();
        }
    }

    /** Generators that all have the same output and use it many times. */
    private static final class Crowd extends Generators {

        Crowd(int count, int uses) {
            List<SourceReference> sources = IntStream.range(0, uses)
                    .mapToObj(i -> Samples.generated("s" + i, "shared-out"))
                    .toList();
            for (int i = 0; i < count; i++) {
                ArtifactGenerator generator = Samples.generator("g" + i, Samples.spec(sources, "shared-out"));
                byKey.put(generator.key(), generator);
            }
        }

        @Override
        public List<ArtifactGenerator> naming(ObjectKey externalArtifact) {
            return externalArtifact.name().equals("shared-out") ? List.copyOf(byKey.values()) : List.of();
        }
    }
}
