package dev.sluice.controller.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.kubetest.fake.FakeApi;
import dev.sluice.kubetest.fake.FakeApi.Answer;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRequestsTest {

    private static final ApiKind KIND = ExternalArtifact.TYPE.kind();
    private static final ApiKind CONFIG_MAP = new ApiKind("", "v1", "ConfigMap", "configmaps");
    private static final ObjectKey KEY = new ObjectKey("apps", "one");

    private final FakeApi api =
            new FakeApi(asked -> Answer.ok("{\"metadata\":{\"name\":\"one\",\"uid\":\"u1\",\"new\":1}}"));
    private final ApiRequests requests = new ApiRequests(api.client(), Duration.ofSeconds(30));

    @Test
    void buildsPathsForCoreAndGroupResources() throws Exception {
        requests.get(KIND, KEY, ExternalArtifact.class);
        requests.get(CONFIG_MAP, KEY, V1ConfigMap.class);
        requests.get(new ApiKind("", "v1", "Namespace", "namespaces"), new ObjectKey("", "apps"), V1ConfigMap.class);

        assertThat(api.requests())
                .extracting(Object::toString)
                .containsExactly(
                        "GET /apis/source.toolkit.fluxcd.io/v1/namespaces/apps/externalartifacts/one",
                        "GET /api/v1/namespaces/apps/configmaps/one",
                        "GET /api/v1/namespaces/apps");
    }

    @Test
    void ignoresUnknownFields() throws Exception {
        assertThat(requests.get(CONFIG_MAP, KEY, V1ConfigMap.class)
                        .orElseThrow()
                        .getMetadata()
                        .getUid())
                .isEqualTo("u1");
    }

    @Test
    void aMissingObjectIsEmpty() throws Exception {
        api.handle(asked -> Answer.status(404, "not found"));

        assertThat(requests.get(KIND, KEY, ExternalArtifact.class)).isEmpty();
        assertThat(requests.delete(KIND, KEY, "u1")).isFalse();
    }

    /** {@code %2E%2E} are dots to the client, and {@code %2F} is a slash to the API server. */
    @ParameterizedTest
    @ValueSource(strings = {".", "..", "a/status", "../secrets/b", "a%2Fstatus", "%2e%2e", "a\nb"})
    void anInvalidNameNeverBecomesThePathOfAnotherObject(String name) throws Exception {
        ObjectKey key = new ObjectKey("apps", name);
        ObjectKey inside = new ObjectKey(name, "one");
        for (ObjectKey impossible : List.of(key, inside)) {
            assertThat(requests.get(KIND, impossible, ExternalArtifact.class)).isEmpty();
            assertThat(requests.delete(KIND, impossible, "u1")).isFalse();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> requests.replace(KIND, impossible, "{}", ExternalArtifact.class))
                    .withMessageContaining("is not a valid object name");
            assertThatIllegalArgumentException().isThrownBy(() -> ResourcePath.of(KIND, impossible));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResourcePath.of(KIND, KEY).subresource(name));

        assertThat(api.requests()).isEmpty();
    }

    @Test
    void aRefusalNamesTheRequestAndTheReason() {
        api.handle(asked -> Answer.status(409, "the object has been modified"));

        assertThatThrownBy(() -> requests.create(KIND, KEY, "{}", ExternalArtifact.class))
                .isInstanceOfSatisfying(
                        ApiRequestException.class,
                        e -> assertThat(e.isConflict()).isTrue())
                .hasMessage("cannot create ExternalArtifact apps/one: HTTP 409: the object has been modified");
    }

    @Test
    void aResponseThatIsNotJsonIsAnError() {
        api.handle(asked -> new Answer(502, "<html>bad gateway</html>"));
        assertThatThrownBy(() -> requests.get(KIND, KEY, ExternalArtifact.class))
                .hasMessage("cannot get ExternalArtifact apps/one: HTTP 502: <html>bad gateway</html>");

        api.handle(asked -> Answer.ok("<html>sign in</html>"));
        assertThatThrownBy(() -> requests.get(KIND, KEY, ExternalArtifact.class))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot get ExternalArtifact apps/one");

        api.handle(asked -> Answer.ok(""));
        assertThatThrownBy(() -> requests.get(KIND, KEY, ExternalArtifact.class))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("empty");
    }

    @Test
    void aConnectionFailureNamesTheRequest() {
        api.handle(asked -> {
            throw new InterruptedIOException("timeout");
        });

        assertThatThrownBy(() -> requests.replace(KIND, KEY, "{}", ExternalArtifact.class))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot update ExternalArtifact apps/one")
                .hasMessageContaining("timeout");
    }

    @Test
    void deletesOnlyTheObjectWithTheUid() throws Exception {
        assertThat(requests.delete(KIND, KEY, "u1")).isTrue();

        assertThat(api.requests()
                        .get(0)
                        .json()
                        .getAsJsonObject("preconditions")
                        .get("uid")
                        .getAsString())
                .isEqualTo("u1");
    }

    @Test
    void aConflictOnDeleteMeansGoneOnlyIfTheUidDiffers() throws Exception {
        api.handle(asked -> asked.method().equals("DELETE")
                ? Answer.status(409, "precondition failed")
                : Answer.ok("{\"metadata\":{\"name\":\"one\",\"uid\":\"u2\"}}"));

        assertThat(requests.delete(KIND, KEY, "u1")).isFalse();
        assertThatThrownBy(() -> requests.delete(KIND, KEY, "u2")).isInstanceOf(ApiRequestException.class);
    }
}
