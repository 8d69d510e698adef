package dev.sluice.controller.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactSpec;
import dev.sluice.toolkit.source.ExternalArtifactStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RevisionChangeTest {

    private static final ExternalArtifact NOTHING_YET =
            new ExternalArtifact(new V1ObjectMeta().namespace("apps").name("one"), new ExternalArtifactSpec(null));

    record Case(
            String name,
            @Nullable ExternalArtifact before,
            @Nullable ExternalArtifact after,
            boolean expected) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        ExternalArtifact one = offering("main@sha1:1", "sha256:a");
        return Stream.of(
                new Case("a new source without an artifact", null, NOTHING_YET, false),
                new Case("a new source with an artifact", null, one, true),
                new Case("the first artifact", NOTHING_YET, one, true),
                new Case("the same artifact", one, offering("main@sha1:1", "sha256:a"), false),
                new Case("another file of the same revision", one, offering("main@sha1:1", "sha256:b"), false),
                new Case("another revision", one, offering("main@sha1:2", "sha256:b"), true),
                new Case("a removed artifact", one, NOTHING_YET, false),
                new Case("a deleted source", one, null, false),
                new Case("no source before and after", null, null, false));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reportsOnlyANewRevision(Case change) {
        assertThat(RevisionChange.isNewRevision(change.before, change.after)).isEqualTo(change.expected);
    }

    @Test
    void passesTheCurrentSource() {
        List<ExternalArtifact> seen = new ArrayList<>();
        RevisionChange<ExternalArtifact> change = new RevisionChange<>(seen::add);
        ExternalArtifact first = offering("v1", "sha256:a");
        ExternalArtifact second = offering("v2", "sha256:b");

        change.changed(null, first);
        change.changed(first, first);
        change.changed(first, second);
        change.changed(second, null);

        assertThat(seen).containsExactly(first, second);
    }

    private static ExternalArtifact offering(String revision, String digest) {
        Artifact artifact =
                Artifact.of("a/b/c/d", "http://server/a/b/c/d", revision).withDigest(digest);
        return NOTHING_YET.withStatus(new ExternalArtifactStatus(List.of(), artifact));
    }
}
