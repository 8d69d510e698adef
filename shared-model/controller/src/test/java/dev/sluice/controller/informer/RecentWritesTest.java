package dev.sluice.controller.informer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.junit.jupiter.api.Test;

class RecentWritesTest {

    private static final ExternalArtifact NINE = version("9");
    private static final ExternalArtifact TEN = version("10");

    private final RecentWrites<ExternalArtifact> writes = new RecentWrites<>();

    @Test
    void returnsTheWrittenObjectWhileTheCacheLags() {
        writes.record(TEN);

        assertThat(writes.newest(NINE)).isSameAs(TEN);
        assertThat(writes.newest(version("11")).metadata().getResourceVersion()).isEqualTo("11");
    }

    @Test
    void returnsTheCachedObjectIfNothingWasWritten() {
        assertThat(writes.newest(NINE)).isSameAs(NINE);
        assertThat(writes.covers(NINE)).isFalse();
    }

    @Test
    void aWriteCoversItselfAndOlderVersions() {
        writes.record(TEN);

        assertThat(writes.covers(NINE)).isTrue();
        assertThat(writes.covers(TEN)).isTrue();
        assertThat(writes.covers(version("11"))).isFalse();
    }

    @Test
    void anOlderWriteDoesNotReplaceANewerOne() {
        writes.record(TEN);
        writes.record(NINE);

        assertThat(writes.find(TEN.key())).contains(TEN);
    }

    @Test
    void releasesAnObjectThatTheCacheContainsAndStillCoversIt() {
        writes.record(TEN);
        writes.caughtUp(NINE);
        assertThat(writes.find(TEN.key())).as("the cache lags").contains(TEN);

        writes.caughtUp(TEN);

        assertThat(writes.find(TEN.key())).isEmpty();
        assertThat(writes.all()).isEmpty();
        assertThat(writes.covers(TEN)).isTrue();
        assertThat(writes.covers(version("11"))).isFalse();
        writes.gone(TEN);
        assertThat(writes.covers(TEN)).isFalse();
    }

    @Test
    void holdsALaterWriteAgain() {
        writes.record(NINE);
        writes.caughtUp(NINE);
        writes.record(TEN);

        assertThat(writes.find(TEN.key())).contains(TEN);
    }

    @Test
    void returnsOnlyTheObjectsThatNoCacheContains() {
        writes.record(NINE);
        assertThat(writes.all()).containsExactly(NINE);
        writes.caughtUp(NINE);
        assertThat(writes.all()).isEmpty();

        writes.record(TEN);
        assertThat(writes.all()).containsExactly(TEN);

        writes.gone(TEN);
        assertThat(writes.all()).isEmpty();
    }

    @Test
    void forgetsAnObject() {
        writes.record(TEN);
        writes.forget(TEN.key());

        assertThat(writes.find(TEN.key())).isEmpty();
        assertThat(writes.all()).isEmpty();
    }

    @Test
    void ignoresAResponseThatArrivesAfterTheDeletion() {
        writes.gone(NINE);
        writes.record(TEN);

        assertThat(writes.find(TEN.key())).isEmpty();
    }

    @Test
    void theDeletionOfAnObjectDoesNotAffectARecreatedOne() {
        writes.record(TEN);
        ExternalArtifact predecessor = NINE.withMetadata(new V1ObjectMeta()
                .namespace(NINE.key().namespace())
                .name(NINE.key().name())
                .uid("uid-of-another"));

        writes.gone(predecessor);

        assertThat(writes.find(TEN.key())).contains(TEN);
    }

    private static ExternalArtifact version(String resourceVersion) {
        return new ExternalArtifact(
                new V1ObjectMeta().namespace("apps").name("a").uid("uid-of-a").resourceVersion(resourceVersion),
                new ExternalArtifactSpec(new NamespacedObjectKindReference(null, "ArtifactGenerator", "gen", "apps")));
    }
}
