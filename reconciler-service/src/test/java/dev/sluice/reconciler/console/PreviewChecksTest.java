package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.reconciler.access.AccessRules;
import dev.sluice.reconciler.cluster.ExternalArtifactReader;
import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.cluster.GeneratorReader;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.SourceReference;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that a preview finds what only the cluster knows, with the messages of a reconciliation. */
class PreviewChecksTest {

    private static final String ARTIFACTS = "/apis/source.toolkit.fluxcd.io/v1/namespaces/apps/externalartifacts/";
    private static final String GENERATORS =
            "/apis/source.extensions.fluxcd.io/v1beta1/namespaces/apps/artifactgenerators/";
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/subjectaccessreviews";

    private final GeneratorInformers informers = CachedObjects.none();
    private final Gson json = ToolkitJson.gson();
    private FakeApi api;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
        GeneratorReader.cached(informers.generators(), api.client());
        ExternalArtifactReader.cached(informers.externalArtifacts(), new RecentWrites<>(), key -> false, api.client());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private PreviewChecks checks(AccessRules rules) {
        return PreviewChecks.over(informers, api.client(), rules);
    }

    @Test
    void findsACycleThroughOtherGenerators() {
        informers
                .generators()
                .getIndexer()
                .add(Samples.generator("after", Samples.spec(List.of(Samples.generated("in", "part")), "later")));
        ArtifactGenerator edited =
                Samples.generator("gen", Samples.spec(List.of(Samples.generated("in", "later")), "part"));

        assertThatThrownBy(() -> checks(AccessRules.NONE).validate(edited))
                .hasMessage("the generator is part of a cycle: apps/gen -> apps/after -> apps/gen");
    }

    @Test
    void refusesTheNameOfAnotherGenerator() throws IOException {
        ArtifactGenerator rival = Samples.generator("rival", "taken");
        informers.generators().getIndexer().add(rival);
        api.answer(GENERATORS + "rival", json.toJson(rival));
        api.answer(ARTIFACTS + "taken", json.toJson(Samples.externalArtifact("taken", "rival")));

        ArtifactGenerator edited = Samples.generator("gen", "taken", "free");

        assertThat(checks(AccessRules.NONE).objection(edited, Samples.key("taken")))
                .hasValueSatisfying(message -> assertThat(message)
                        .startsWith("taken reconcile failed: ExternalArtifact apps/taken: it belongs to another"
                                + " ArtifactGenerator (source ArtifactGenerator/rival, UID uid-rival)"));
        assertThat(checks(AccessRules.NONE).objection(edited, Samples.key("free")))
                .isEmpty();
        assertThat(checks(AccessRules.NONE).denials(edited, List.of(Samples.key("taken"))))
                .isEmpty();
    }

    @Test
    void acceptsTheOwnArtifactWithoutARequest() throws IOException {
        informers.externalArtifacts().getIndexer().add(Samples.externalArtifact("part", "gen"));

        assertThat(checks(AccessRules.NONE).objection(Samples.generator("gen", "part"), Samples.key("part")))
                .isEmpty();
        assertThat(api.queries()).isEmpty();
    }

    @Test
    void reportsMissingPermissions() throws IOException {
        api.answer(REVIEWS, "{\"status\": {\"allowed\": false}}");
        ArtifactGenerator crossing = Samples.crossing("gen", "team-a", "part");
        List<ObjectKey> foreign = List.of(new ObjectKey("team-a", "part"));

        assertThat(checks(new AccessRules("deployer", false, ""))
                        .denials(crossing, foreign)
                        .values())
                .singleElement()
                .asString()
                .contains("service account \"apps/deployer\" may not create");
        assertThat(checks(new AccessRules("", true, ""))
                        .denials(crossing, foreign)
                        .values())
                .containsExactly("cross-namespace artifact team-a/part is not allowed without a service account; set"
                        + " spec.serviceAccountName");
        assertThat(checks(new AccessRules("deployer", false, "")).deletionObjection(crossing, foreign.get(0)))
                .isPresent();
        assertThat(checks(AccessRules.NONE).namespaceObjection(crossing, "team-a", true))
                .hasValueSatisfying(message -> assertThat(message).contains("requires a service account"));
    }

    @Test
    void refusesSourcesOfOtherNamespacesIfTheControllerDoes() {
        ArtifactGenerator edited = Samples.generator(
                "gen", Samples.spec(List.of(new SourceReference("app", "GitRepository", "app", "other")), "part"));

        assertThatThrownBy(() -> checks(new AccessRules("", true, "")).validate(edited))
                .hasMessage("cross-namespace reference to source GitRepository/other/app is not allowed");
    }
}
