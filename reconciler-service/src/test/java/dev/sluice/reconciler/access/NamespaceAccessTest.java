package dev.sluice.reconciler.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NamespaceAccessTest {

    private static final AccessRules DEFAULT = new AccessRules("fallback", false, "");
    private static final String MISSING = "managing namespaces requires a service account; set spec.serviceAccountName";

    private final FakeReviews reviews = new FakeReviews();

    @Test
    void alwaysNeedsAnAccount() throws IOException {
        NamespaceAccess access = reviews.namespaceAccess(AccessRules.NONE);

        assertThat(access.missingAccount(generator(null))).contains(MISSING);
        assertThat(access.missingAccount(generator(""))).contains(MISSING);
        assertThat(access.denial(generator(null), "tenant", true)).contains(MISSING);
        assertThat(access.deletionDenial(generator(null), "tenant")).contains(MISSING);
        assertThat(reviews.asked()).isEmpty();
    }

    @Test
    void theDefaultAccountIsEnough() throws IOException {
        NamespaceAccess access = reviews.namespaceAccess(DEFAULT);

        assertThat(access.missingAccount(generator(null))).isEmpty();
        assertThat(access.denial(generator(null), "tenant", false)).isEmpty();
        assertThat(reviews.asked()).isEqualTo(asked("fallback", "create", "patch"));
    }

    @Test
    void asksByNameAndForTheDeletionOnlyWithPrune() throws IOException {
        ArtifactGenerator generator = generator("deployer");

        assertThat(reviews.namespaceAccess(DEFAULT).denial(generator, "tenant", false))
                .isEmpty();
        assertThat(reviews.asked()).isEqualTo(asked("deployer", "create", "patch"));

        reviews.asked().clear();
        assertThat(reviews.namespaceAccess(DEFAULT).denial(generator, "tenant", true))
                .isEmpty();
        assertThat(reviews.asked()).isEqualTo(asked("deployer", "create", "patch", "delete"));

        reviews.asked().clear();
        assertThat(reviews.namespaceAccess(DEFAULT).deletionDenial(generator, "tenant"))
                .isEmpty();
        assertThat(reviews.asked()).isEqualTo(asked("deployer", "delete"));
    }

    @Test
    void aDenialNamesAccountVerbAndNamespace() throws IOException {
        reviews.deny("tenant", "delete namespaces");
        NamespaceAccess access = reviews.namespaceAccess(AccessRules.NONE);
        String denial = "service account \"apps/deployer\" may not delete namespaces \"tenant\"; it needs the verbs ";

        assertThat(access.denial(generator("deployer"), "tenant", false)).isEmpty();
        assertThat(access.denial(generator("deployer"), "tenant", true))
                .contains(denial + "create, patch, delete on namespaces");
        assertThat(access.deletionDenial(generator("deployer"), "tenant")).contains(denial + "delete on namespaces");
        assertThat(access.deletionDenial(generator("deployer"), "other")).isEmpty();
    }

    @Test
    void anUnresponsiveApiServerIsNotADenial() {
        reviews.breakDown();
        NamespaceAccess access = reviews.namespaceAccess(AccessRules.NONE);

        assertThatIOException().isThrownBy(() -> access.denial(generator("deployer"), "tenant", false));
        assertThatIOException().isThrownBy(() -> access.deletionDenial(generator("deployer"), "tenant"));
    }

    private static List<String> asked(String account, String... verbs) {
        return Stream.of(verbs)
                .map(verb -> "system:serviceaccount:apps:%s tenant: %s namespaces".formatted(account, verb))
                .toList();
    }

    private static ArtifactGenerator generator(@Nullable String account) {
        ArtifactGeneratorSpec plain = Samples.generator("gen", "a").spec();
        return Samples.generator(
                "gen",
                new ArtifactGeneratorSpec(plain.sources(), plain.artifacts(), null, null, account, null, List.of()));
    }
}
