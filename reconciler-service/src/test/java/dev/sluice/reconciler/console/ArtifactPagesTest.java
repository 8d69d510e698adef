package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.config.ListenAddress;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.publish.StorageFixture;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests who is named as the owner of an artifact, and that what a tenant writes into its status is only text. */
class ArtifactPagesTest {

    private static final Instant NOW = Instant.parse("2026-11-01T00:10:00Z");
    private static final Shell SHELL = new Shell("", "", "", "1");

    @TempDir
    Path temporary;

    private final GeneratorInformers informers = CachedObjects.none();

    @Test
    void namesTheOwnerFirstAndTheOtherGenerators() throws IOException {
        informers.generators().getIndexer().add(Samples.generator("a-rival", "part"));
        informers.generators().getIndexer().add(Samples.generator("gen", "part"));
        informers.generators().getIndexer().add(Samples.generator("unrelated", "other"));
        add(Samples.externalArtifact("part", "gen"));

        ArtifactPage page = page("");

        assertThat(page.isContested()).isTrue();
        assertThat(page.owners().stream().map(owner -> owner.name() + " " + owner.relation()))
                .containsExactly("apps/gen publishes it", "apps/a-rival also names it, but is not the owner");
    }

    @Test
    void saysIfTheGeneratorIsUnknownOrHidden() throws IOException {
        add(Samples.externalArtifact("part", "gone"));

        assertThat(page("").owners().stream().map(ArtifactPage.Owner::name)).containsExactly("an unknown generator");
    }

    @Test
    void doesNotTrustThePathAndUrlOfTheStatus() throws IOException {
        add(Samples.offering(
                Samples.externalArtifact("part", "gen"),
                Artifact.of("externalartifact/other/part/1.tar.gz", "http://x/';rm -rf /;'", "main")));

        ArtifactPage page = page("");

        assertThat(page.curl()).isEqualTo("curl -fsSLO -g 'http://x/'\\'';rm -rf /;'\\'''");
        assertThat(page.revisions()).isEmpty();
        assertThat(StoredRevisions.currentFile(Samples.offering(
                        Samples.externalArtifact("part", "gen"),
                        Artifact.of("externalartifact/other/part/1.tar.gz", "http://x/", "main"))))
                .isEmpty();
    }

    /** An option of curl could write a file. */
    @Test
    void offersNoCommandForAUrlThatIsNotHttp() throws IOException {
        add(Samples.offering(Samples.externalArtifact("part", "gen"), Artifact.of("x", "--output=/tmp/x", "main")));

        assertThat(page("").curl()).isEmpty();
    }

    private void add(ExternalArtifact artifact) {
        informers.externalArtifacts().getIndexer().add(artifact);
    }

    private ArtifactPage page(String namespaces) throws IOException {
        ConsoleOptions options =
                new ConsoleOptions(ListenAddress.parse(":0"), true, VisibleNamespaces.parse(namespaces));
        StoredRevisions stored =
                new StoredRevisions(StorageFixture.in(temporary).storage());
        return new ArtifactPages(informers, stored, options)
                .of(Samples.key("part"), SHELL, NOW)
                .orElseThrow();
    }
}
