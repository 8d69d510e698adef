package dev.sluice.toolkit.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonParser;
import dev.sluice.toolkit.helm.HelmRelease;
import dev.sluice.toolkit.helm.HelmReleaseList;
import dev.sluice.toolkit.helm.HelmReleaseSpec;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ScriptedApi.Answer;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.Watch;
import io.kubernetes.client.util.Watchable;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import io.kubernetes.client.util.generic.options.ListOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TypedApiTest {

    private static final String PATH = "/apis/helm.toolkit.fluxcd.io/v2/namespaces/apps/helmreleases";
    private static final String JSON_TEXT = """
            {"apiVersion":"helm.toolkit.fluxcd.io/v2","kind":"HelmRelease",
             "metadata":{"namespace":"apps","name":"web","resourceVersion":"7","newField":1},
             "spec":{"interval":"5m","values":{"a":null,"b":12345678901234567890.10},"newField":true},
             "status":{"conditions":[{"type":"Ready","status":"True","newField":"x"}]}}""".replace("\n", "");
    private static final Answer RELEASE = new Answer(200, JSON_TEXT);

    private final Gson before = JSON.getGson();
    private final ScriptedApi server = new ScriptedApi();
    private final GenericKubernetesApi<HelmRelease, HelmReleaseList> releases = HelmRelease.TYPE.api(server.client());

    /** The Gson of the client as it is without {@code ToolkitJson.install()}, and installed. */
    static Stream<Gson> gsons() {
        return Stream.of(JSON.createGson().create(), ToolkitJson.gson());
    }

    @AfterEach
    void stop() {
        JSON.setGson(before);
        server.close();
    }

    @ParameterizedTest
    @MethodSource("gsons")
    void readsAndWritesWithTheToolkitsJson(Gson ofClient) throws ApiException {
        JSON.setGson(ofClient);
        server.answer(RELEASE);

        HelmRelease release = releases.get("apps", "web").throwsApiException().getObject();
        assertThat(release.isReady()).isTrue();
        assertThat(release.spec().values()).hasToString("{\"a\":null,\"b\":12345678901234567890.10}");
        String written = ToolkitJson.gson().toJson(release);
        releases.create(release).throwsApiException();
        releases.update(release).throwsApiException();
        releases.updateStatus(release, HelmRelease::status).throwsApiException();
        releases.patch("apps", "web", V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH, new V1Patch("{}"))
                .throwsApiException();
        assertThat(releases.delete("apps", "web").throwsApiException().getObject())
                .isEqualTo(release);

        assertThat(server.requests.stream().map(TypedApiTest::line))
                .containsExactly(
                        "GET " + PATH + "/web",
                        "POST " + PATH,
                        "PUT " + PATH + "/web",
                        "PATCH " + PATH + "/web/status",
                        "PATCH " + PATH + "/web",
                        "DELETE " + PATH + "/web");
        assertThat(JsonParser.parseString(body(1))).isEqualTo(JsonParser.parseString(written));
        assertThat(body(1)).contains("\"a\":null", "12345678901234567890.10");
        assertThat(body(3)).contains("\"path\":\"/status\"", "\"conditions\":[{");
        assertThat(JSON.getGson()).isSameAs(ofClient);
    }

    @ParameterizedTest
    @MethodSource("gsons")
    void readsListsAndWatches(Gson ofClient) throws Exception {
        JSON.setGson(ofClient);
        server.answer(new Answer(200, "{\"metadata\":{\"resourceVersion\":\"9\"},\"items\":[" + JSON_TEXT + "]}"));
        HelmReleaseList list = releases.list("apps").throwsApiException().getObject();
        assertThat(list.items()).hasSize(1).allMatch(HelmRelease::isReady);
        assertThat(list.metadata().getResourceVersion()).isEqualTo("9");
        assertThat(releases.list().throwsApiException().getObject().items()).hasSize(1);

        server.answer(
                new Answer(
                        200,
                        "{\"type\":\"ADDED\",\"object\":" + JSON_TEXT + "}\n"
                                + "{\"type\":\"ERROR\",\"object\":{\"apiVersion\":\"v1\",\"kind\":\"Status\",\"code\":410}}\n"));
        try (Watchable<HelmRelease> watch = releases.watch("apps", new ListOptions())) {
            Watch.Response<HelmRelease> added = watch.next();
            assertThat(added.type).isEqualTo("ADDED");
            assertThat(added.object.isReady()).isTrue();
            assertThat(watch.next().status.getCode()).isEqualTo(410);
        }
    }

    @Test
    void callsBackWithTypedObjects() throws Exception {
        server.answer(RELEASE);
        CompletableFuture<HelmRelease> called = new CompletableFuture<>();

        HelmRelease release = releases.getAsync("apps", "web", response -> called.complete(response.getObject()))
                .get(30, TimeUnit.SECONDS)
                .getObject();

        assertThat(called.get(30, TimeUnit.SECONDS)).isEqualTo(release);
        assertThat(release.isReady()).isTrue();
    }

    @Test
    void keepsTheStatusOfARefusal() {
        server.answer(new Answer(409, "{\"kind\":\"Status\",\"code\":409,\"message\":\"changed\"}"));
        HelmRelease release = new HelmRelease(
                new V1ObjectMeta().namespace("apps").name("web"),
                HelmReleaseSpec.builder().interval(Duration.ofMinutes(1)).build());

        assertThat(releases.update(release))
                .matches(response -> response.getHttpStatusCode() == 409 && !response.isSuccess())
                .matches(response -> "changed".equals(response.getStatus().getMessage()));
        assertThatThrownBy(() -> releases.update(release).throwsApiException()).isInstanceOf(ApiException.class);
    }

    private static String line(String request) {
        return String.join(" ", List.of(request.split(" ", -1)).subList(0, 2));
    }

    private String body(int request) {
        return server.requests.get(request).split(" ", 3)[2];
    }
}
