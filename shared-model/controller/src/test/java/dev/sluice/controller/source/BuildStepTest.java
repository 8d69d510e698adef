package dev.sluice.controller.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.artifact.config.StorageConfig;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.fetch.FetchException;
import dev.sluice.artifact.fetch.FetchLimits;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.artifact.tree.UnsafePathException;
import dev.sluice.controller.object.StatusExtras;
import dev.sluice.controller.object.TestSource;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.kubetest.fake.FakeApi;
import dev.sluice.kubetest.fake.FakeApi.Answer;
import dev.sluice.toolkit.json.ToolkitJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuildStepTest {

    private static final TestSource OBJECT =
            ToolkitJson.gson().fromJson("{\"metadata\":{\"namespace\":\"apps\",\"name\":\"one\"}}", TestSource.class);
    private static final Digest ONE = Digest.ofBytes(DigestAlgorithm.SHA256, new byte[1]);

    @TempDir
    Path directory;

    private Path scratch;
    private BuildDirectories builds;
    private StoredContent stored;

    @BeforeEach
    void open() throws IOException {
        Path base = Files.createDirectory(directory.resolve("base"));
        scratch = Files.createDirectory(directory.resolve("scratch"));
        builds = BuildDirectories.open(scratch, "test");
        ArtifactStorage storage = new ArtifactStorage(
                StorageConfig.parse(List.of("--storage-path=" + base), Map.of()).options(), Clock.systemUTC());
        stored = new StoredContent(storage, new VerifiedFiles(storage, Clock.systemUTC()), "TestSource");
    }

    private BuildStep.Built run(ContentBuilder<TestSource> builder, Optional<Artifact> published)
            throws IOException, BuildFailure {
        FakeApi api = new FakeApi(asked -> Answer.status(500, "unused"));
        BuildTools tools = BuildTools.of(
                new ApiRequests(api.client(), Duration.ofSeconds(30)),
                BuildTools.options(Map.of(), FetchAccess.open(), FetchLimits.none()),
                builds);
        try {
            return new BuildStep<>(builder, stored, tools).run(OBJECT, published);
        } finally {
            try (Stream<Path> left = Files.walk(scratch)) {
                assertThat(left.map(Path::getFileName).map(Path::toString))
                        .noneMatch(name -> name.startsWith("build-"));
            }
        }
    }

    private static FileTree tree() throws IOException {
        return FileTree.builder()
                .putFile(TreePath.of("app.yaml"), FileEntry.of(false, "x".getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    @Test
    void storesTheFilesAndCleansUp() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        BuildStep.Built built = run(
                (object, context) -> {
                    context.closing(() -> closed.set(true));
                    Files.writeString(
                            Files.createDirectory(context.directory().resolve("d"))
                                    .resolve("f"),
                            "x");
                    return Content.of(tree())
                            .withVersion("v1.2")
                            .withMetadata(Artifact.ORIGIN_REVISION, "main@sha1:ab");
                },
                Optional.empty());

        String hash = tree().contentHash().hex();
        assertThat(built.artifact().revision()).isEqualTo("v1.2@sha256:" + hash);
        assertThat(built.artifact().path()).isEqualTo("testsource/apps/one/" + hash + ".tar.gz");
        assertThat(built.artifact().originRevision()).contains("main@sha1:ab");
        assertThat(stored.isIntact(OBJECT.key(), built.artifact())).isTrue();
        assertThat(closed).isTrue();
    }

    @Test
    void everythingIsCleanedUpWhateverFails() {
        AtomicBoolean closed = new AtomicBoolean();
        assertThatExceptionOfType(BuildFailure.class)
                .isThrownBy(() -> run(
                        (object, context) -> {
                            closeWithFailures(context, closed);
                            return Content.of(tree());
                        },
                        Optional.empty()))
                .withMessage("cannot clean up after the build: cannot close")
                .satisfies(failure -> assertThat(
                                Objects.requireNonNull(failure.getCause()).getSuppressed())
                        .hasSize(1)
                        .hasOnlyElementsOfType(IllegalStateException.class));
        assertThat(closed).isTrue();

        closed.set(false);
        assertThatExceptionOfType(BuildFailure.class)
                .isThrownBy(() -> run(
                        (object, context) -> {
                            closeWithFailures(context, closed);
                            throw new IOException("no space left");
                        },
                        Optional.empty()))
                .withMessage("no space left")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(2));
        assertThat(closed).isTrue();
    }

    private static void closeWithFailures(BuildContext context, AtomicBoolean closed) {
        context.closing(() -> closed.set(true));
        context.closing(() -> {
            throw new IllegalStateException("closed twice");
        });
        context.closing(() -> {
            throw new IOException("cannot close");
        });
    }

    @Test
    void anUncheckedIoFailureIsOneOfIo() {
        assertThatExceptionOfType(BuildFailure.class)
                .isThrownBy(() -> run(
                        (object, context) -> {
                            throw new UncheckedIOException(new FetchException("HTTP 500"));
                        },
                        Optional.empty()))
                .matches(failure -> failure.reason().equals("FetchFailed"))
                .withMessage("HTTP 500");
    }

    @Test
    void anUnchangedObjectKeepsItsArtifact() throws Exception {
        Artifact published =
                run((object, context) -> Content.of(tree()), Optional.empty()).artifact();

        assertThat(run((object, context) -> Content.unchanged(), Optional.of(published))
                        .artifact())
                .isEqualTo(published);
        assertThatIllegalStateException()
                .isThrownBy(() -> run((object, context) -> Content.unchanged(), Optional.empty()))
                .withMessageContaining("Content.unchanged() without a published artifact");
    }

    @Test
    void anUnchangedArtifactCannotGetAnotherVersionOrMetadata() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Content.unchanged().withVersion("1.2.3"))
                .withMessageContaining("Content.unchanged() keeps the version and the metadata");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Content.unchanged().withMetadata(Artifact.ORIGIN_REVISION, "main@sha1:1"));
        assertThat(Content.unchanged().withStatus(StatusExtras.NONE)).isEqualTo(Content.unchanged());
    }

    record Failure(IOException cause, String reason) {}

    static Stream<Failure> failures() {
        return Stream.of(
                new Failure(new FetchException("HTTP 500"), "FetchFailed"),
                new Failure(new DigestMismatchException("download", ONE, ONE), "VerificationFailed"),
                new Failure(new UnsafePathException("../x", "leads outside"), "VerificationFailed"),
                new Failure(new IOException("no space left"), "BuildFailed"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void anIoFailureIsRetriedWithAReason(Failure failure) {
        assertThatExceptionOfType(BuildFailure.class)
                .isThrownBy(() -> run(
                        (object, context) -> {
                            throw failure.cause;
                        },
                        Optional.empty()))
                .matches(found -> found.reason().equals(failure.reason))
                .matches(found -> !found.isStalled() && found.getCause() == failure.cause)
                .withMessage(failure.cause.getMessage());
    }

    @Test
    void aStallIsPassedOn() {
        assertThatExceptionOfType(BuildFailure.class)
                .isThrownBy(() -> run(
                        (object, context) -> {
                            throw BuildFailure.stalled("InvalidSpec", "no URL");
                        },
                        Optional.empty()))
                .matches(BuildFailure::isStalled)
                .matches(found -> found.reason().equals("InvalidSpec"))
                .withMessage("no URL");
    }

    @Test
    void aVersionIsOnePartOfARevision() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Content.of(tree()).withVersion("a@b"))
                .withMessageContaining("invalid version 'a@b'");
    }
}
