package dev.sluice.controller.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.object.TestSource;
import dev.sluice.controller.publish.ExternalArtifactPublisher;
import dev.sluice.controller.publish.PublisherOptions;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.kubetest.fake.FakeApi;
import dev.sluice.kubetest.fake.FakeApi.Answer;
import dev.sluice.kubetest.fake.FakeApi.Asked;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnArtifactsTest {

    private final BuildFailure failure = BuildFailure.retry("FetchFailed", "the host is down", null);
    private final ExternalArtifact current = new ExternalArtifact(
            new V1ObjectMeta().namespace("apps").name("one").uid("u1").resourceVersion("5"),
            new ExternalArtifactSpec(null));

    private static FakeApi answering(int patch, int get) {
        return new FakeApi(asked -> Answer.status(asked.method().equals("GET") ? get : patch, "test message"));
    }

    private static OwnArtifacts artifacts(FakeApi api) {
        ApiRequests requests = new ApiRequests(api.client(), Duration.ofSeconds(30));
        return new OwnArtifacts(
                requests,
                new ExternalArtifactPublisher(requests, PublisherOptions.named("maker"), Clock.systemUTC()),
                "maker",
                TestSource.TYPE.kind(),
                new RecentWrites<>());
    }

    @Test
    void ignoresMissingArtifactWhenReportingFailure() throws IOException {
        FakeApi gone = answering(404, 404);
        artifacts(gone).reportFailure(current, failure);
        assertThat(gone.requests()).extracting(Asked::method).containsExactly("PATCH");

        FakeApi changed = answering(409, 404);
        artifacts(changed).reportFailure(current, failure);
        assertThat(changed.requests()).extracting(Asked::method).containsExactly("PATCH", "GET");
    }

    @Test
    void anArtifactWhoseSourceCannotExistIsNotOurs() {
        OwnArtifacts artifacts = artifacts(answering(404, 404));

        for (String name : List.of("", "..", "a/b", "a.lock")) {
            ExternalArtifact foreign = new ExternalArtifact(
                    new V1ObjectMeta().namespace("apps").name("one"),
                    new ExternalArtifactSpec(
                            new NamespacedObjectKindReference("example.com/v1", "TestSource", name, null)));
            assertThat(artifacts.sourceOf(foreign)).as(name).isEmpty();
        }
    }

    @Test
    void oneUnreadableArtifactHidesNoOther() throws IOException {
        FakeApi api = new FakeApi(asked -> Answer.ok(
                asked.uri().getQuery().contains("continue=next")
                        ? "{\"metadata\":{},\"items\":[" + artifact("two", "{}") + "]}"
                        : "{\"metadata\":{\"continue\":\"next\"},\"items\":[" + artifact("bad", "[]") + ","
                                + artifact("one", "{}") + "]}"));

        assertThat(artifacts(api).all("apps"))
                .extracting(artifact -> artifact.key().name())
                .containsExactly("one", "two");
        assertThat(api.requests())
                .hasSize(2)
                .allMatch(asked -> asked.uri().getQuery().contains("limit=500")
                        && asked.uri().getQuery().contains("labelSelector="));
    }

    private static String artifact(String name, String status) {
        return """
                {"metadata":{"namespace":"apps","name":"%1$s"},"status":%2$s,
                 "spec":{"sourceRef":{"apiVersion":"example.com/v1","kind":"TestSource","name":"%1$s"}}}
                """.formatted(name, status);
    }

    @Test
    void failsRunOnOtherErrors() {
        FakeApi api = answering(403, 403);
        assertThatExceptionOfType(ApiRequestException.class)
                .isThrownBy(() -> artifacts(api).reportFailure(current, failure))
                .matches(refused -> refused.code() == 403);
        assertThat(api.requests()).hasSize(1);
    }
}
