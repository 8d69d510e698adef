package dev.sluice.reconciler.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TargetAccessTest {

    private static final ObjectKey OWN = Samples.key("a");
    private static final ObjectKey FOREIGN = new ObjectKey("tenant-a", "a");
    private static final AccessRules DEFAULT = new AccessRules("fallback", false, "");
    private static final AccessRules LOCKED = new AccessRules("", true, "");
    private static final String NEEDS =
            "; it needs the verbs create, patch and delete on externalartifacts and patch on externalartifacts/status"
                    + " there";

    private final FakeReviews reviews = new FakeReviews();

    /** A row of the table of who is checked where. */
    private record Row(
            String name, @Nullable String account, AccessRules rules, ObjectKey artifact, List<String> asked) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row("explicit account, own namespace", "deployer", AccessRules.NONE, OWN, all("deployer", "apps")),
                new Row(
                        "explicit account, other namespace",
                        "deployer",
                        AccessRules.NONE,
                        FOREIGN,
                        all("deployer", "tenant-a")),
                new Row("explicit before default", "deployer", DEFAULT, FOREIGN, all("deployer", "tenant-a")),
                new Row("default account, own namespace", null, DEFAULT, OWN, List.of()),
                new Row("empty account, own namespace", "", DEFAULT, OWN, List.of()),
                new Row("default account, other namespace", null, DEFAULT, FOREIGN, all("fallback", "tenant-a")),
                new Row("no account, own namespace", null, AccessRules.NONE, OWN, List.of()),
                new Row("no account, other namespace", null, AccessRules.NONE, FOREIGN, List.of()),
                new Row("no account, own namespace, locked", null, LOCKED, OWN, List.of()),
                new Row("account, other namespace, locked", "deployer", LOCKED, FOREIGN, all("deployer", "tenant-a")));
    }

    private static List<String> all(String account, String namespace) {
        return Stream.of(
                        "create externalartifacts",
                        "patch externalartifacts",
                        "delete externalartifacts",
                        "patch externalartifacts/status")
                .map(verb -> "system:serviceaccount:apps:%s %s: %s".formatted(account, namespace, verb))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void asksForTheAccountThatDecides(Row row) throws IOException {
        assertThat(reviews.access(row.rules()).denials(generator(row.account()), List.of(row.artifact())))
                .isEmpty();
        assertThat(reviews.asked()).isEqualTo(row.asked());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void asksForTheDeletionOnly(Row row) throws IOException {
        assertThat(reviews.access(row.rules()).deletionDenial(generator(row.account()), row.artifact()))
                .isEmpty();
        assertThat(reviews.asked())
                .isEqualTo(row.asked().stream()
                        .filter(asked -> asked.contains(": delete "))
                        .toList());
    }

    static Stream<String> verbs() {
        return all("deployer", "tenant-a").stream().map(asked -> asked.substring(asked.lastIndexOf(": ") + 2));
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void eachMissingVerbIsADenialThatNamesAccountVerbResourceAndNamespace(String verb) throws IOException {
        reviews.deny("tenant-a", verb);

        assertThat(reviews.access(AccessRules.NONE).denials(generator("deployer"), List.of(OWN, FOREIGN)))
                .isEqualTo(Map.of(
                        FOREIGN,
                        "service account \"apps/deployer\" may not %s.source.toolkit.fluxcd.io in namespace \"tenant-a\""
                                        .formatted(verb)
                                + NEEDS));
    }

    @Test
    void asksOnceForAThousandArtifactsAndOnceForADeniedNamespace() throws IOException {
        reviews.deny("closed", "create externalartifacts");
        List<ObjectKey> artifacts = Stream.of("open", "closed")
                .flatMap(namespace -> IntStream.range(0, 500).mapToObj(i -> new ObjectKey(namespace, "a" + i)))
                .toList();

        assertThat(reviews.access(AccessRules.NONE).denials(generator("deployer"), artifacts))
                .hasSize(500)
                .allSatisfy((key, denial) -> assertThat(key.namespace()).isEqualTo("closed"));
        assertThat(reviews.asked()).hasSize(5);
    }

    @Test
    void refusesOtherNamespacesWithoutAnAccountIfLocked() throws IOException {
        TargetAccess access = reviews.access(LOCKED);

        assertThat(access.denials(generator(null), List.of(OWN, FOREIGN)))
                .isEqualTo(Map.of(
                        FOREIGN,
                        "cross-namespace artifact tenant-a/a is not allowed without a service account; set"
                                + " spec.serviceAccountName"));
        assertThat(access.deletionDenial(generator(null), FOREIGN))
                .contains("cross-namespace artifact tenant-a/a cannot be removed without a service account; set"
                        + " spec.serviceAccountName");
    }

    @Test
    void refusesOtherNamespacesIfOnlyOneIsWatched() throws IOException {
        TargetAccess access = reviews.access(new AccessRules("", false, "apps"));

        assertThat(access.denials(generator("deployer"), List.of(OWN, FOREIGN)))
                .isEqualTo(Map.of(
                        FOREIGN,
                        "cross-namespace artifact tenant-a/a is not allowed: the controller watches only namespace"
                                + " \"apps\""));
    }

    @Test
    void anUnresponsiveApiServerIsNotADenial() {
        reviews.breakDown();
        TargetAccess access = reviews.access(AccessRules.NONE);

        assertThatIOException().isThrownBy(() -> access.denials(generator("deployer"), List.of(FOREIGN)));
        assertThatIOException().isThrownBy(() -> access.deletionDenial(generator("deployer"), FOREIGN));
    }

    /** The schema excludes such a name; it would change the user name. */
    @Test
    void anInvalidAccountMayNothing() {
        TargetAccess access = reviews.access(AccessRules.NONE);

        assertThatIOException()
                .isThrownBy(() -> access.denials(generator("a:b"), List.of(OWN)))
                .withMessage("spec.serviceAccountName: 'a:b' is not a valid name of a service account");
        assertThatIOException().isThrownBy(() -> access.deletionDenial(generator("a:b"), FOREIGN));
        assertThat(reviews.asked()).isEmpty();
    }

    private static ArtifactGenerator generator(@Nullable String account) {
        ArtifactGeneratorSpec plain = Samples.generator("gen", "a").spec();
        return Samples.generator(
                "gen",
                new ArtifactGeneratorSpec(plain.sources(), plain.artifacts(), null, null, account, null, List.of()));
    }
}
