package dev.sluice.controller.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.controller.queue.FakeTicker;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.kubetest.fake.FakeApi;
import dev.sluice.kubetest.fake.FakeApi.Answer;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessReviewsTest {

    private static final ServiceAccountUser USER = new ServiceAccountUser("tenant-a", "deployer");
    private static final AccessAttributes CREATE =
            AccessAttributes.inNamespace("apps", "create", ExternalArtifact.TYPE.kind());
    private static final Answer ALLOWED = Answer.ok("{\"status\":{\"allowed\":true}}");
    private static final Answer DENIED =
            Answer.ok("{\"status\":{\"allowed\":false,\"reason\":\"no\",\"evaluationError\":\"role not found\"}}");

    private final FakeTicker ticker = new FakeTicker();
    private final FakeApi api = new FakeApi(asked -> ALLOWED);
    private final ApiRequests requests = new ApiRequests(api.client(), Duration.ofSeconds(10));
    private final AccessReviews reviews = AccessReviews.ofAllNamespaces(requests, ticker);

    @Test
    void asksAsTheAccountWithItsGroups() throws IOException {
        assertThat(reviews.isAllowed(USER, CREATE.ofSubresource("status"))).isTrue();

        assertThat(api.requests()).singleElement().satisfies(asked -> {
            assertThat(asked).hasToString("POST /apis/authorization.k8s.io/v1/subjectaccessreviews");
            assertThat(asked.json()).hasToString("""
                    {"apiVersion":"authorization.k8s.io/v1","kind":"SubjectAccessReview","spec":{\
                    "user":"system:serviceaccount:tenant-a:deployer",\
                    "groups":["system:serviceaccounts","system:serviceaccounts:tenant-a","system:authenticated"],\
                    "resourceAttributes":{"group":"source.toolkit.fluxcd.io","version":"v1",\
                    "resource":"externalartifacts","verb":"create","subresource":"status","namespace":"apps"}}}""");
        });
    }

    @Test
    void asksInTheNamespaceIfItsPermissionsAreLimitedToOne() throws IOException {
        AccessReviews local = AccessReviews.ofEachNamespace(requests, ticker);
        assertThat(local.isAllowed(USER, CREATE)).isTrue();

        assertThat(api.requests()).singleElement().satisfies(asked -> {
            assertThat(asked)
                    .hasToString("POST /apis/authorization.k8s.io/v1/namespaces/apps/localsubjectaccessreviews");
            assertThat(asked.body())
                    .contains("\"kind\":\"LocalSubjectAccessReview\"", "\"metadata\":{\"namespace\":\"apps\"}");
        });
        assertThat(local.isAllowed(USER, AccessAttributes.named("x", "create", ExternalArtifact.TYPE.kind())))
                .isTrue();
        assertThat(api.requests().get(1))
                .as("about a cluster-scoped object")
                .hasToString("POST /apis/authorization.k8s.io/v1/subjectaccessreviews")
                .satisfies(asked -> assertThat(asked.body()).doesNotContain("metadata"));
    }

    @Test
    void remembersAnAllowedRequestForThirtySeconds() throws IOException {
        assertThat(reviews.isAllowed(USER, CREATE)).isTrue();
        api.handle(asked -> DENIED);
        ticker.advance(Duration.ofMillis(29_999));
        assertThat(reviews.isAllowed(USER, CREATE)).isTrue();
        assertThat(api.requests()).hasSize(1);

        ticker.advance(Duration.ofMillis(1));
        assertThat(reviews.isAllowed(USER, CREATE)).isFalse();
        assertThat(api.requests()).hasSize(2);
    }

    @Test
    void remembersADeniedRequestForFiveSeconds() throws IOException {
        api.handle(asked -> DENIED);
        assertThat(reviews.isAllowed(USER, CREATE)).isFalse();
        api.handle(asked -> ALLOWED);
        ticker.advance(Duration.ofMillis(4_999));
        assertThat(reviews.isAllowed(USER, CREATE)).isFalse();

        ticker.advance(Duration.ofMillis(1));
        assertThat(reviews.isAllowed(USER, CREATE)).isTrue();
    }

    @Test
    void anExplicitDenialOverridesAnAllowance() throws IOException {
        api.handle(asked -> Answer.ok("{\"status\":{\"allowed\":true,\"denied\":true}}"));

        assertThat(reviews.isAllowed(USER, CREATE)).isFalse();
    }

    @Test
    void asksSeparatelyForEachAccountNamespaceVerbSubresourceAndName() throws IOException {
        reviews.isAllowed(USER, CREATE);
        reviews.isAllowed(new ServiceAccountUser("tenant-b", "deployer"), CREATE);
        reviews.isAllowed(USER, AccessAttributes.inNamespace("other", "create", ExternalArtifact.TYPE.kind()));
        reviews.isAllowed(USER, AccessAttributes.inNamespace("apps", "delete", ExternalArtifact.TYPE.kind()));
        reviews.isAllowed(USER, CREATE.ofSubresource("status"));
        reviews.isAllowed(USER, AccessAttributes.named("apps", "create", ExternalArtifact.TYPE.kind()));
        assertThat(api.requests()).hasSize(6);

        reviews.isAllowed(USER, CREATE);
        assertThat(api.requests()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 429, 500, 503})
    void anErrorIsNotADenialAndIsNotCached(int code) throws IOException {
        api.handle(asked -> Answer.status(code, "no answer"));
        assertThatIOException().isThrownBy(() -> reviews.isAllowed(USER, CREATE));

        api.handle(asked -> ALLOWED);
        assertThat(reviews.isAllowed(USER, CREATE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"status\":{}}", "{\"status\":{\"allowed\":{}}}"})
    void aResponseWithoutAVerdictIsNotADenial(String body) {
        api.handle(asked -> Answer.ok(body));

        assertThatIOException().isThrownBy(() -> reviews.isAllowed(USER, CREATE));
    }

    @Test
    void remembersABoundedNumberOfAnswers() throws IOException {
        for (int i = 0; i <= AccessReviews.MAX_REMEMBERED; i++) {
            reviews.isAllowed(USER, AccessAttributes.named("ns" + i, "create", ExternalArtifact.TYPE.kind()));
        }
        int asked = api.requests().size();

        reviews.isAllowed(USER, AccessAttributes.named("ns1", "create", ExternalArtifact.TYPE.kind()));
        assertThat(api.requests()).hasSize(asked);
        reviews.isAllowed(USER, AccessAttributes.named("ns0", "create", ExternalArtifact.TYPE.kind()));
        assertThat(api.requests()).hasSize(asked + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "system:serviceaccount:kube-system:admin"})
    void rejectsNamesThatWouldChangeTheUserName(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ServiceAccountUser("apps", name));
        assertThatIllegalArgumentException().isThrownBy(() -> new ServiceAccountUser(name, "deployer"));
    }

    @Test
    void describesARequestAsInRules() {
        assertThat(CREATE.ofSubresource("status"))
                .hasToString("create externalartifacts/status.source.toolkit.fluxcd.io in namespace \"apps\"");
        assertThat(AccessAttributes.named("x", "patch", ExternalArtifact.TYPE.kind()))
                .hasToString("patch externalartifacts.source.toolkit.fluxcd.io \"x\"");
    }
}
