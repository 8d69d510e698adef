package dev.sluice.controller.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.config.StorageConfig;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.VolumeIdentity;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactSpec;
import dev.sluice.toolkit.source.ExternalArtifactStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide for users of the SDK shows code that compiles and does what the guide says. */
class ArtifactSdkGuideTest {

    private static final Path GUIDE = Path.of("../../docs/artifact-sdk.md");
    private static final Path SOURCE = Path.of("src/test/java/dev/sluice/controller/guide/ArtifactSdkGuide.java");
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- code: ([a-z-]+) -->\n```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// region ([a-z-]+)\n(.*?)\n *// endregion", Pattern.DOTALL);
    private static final ObjectKey KEY = new ObjectKey("apps", "one");

    @TempDir
    Path directory;

    private static Map<String, String> find(Pattern pattern, Path file) throws IOException {
        Map<String, String> found = new TreeMap<>();
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2).stripIndent().strip());
        }
        return found;
    }

    @Test
    void everySnippetIsCompiledCode() throws IOException {
        Map<String, String> snippets = find(SNIPPET, GUIDE);
        assertThat(snippets).isNotEmpty().isEqualTo(find(REGION, SOURCE));
        assertThat(Files.readString(GUIDE).split("```java", -1)).hasSize(snippets.size() + 1);
    }

    @Test
    void theGuideWorksFromConfigurationToVerification() throws IOException {
        Path base = Files.createDirectory(directory.resolve("data"));
        StorageConfig config = ArtifactSdkGuide.configureWithOwnFlags(
                "--storage-path=" + base, "--artifact-retention-records", "1", "--concurrent=3");
        assertThat(config)
                .isEqualTo(ArtifactSdkGuide.configure("--storage-path=" + base, "--artifact-retention-records=1"));
        ArtifactStorage storage = ArtifactSdkGuide.open(config);
        assertThat(VolumeIdentity.read(base)).isPresent();

        Path rendered = Files.createDirectory(directory.resolve("rendered"));
        Files.writeString(rendered.resolve("app.yaml"), "one");
        Artifact first = ArtifactSdkGuide.archive(storage, KEY, rendered);
        Files.writeString(rendered.resolve("app.yaml"), "two");
        Artifact second = ArtifactSdkGuide.archive(storage, KEY, rendered);
        assertThat(second.revision()).isNotEqualTo(first.revision());

        ExternalArtifact published = published(second);
        assertThat(ArtifactSdkGuide.toRebuild(storage, List.of(published))).isEmpty();
        assertThat(ArtifactSdkGuide.collect(storage, second)).containsExactly(storage.localPath(first));
        assertThat(ArtifactSdkGuide.toRebuild(storage, List.of(published, published(first))))
                .containsExactly(KEY);
    }

    private static ExternalArtifact published(Artifact artifact) {
        return new ExternalArtifact(
                        new V1ObjectMeta().namespace(KEY.namespace()).name(KEY.name()), new ExternalArtifactSpec(null))
                .withStatus(new ExternalArtifactStatus(List.of(), artifact));
    }
}
