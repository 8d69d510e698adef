package dev.sluice.toolkit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.GitRepository;
import dev.sluice.toolkit.source.GitRepositoryList;
import dev.sluice.toolkit.source.HelmRepositorySpec;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ListMeta;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ToolkitJsonTest {

    private static final String GENERATOR = """
            {"apiVersion":"source.extensions.fluxcd.io/v1beta1","kind":"ArtifactGenerator",
             "metadata":{"creationTimestamp":"2026-07-01T10:00:00Z","generation":2,"labels":{"b":"1","a":"2"},"name":"apps","namespace":"flux"},
             "spec":{"sources":[{"alias":"git","kind":"GitRepository","name":"app"}],
               "artifacts":[{"name":"one","revision":"@git","copy":[{"from":"@git/**","to":"@artifact/","exclude":["*.md"],"strategy":"Merge","optional":true}]}],
               "commonMetadata":{"labels":{"team":"x"}}},
             "status":{"conditions":[{"lastTransitionTime":"2026-07-01T10:00:00Z","message":"m","observedGeneration":2,"reason":"Succeeded","status":"True","type":"Ready"}],
               "inventory":[{"name":"one","namespace":"flux","digest":"sha256:00","filename":"x.tar.gz"}],
               "observedSourcesDigest":"sha256:01","lastHandledReconcileAt":"now"}}""";

    @Test
    void roundTripsAGenerator() {
        ArtifactGenerator generator = read(GENERATOR, ArtifactGenerator.class);

        assertThat(JsonParser.parseString(write(generator))).isEqualTo(JsonParser.parseString(GENERATOR));
        assertThat(generator.isReady()).isTrue();
        assertThat(generator.key()).hasToString("flux/apps");
        assertThat(generator.status())
                .matches(status -> status.hasHandled("now"))
                .matches(status -> !status.hasHandled("later"));
    }

    @Test
    void ignoresUnknownFieldsInRecordsAndClientModels() {
        String json = """
                {"metadata":{"name":"a","new":{"x":1},"ownerReferences":[{"name":"o","new":1}]},"new":[1],
                 "spec":{"url":"u","interval":"1m","new":true,"ref":{"branch":"main","new":"x"}},
                 "status":{"artifact":{"path":"p","url":"u","revision":"r","new":1},"new":null}}""";

        GitRepository repository = read(json, GitRepository.class);

        assertThat(repository.artifact())
                .hasValueSatisfying(a -> assertThat(a.revision()).isEqualTo("r"));
        assertThat(repository.metadata().getOwnerReferences()).hasSize(1);
        assertThat(read("{\"data\":{\"k\":\"dg==\"},\"new\":1}", V1Secret.class)
                        .getData()
                        .get("k"))
                .asString()
                .isEqualTo("v");
    }

    @Test
    void listsUnknownFieldsOfAGeneratorAndDoesNotWriteThem() {
        String json = GENERATOR
                .replace("\"revision\":\"@git\"", "\"revision\":\"@git\",\"newer\":\"{tenant}\"")
                .replace("\"optional\":true", "\"optional\":true,\"mode\":\"0644\",\"note\":\"\",\"list\":[null,{}]")
                .replace(
                        "\"sources\":", "\"managedClusters\":{\"prune\":false},\"unknownFields\":[\"x\"],\"sources\":");

        ArtifactGenerator generator = read(json, ArtifactGenerator.class);

        assertThat(generator.spec().unknownFields())
                .containsExactly("managedClusters", "unknownFields", "artifacts[0].newer", "artifacts[0].copy[0].mode");
        assertThat(JsonParser.parseString(write(generator))).isEqualTo(JsonParser.parseString(GENERATOR));
        assertThat(read(GENERATOR, ArtifactGenerator.class).spec().unknownFields())
                .isEmpty();
    }

    @Test
    void listsAtMostTwentyUnknownFields() {
        String fields =
                IntStream.range(0, 100).mapToObj(i -> "\"f" + i + "\":1,").collect(Collectors.joining());

        ArtifactGenerator generator =
                read(GENERATOR.replace("\"sources\":", fields + "\"sources\":"), ArtifactGenerator.class);

        assertThat(generator.spec().unknownFields()).hasSize(20).startsWith("f0", "f1");
    }

    @Test
    void readsMissingRequiredFieldsAsEmpty() {
        GitRepository repository = read("{\"spec\":null}", GitRepository.class);

        assertThat(repository.apiVersion()).isEqualTo("source.toolkit.fluxcd.io/v1");
        assertThat(repository.kind()).isEqualTo("GitRepository");
        assertThat(repository.metadata()).isEqualTo(new V1ObjectMeta());
        assertThat(repository.spec().url()).isEmpty();
        assertThat(repository.spec().ref()).isNull();
        assertThat(repository.conditions()).isEmpty();
        assertThat(repository.artifact()).isEmpty();
        assertThat(read("{}", ArtifactGenerator.class).spec().sources()).isEmpty();
    }

    @Test
    void anExternalArtifactMayHaveNoSourceAndNoArtifact() {
        ExternalArtifact artifact =
                read("{\"metadata\":{\"name\":\"a\"},\"status\":{\"artifact\":null}}", ExternalArtifact.class);

        assertThat(artifact.spec().sourceRef()).isNull();
        assertThat(artifact.artifact()).isEmpty();
    }

    @Test
    void omitsNullElementsOfListsAndMaps() {
        ArtifactGenerator generator = read(
                "{\"spec\":{\"sources\":[null],\"commonMetadata\":{\"labels\":{\"a\":null,\"b\":\"c\"}}}}",
                ArtifactGenerator.class);

        assertThat(generator.spec().sources()).isEmpty();
        assertThat(generator.spec().commonMetadata())
                .satisfies(m -> assertThat(m.labels()).hasSize(1).containsEntry("b", "c"));
    }

    @Test
    void omitsAbsentValuesAndEmptyLists() {
        GitRepository repository = read(
                "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"url\":\"<u&>\",\"interval\":\"1m\"}}", GitRepository.class);

        assertThat(write(repository))
                .isEqualTo("{\"apiVersion\":\"source.toolkit.fluxcd.io/v1\",\"kind\":\"GitRepository\","
                        + "\"metadata\":{\"name\":\"a\"},\"spec\":{\"interval\":\"1m\",\"url\":\"<u&>\"}}");
    }

    @Test
    void writesARequiredListEvenIfEmpty() {
        String json = "{\"url\":\"u\",\"accessFrom\":{\"namespaceSelectors\":[]}}";

        assertThat(write(read(json, HelmRepositorySpec.class))).isEqualTo(json);
    }

    @Test
    void writesAnEmptyList() {
        String json = write(new GitRepositoryList("", "", new V1ListMeta().resourceVersion("7"), List.of()));

        assertThat(json).contains("\"items\":[]").contains("\"kind\":\"GitRepositoryList\"");
    }

    @Test
    void writesTimesInUtcAndLeasesWithSixDigits() {
        V1Lease lease = new V1Lease()
                .metadata(new V1ObjectMeta().creationTimestamp(OffsetDateTime.parse("2026-07-01T12:00:00+02:00")))
                .spec(new V1LeaseSpec().renewTime(OffsetDateTime.parse("2026-07-01T12:00:01+02:00")));

        assertThat(write(lease))
                .contains("\"creationTimestamp\":\"2026-07-01T10:00:00Z\"")
                .contains("\"renewTime\":\"2026-07-01T10:00:01.000000Z\"");
    }

    @Test
    void readsTimesWithAnOffset() {
        ExternalArtifact artifact = read(
                "{\"status\":{\"artifact\":{\"lastUpdateTime\":\"2026-07-01T12:00:00.5+02:00\"}}}",
                ExternalArtifact.class);

        assertThat(artifact.artifact().orElseThrow().lastUpdateTime())
                .isEqualTo(Instant.parse("2026-07-01T10:00:00.5Z"));
    }

    @Test
    void refusesInvalidTimesWithTheirPath() {
        assertThatThrownBy(
                        () -> read("{\"status\":{\"artifact\":{\"lastUpdateTime\":\"noon\"}}}", ExternalArtifact.class))
                .isInstanceOf(JsonParseException.class)
                .hasMessageContaining("\"noon\"")
                .hasMessageContaining("status.artifact.lastUpdateTime");
    }

    @Test
    void theClientUsesItAfterInstall() {
        ToolkitJson.install();

        assertThat(JSON.getGson()).isSameAs(ToolkitJson.gson());
    }

    private static <T> T read(String json, Class<T> type) {
        return ToolkitJson.gson().fromJson(json, type);
    }

    private static String write(Object value) {
        return ToolkitJson.gson().toJson(value);
    }
}
