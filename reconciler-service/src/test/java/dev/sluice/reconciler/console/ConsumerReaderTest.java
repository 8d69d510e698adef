package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.console.Consumer.Use;
import dev.sluice.reconciler.console.ConsumerReader.Consumers;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests which consumers the graph reads from the API server, and how many requests it sends. */
class ConsumerReaderTest {

    private static final String KUSTOMIZATIONS = "/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations";
    private static final String HELM_RELEASES = "/apis/helm.toolkit.fluxcd.io/v2/helmreleases";

    private final long[] now = {0};
    private FakeApi api;
    private ConsumerReader reader;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
        reader = new ConsumerReader(api.client(), "", () -> now[0]);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void findsTheUsersOfArtifactsOnAllPages() {
        api.answer(KUSTOMIZATIONS, FakeApi.list("second", """
                {"metadata": {"namespace": "apps", "name": "a"}, "spec": {"sourceRef": %s},
                 "status": {"conditions": [{"type": "Ready", "status": "False", "message": "no such path"}]}},
                {"metadata": {"namespace": "apps", "name": "git"}, "spec": {"sourceRef": {"kind": "GitRepository", "name": "out"}}}
                """.formatted(reference(""))));
        api.answer(KUSTOMIZATIONS + " second", FakeApi.list("", """
                {"metadata": {"namespace": "team", "name": "b"}, "spec": {"suspend": true, "sourceRef": %s}}
                """.formatted(reference("apps"))));
        api.answer(HELM_RELEASES, FakeApi.list("", """
                {"metadata": {"namespace": "apps", "name": "c"}, "spec": {"chartRef": %s},
                 "status": {"conditions": [{"type": "Ready", "status": "True"}]}},
                {"metadata": {"namespace": "apps", "name": "d"}, "spec": {}}
                """.formatted(reference(""))));

        Consumers consumers = reader.read();

        assertThat(consumers.notices()).isEmpty();
        assertThat(consumers.uses()).allMatch(use -> use.artifact().equals(Samples.key("out")));
        assertThat(consumers.uses().stream().map(Use::consumer).map(node -> node.id() + " " + node.state()))
                .containsExactly(
                        "Kustomization/apps/a FAILING", "Kustomization/team/b SUSPENDED", "HelmRelease/apps/c READY");
        assertThat(consumers.uses().get(0).consumer().message()).isEqualTo("no such path");
    }

    @Test
    void saysWhyAKindIsMissing() {
        api.answer(KUSTOMIZATIONS, "403");

        assertThat(reader.read().notices())
                .satisfiesExactly(
                        forbidden -> assertThat(forbidden)
                                .contains(
                                        "Kustomization are not shown",
                                        "is not permitted to list them",
                                        "console.consumers=true"),
                        unknown -> assertThat(unknown)
                                .contains("HelmRelease are not shown", "the cluster does not have this kind"));
    }

    @Test
    void asksRarelyAndEndsAtALimit() {
        api.answer(KUSTOMIZATIONS, FakeApi.list("x", ""));
        api.answer(KUSTOMIZATIONS + " x", FakeApi.list("x", ""));
        api.answer(HELM_RELEASES, FakeApi.list("", ""));

        assertThat(reader.read().notices()).singleElement().asString().contains("there are too many");
        assertThat(api.queries()).hasSize(21);
        now[0] = ConsumerReader.MAX_AGE.toNanos() - 1;
        assertThat(reader.read()).isSameAs(reader.read());
        assertThat(api.queries()).hasSize(21);
        now[0] = ConsumerReader.MAX_AGE.toNanos();
        assertThat(reader.read().uses()).isEmpty();
        assertThat(api.queries()).hasSize(42);
    }

    private static String reference(String namespace) {
        return "{\"kind\": \"ExternalArtifact\", \"name\": \"out\", \"namespace\": \"%s\"}".formatted(namespace);
    }
}
