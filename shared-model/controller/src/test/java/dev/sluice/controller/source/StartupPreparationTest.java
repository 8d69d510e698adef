package dev.sluice.controller.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.config.StorageConfig;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StoredDirectories;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.object.TestSource;
import dev.sluice.controller.publish.ExternalArtifactPublisher;
import dev.sluice.controller.publish.PublisherOptions;
import dev.sluice.controller.publish.StoredOrphans;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.kubetest.fake.FakeApi;
import dev.sluice.kubetest.fake.FakeApi.Answer;
import dev.sluice.kubetest.fake.FakeApi.Asked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartupPreparationTest {

    private static final String CONTENT = "content";
    private static final String SHA256 = Digest.ofBytes(
                    DigestAlgorithm.SHA256, CONTENT.getBytes(StandardCharsets.UTF_8))
            .hex();
    private static final String WRONG = "0".repeat(64);

    @TempDir
    Path base;

    private final List<String> artifacts = new ArrayList<>();
    private final List<String> objects = new ArrayList<>();
    private final FakeApi api = new FakeApi(this::answer);
    private int code = 200;
    private int artifactsCode = 200;
    private int deletionCode = 200;
    private int discovery = 200;
    private boolean namespaced = true;
    private String namespace = "";

    /** The recorded targets of the object {@code one}. */
    private String targets = "";

    private String elsewhere = "";
    private int elsewhereCode = 200;
    private int expirations;

    /** Another page, before the one with the objects. */
    private boolean hasFirstPage;

    private Answer answer(Asked asked) {
        String[] path = asked.path().split("/", -1);
        String last = path[path.length - 1];
        if (last.equals("v1")) {
            return new Answer(
                    discovery,
                    "{\"resources\":[{\"name\":\"others\",\"namespaced\":false},"
                            + "{\"name\":\"testsources\",\"namespaced\":" + namespaced + "}]}");
        }
        if (hasFirstPage && List.of("externalartifacts", "testsources").contains(last)) {
            String query = asked.uri().getQuery();
            if (!query.contains("continue=")) {
                return Answer.ok("{\"metadata\":{\"continue\":\"second\"},\"items\":[]}");
            } else if (expirations-- > 0) {
                return Answer.status(410, "the continue parameter is too old");
            }
        }
        if (last.equals("externalartifacts")) {
            return new Answer(artifactsCode, "{\"metadata\":{},\"items\":[" + String.join(",", artifacts) + "]}");
        } else if (last.equals("testsources")) {
            String items = objects.stream().map(this::object).collect(Collectors.joining(","));
            return new Answer(code, "{\"metadata\":{},\"items\":[" + items + "]}");
        } else if (asked.method().equals("DELETE")) {
            return Answer.status(deletionCode, "deletion");
        } else if (asked.path().contains("/other/externalartifacts/")) {
            return new Answer(elsewhereCode, elsewhere);
        }
        return objects.contains(last) ? Answer.ok(object(last)) : Answer.status(404, "not found");
    }

    private String object(String name) {
        return """
                {"metadata":{"namespace":"apps","name":"%s","annotations":{"maker.sluice.dev/targets":"%s"}},"spec":{}}
                """.formatted(name, name.equals("one") ? targets : "");
    }

    private void published(String name, String path, String sha256) {
        artifacts.add(artifact("apps", name, path, sha256));
    }

    /** The ExternalArtifact in the namespace {@code other}. */
    private void elsewhere(String source, String sha256) {
        elsewhere = artifact("other", source, "testsource/apps/" + source + "/a.tar.gz", sha256);
    }

    private static String artifact(String namespace, String source, String path, String sha256) {
        return """
                {"metadata":{"namespace":"%1$s","name":"%2$s","uid":"uid-%2$s"},
                 "spec":{"sourceRef":{"apiVersion":"example.com/v1","kind":"TestSource","namespace":"apps","name":"%2$s"}},
                 "status":{"artifact":{"path":"%3$s","url":"http://x/%3$s","revision":"v1","digest":"sha256:%4$s"}}}
                """.formatted(namespace, source, path, sha256);
    }

    private Path stored(String path) throws IOException {
        Path file = base.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, CONTENT);
    }

    private void prepare() throws IOException {
        ApiRequests requests = new ApiRequests(api.client(), Duration.ofSeconds(30));
        ArtifactStorage storage = new ArtifactStorage(
                StorageConfig.parse(List.of("--storage-path=" + base), Map.of()).options(), Clock.systemUTC());
        OwnArtifacts own = new OwnArtifacts(
                requests,
                new ExternalArtifactPublisher(requests, PublisherOptions.named("maker"), Clock.systemUTC()),
                "maker",
                TestSource.TYPE.kind(),
                new RecentWrites<>());
        new StartupPreparation<>(
                        requests,
                        TestSource.TYPE,
                        namespace,
                        new StoredContent(storage, new VerifiedFiles(storage, Clock.systemUTC()), "TestSource"),
                        own,
                        new RecordedTargets<>(requests, TestSource.TYPE, "maker", "maker.sluice.dev/targets"),
                        new StoredOrphans(storage, new StoredDirectories(base, Clock.systemUTC()), "TestSource"))
                .run();
    }

    private List<String> deleted() {
        return api.requests().stream()
                .filter(asked -> asked.method().equals("DELETE"))
                .map(asked -> asked.path().replaceAll(".*/", ""))
                .toList();
    }

    @Test
    void deletesCorruptFilesOfTheObject() throws IOException {
        objects.addAll(List.of("one", "two", "three"));
        Path corrupt = stored("testsource/apps/one/a.tar.gz");
        Path intact = stored("testsource/apps/two/a.tar.gz");
        published("one", "testsource/apps/one/a.tar.gz", WRONG);
        published("two", "testsource/apps/two/a.tar.gz", SHA256);
        // the status of another object names the file of the second one
        published("three", "testsource/apps/two/a.tar.gz", WRONG);

        prepare();

        assertThat(corrupt).doesNotExist();
        assertThat(intact).exists();
        assertThat(deleted()).isEmpty();
    }

    @Test
    void removesWhatNoObjectHas() throws IOException {
        objects.add("one");
        Path own = stored("testsource/apps/one/a.tar.gz");
        Path orphan = stored("testsource/apps/gone/a.tar.gz");
        Path other = stored("otherkind/apps/gone/a.tar.gz");
        published("one", "testsource/apps/one/a.tar.gz", SHA256);
        published("gone", "testsource/apps/gone/a.tar.gz", SHA256);

        prepare();

        assertThat(deleted()).containsExactly("gone");
        assertThat(orphan.getParent()).doesNotExist();
        assertThat(own).exists();
        assertThat(other).exists();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403})
    void anOrphanThatMayNotBeDeletedKeepsItsFileAndDoesNotPreventTheStart(int refusal) throws IOException {
        Path kept = stored("testsource/apps/gone/a.tar.gz");
        Path orphan = stored("testsource/apps/other/a.tar.gz");
        published("gone", "testsource/apps/gone/a.tar.gz", SHA256);
        deletionCode = refusal;

        prepare();

        assertThat(deleted()).containsExactly("gone");
        assertThat(kept).exists();
        assertThat(orphan).doesNotExist();
    }

    @Test
    void removesNothingMoreIfTheApiServerFails() throws IOException {
        Path orphan = stored("testsource/apps/gone/a.tar.gz");
        published("gone", "testsource/apps/gone/a.tar.gz", SHA256);
        deletionCode = 500;

        assertThatThrownBy(this::prepare).hasMessageContaining("HTTP 500");

        assertThat(orphan).exists();
    }

    @Test
    void namesAKindThatIsClusterScoped() {
        namespaced = false;

        assertThatThrownBy(this::prepare)
                .hasMessage("kind TestSource in example.com/v1 is cluster-scoped, but an ExternalArtifact has a"
                        + " namespace; use a kind with scope Namespaced");
    }

    @Test
    void namesAKindWhoseDefinitionIsNotInstalled() {
        discovery = 404;
        code = 404;
        assertThatThrownBy(this::prepare)
                .hasMessage("kind TestSource in example.com/v1 is not served by the API server; install the"
                        + " CustomResourceDefinition testsources.example.com with version v1 (kubectl apply -f FILE)");

        artifactsCode = 404;
        assertThatThrownBy(this::prepare)
                .hasMessageContaining("kind ExternalArtifact in source.toolkit.fluxcd.io/v1 is not served")
                .hasMessageContaining("externalartifacts.source.toolkit.fluxcd.io");
    }

    @Test
    void startsWithoutThePermissionToReadTheScope() throws IOException {
        discovery = 403;
        namespaced = false;

        prepare();

        assertThat(deleted()).isEmpty();
    }

    @Test
    void removesNothingIfTheObjectsCannotBeListed() throws IOException {
        Path orphan = stored("testsource/apps/gone/a.tar.gz");
        published("gone", "testsource/apps/gone/a.tar.gz", SHA256);
        code = 500;

        assertThatThrownBy(this::prepare).hasMessageContaining("HTTP 500");

        assertThat(orphan).exists();
        assertThat(deleted()).isEmpty();
    }

    @Test
    void verifiesRecordedTargetsOutsideTheWatchedNamespace() throws IOException {
        namespace = "apps";
        targets = "other/one";
        objects.add("one");
        Path corrupt = stored("testsource/apps/one/a.tar.gz");
        elsewhere("one", WRONG);

        prepare();

        assertThat(corrupt).doesNotExist();
        assertThat(deleted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void aRecordedTargetThatMayNotBeReadDoesNotPreventTheStart(int refusal) throws IOException {
        namespace = "apps";
        targets = "other/one";
        objects.add("one");
        Path file = stored("testsource/apps/one/a.tar.gz");
        elsewhere("one", WRONG);
        elsewhereCode = refusal;

        prepare();

        assertThat(file).exists();
    }

    @Test
    void aRecordedTargetOfAnotherObjectIsNotVerified() throws IOException {
        namespace = "apps";
        targets = "other/one";
        objects.add("one");
        Path file = stored("testsource/apps/two/a.tar.gz");
        objects.add("two");
        elsewhere("two", WRONG);

        prepare();

        assertThat(file).exists();
    }

    @Test
    void aListWhoseVersionExpiresStartsAgain() throws IOException {
        hasFirstPage = true;
        expirations = 3;
        Path own = stored("testsource/apps/one/a.tar.gz");
        published("one", "testsource/apps/one/a.tar.gz", SHA256);
        objects.add("one");

        prepare();

        assertThat(own).exists();
        assertThat(deleted()).isEmpty();
        assertThat(expirations).isNegative();
    }

    @Test
    void aListThatAlwaysExpiresFailsTheStart() throws IOException {
        hasFirstPage = true;
        expirations = 1000;
        Path orphan = stored("testsource/apps/gone/a.tar.gz");

        assertThatThrownBy(this::prepare).hasMessageContaining("HTTP 410");

        assertThat(orphan).exists();
        assertThat(expirations).as("tried four times").isEqualTo(996);
    }
}
