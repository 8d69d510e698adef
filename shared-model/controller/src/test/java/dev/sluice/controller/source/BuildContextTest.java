package dev.sluice.controller.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.artifact.fetch.AllowedUrls;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.Deadline;
import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.fetch.FetchLimits;
import dev.sluice.artifact.fetch.RetryableFetchException;
import dev.sluice.artifact.fetch.UrlNotAllowedException;
import dev.sluice.artifact.tls.TestAuthority;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.kubetest.fake.FakeApi;
import dev.sluice.kubetest.fake.FakeApi.Answer;
import dev.sluice.toolkit.meta.LocalObjectReference;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuildContextTest {

    private static final String VALUE = "never-in-a-message";
    private static final LocalObjectReference LOGIN = new LocalObjectReference("login");

    @TempDir
    Path scratch;

    /** The only Secret has these entries. */
    private BuildContext context(Map<String, String> entries) throws IOException {
        return context(entries, FetchAccess.open(), "https://127.0.0.1:1");
    }

    private BuildContext context(Map<String, String> entries, FetchAccess access, String allowedUrls)
            throws IOException {
        String data = new TreeMap<>(entries)
                .entrySet().stream()
                        .map(entry -> "\"%s\":\"%s\""
                                .formatted(
                                        entry.getKey(),
                                        Base64.getEncoder()
                                                .encodeToString(entry.getValue().getBytes(StandardCharsets.UTF_8))))
                        .collect(Collectors.joining(","));
        FakeApi api = new FakeApi(asked -> asked.path().equals("/api/v1/namespaces/apps/secrets/login")
                ? Answer.ok("{\"metadata\":{\"name\":\"login\"},\"data\":{" + data + "}}")
                : Answer.status(404, "not found"));
        BuildTools tools = tools(api, access, allowedUrls);
        return new BuildContext(Optional.empty(), tools.directories().newDirectory(), "apps", tools);
    }

    private BuildTools tools(FakeApi api, FetchAccess access, String allowedUrls) throws IOException {
        return BuildTools.of(
                new ApiRequests(api.client(), Duration.ofSeconds(30)),
                BuildTools.options(
                        Map.of(), access, FetchLimits.none().withAllowedUrls(AllowedUrls.parse(allowedUrls))),
                BuildDirectories.open(scratch, "test"));
    }

    @Test
    void readsCredentials() throws Exception {
        assertThat(context(Map.of("username", "me", "password", VALUE)).access(LOGIN, null))
                .hasToString("FetchAccess[tls=default, credentials=***]");
        assertThat(context(Map.of("bearerToken", "abc\n")).access(LOGIN, null))
                .hasToString("FetchAccess[tls=default, credentials=***]");
        assertThat(context(Map.of()).access(null, null)).hasToString("FetchAccess[tls=default, credentials=none]");
        assertThat(context(Map.of("a", "b")).secret("login"))
                .containsOnlyKeys("a")
                .containsEntry("a", "b".getBytes(StandardCharsets.UTF_8));
    }

    record Invalid(Map<String, String> entries, boolean certificates, String message) {}

    static Stream<Invalid> invalidSecrets() {
        return Stream.of(
                new Invalid(Map.of("user", VALUE), false, "has neither bearerToken nor username and password"),
                new Invalid(Map.of("bearerToken", VALUE + "\n" + VALUE), false, "is invalid: a bearer token must not"),
                new Invalid(Map.of("password", VALUE), true, "has neither ca.crt nor tls.crt"),
                new Invalid(Map.of("tls.crt", VALUE), true, "is invalid: tls.crt and tls.key must be set together"),
                new Invalid(
                        Map.of("ca.crt", VALUE),
                        true,
                        "is invalid: cannot use TLS entry ca.crt: it contains no certificate in PEM format"));
    }

    @ParameterizedTest
    @MethodSource("invalidSecrets")
    void namesTheEntryAndNotItsContent(Invalid secret) throws IOException {
        BuildContext context = context(secret.entries);
        assertThatExceptionOfType(BuildFailure.class)
                .isThrownBy(
                        () -> context.access(secret.certificates ? null : LOGIN, secret.certificates ? LOGIN : null))
                .matches(failure -> failure.reason().equals("FetchFailed") && !failure.isStalled())
                .matches(failure -> !failure.message().contains(VALUE))
                .withMessageStartingWith("Secret 'login' " + secret.message);
    }

    @Test
    void fetchersHaveTheLimitsOfTheController() throws Exception {
        BuildContext context = context(Map.of("bearerToken", "abc"));
        for (var fetcher : List.of(context.fetcher(), context.fetcher(context.access(LOGIN, null)))) {
            assertThatExceptionOfType(UrlNotAllowedException.class)
                    .isThrownBy(() -> fetcher.fetchText("https://other.test/", 10, Deadline.never()));
        }
    }

    /** There is no SVID, which a fetcher without TLS would not notice. */
    @Test
    void usesSpiffeForHttpUrlsUnlessASecretHasTheCertificates() throws Exception {
        ControllerConfig config = ControllerConfig.parse(
                List.of("--storage-path=" + scratch, "--authorized-artifact-server-spiffe-id=spiffe://self"),
                Map.of("SPIFFE_ENDPOINT_SOCKET", "unix://" + scratch.resolve("none.sock")));
        try (ControllerCertificates certificates = new ControllerCertificates(config.tls())) {
            BuildContext context = context(Map.of("bearerToken", "abc"), certificates.access(), "");
            for (var fetcher : List.of(context.fetcher(), context.fetcher(context.access()))) {
                assertThatExceptionOfType(RetryableFetchException.class)
                        .isThrownBy(() -> fetcher.fetchText("http://127.0.0.1:1/", 10, Deadline.never()))
                        .withMessageContaining("no usable TLS certificates");
            }
            assertThat(context.access(LOGIN, null)).hasToString("FetchAccess[tls=SPIFFE, credentials=***]");
            String authority = new TestAuthority("own").pem();
            assertThat(context(Map.of("ca.crt", authority), certificates.access(), "")
                            .access(null, LOGIN))
                    .hasToString("FetchAccess[tls=own, credentials=none]");
        }
    }

    @Test
    void namesAMissingSecret() throws IOException {
        BuildContext context = context(Map.of());
        assertThatExceptionOfType(BuildFailure.class)
                .isThrownBy(() -> context.secret("none"))
                .withMessage("Secret 'none' does not exist");
    }

    @Test
    void fetchersWithSecretsAreClosedAtTheEndOfTheBuild() throws Exception {
        BuildContext context = context(Map.of("bearerToken", "abc"));
        ArtifactFetcher shared = context.fetcher();
        ArtifactFetcher own = context.fetcher(context.access(LOGIN, null));
        assertThatIOException().isThrownBy(() -> fetch(own));

        own.close();
        assertThatIOException().as("not its own client").isThrownBy(() -> fetch(own));
        for (Closeable resource : context.resources()) {
            resource.close();
        }

        assertThatIllegalStateException().isThrownBy(() -> fetch(own)).withMessage("the fetcher is closed");
        assertThatIOException().isThrownBy(() -> fetch(shared));
    }

    @Test
    void theSharedFetcherIsClosedWithTheController() throws Exception {
        BuildTools tools = tools(new FakeApi(asked -> Answer.status(404, "not found")), FetchAccess.open(), "");
        BuildContext context = new BuildContext(Optional.empty(), scratch.resolve("build"), "apps", tools);
        ArtifactFetcher shared = context.fetcher();
        assertThatIOException().isThrownBy(() -> fetch(shared));

        tools.close();

        assertThatIllegalStateException().isThrownBy(() -> fetch(shared)).withMessage("the fetcher is closed");
        assertThat(scratch).isEmptyDirectory();
    }

    /** Nothing listens on this port. */
    private static void fetch(ArtifactFetcher fetcher) throws IOException {
        String unused = fetcher.fetchText("https://127.0.0.1:1/", 10, Deadline.never());
    }
}
