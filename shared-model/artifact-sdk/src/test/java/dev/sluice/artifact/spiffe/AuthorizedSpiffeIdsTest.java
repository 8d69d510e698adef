package dev.sluice.artifact.spiffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of authorized IDs; the own trust domain is {@code own.org}. */
class AuthorizedSpiffeIdsTest {

    @ParameterizedTest
    @CsvSource({
        // every ID of a trust domain
        "spiffe://a.org, spiffe://a.org, true",
        "spiffe://a.org, spiffe://a.org/ns/flux/sa/x, true",
        "spiffe://a.org, spiffe://b.a.org/ns/flux, false",
        "spiffe://a.org, spiffe://a.orgs/ns/flux, false",
        // one ID
        "spiffe://a.org/ns/flux, spiffe://a.org/ns/flux, true",
        "spiffe://a.org/ns/flux, spiffe://a.org/ns/flux/sa/x, false",
        "spiffe://a.org/ns/flux, spiffe://a.org/ns/flux-system, false",
        "spiffe://a.org/ns/flux, spiffe://a.org/ns/FLUX, false",
        "spiffe://a.org/ns/flux, spiffe://a.org, false",
        "spiffe://a.org/ns/flux, spiffe://b.org/ns/flux, false",
        // every ID with a prefix
        "spiffe://a.org/ns/flux/, spiffe://a.org/ns/flux/sa/x, true",
        "spiffe://a.org/ns/flux/, spiffe://a.org/ns/flux/sa/x/y, true",
        "spiffe://a.org/ns/flux/, spiffe://a.org/ns/flux, false",
        "spiffe://a.org/ns/flux/, spiffe://a.org/ns/flux-system/sa/x, false",
        "spiffe://a.org/ns/flux/, spiffe://b.org/ns/flux/sa/x, false",
        "spiffe://a.org/, spiffe://a.org/x, true",
        "spiffe://a.org/, spiffe://a.org, false",
        // the own trust domain
        "spiffe://self, spiffe://own.org/x, true",
        "spiffe://self, spiffe://self/x, false",
        "spiffe://self, spiffe://a.org/x, false",
        "spiffe://self/x, spiffe://own.org/x, true",
        "spiffe://self/x, spiffe://own.org/x/y, false",
        "spiffe://self/x/, spiffe://own.org/x/y, true",
        "spiffe://self/x/, spiffe://own.org/x, false",
        "spiffe://self.org, spiffe://own.org/x, false",
    })
    void authorizes(String form, String peer, boolean expected) {
        assertThat(AuthorizedSpiffeIds.parse(List.of(form)).authorize(SpiffeId.parse(peer), "own.org"))
                .isEqualTo(expected);
    }

    @Test
    void oneOfSeveralFormsIsEnough() {
        AuthorizedSpiffeIds ids = AuthorizedSpiffeIds.parse(List.of("spiffe://a.org/x", "spiffe://self/y/"));
        assertThat(ids.authorize(SpiffeId.parse("spiffe://own.org/y/z"), "own.org"))
                .isTrue();
        assertThat(ids.authorize(SpiffeId.parse("spiffe://a.org/y/z"), "own.org"))
                .isFalse();
        assertThat(ids).hasToString("spiffe://a.org/x,spiffe://self/y/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.org",
                "spiffe://",
                "spiffe:///x",
                "SPIFFE://a.org",
                "https://a.org/x",
                "spiffe://A.org/x",
                "spiffe://a.org:80/x",
                "spiffe://user@a.org/x",
                "spiffe://a.org//x",
                "spiffe://a.org/x//",
                "spiffe://a.org/./x",
                "spiffe://a.org/x/..",
                "spiffe://a.org/../",
                "spiffe://a.org/x y",
                "spiffe://a.org/%41",
                "spiffe://a.org/x?y",
                "spiffe://a.org/x#y",
                "spiffe://a.org/*",
                "spiffe://ä.org/x",
                "spiffe://a.org/x,spiffe://a.org/y",
            })
    void refusesOtherFormsAndNamesThem(String form) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthorizedSpiffeIds.parse(List.of("spiffe://a.org", form)))
                .withMessageContaining("\"" + form + "\"")
                .withMessageContaining("spiffe://TRUST-DOMAIN/PATH/");
    }

    @Test
    void needsAtLeastOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> AuthorizedSpiffeIds.parse(List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spiffe://a.org/...", "spiffe://a_b-c.1/A/b.c_d-e", "spiffe://a.org"})
    void readsIds(String id) {
        assertThat(SpiffeId.parse(id)).hasToString(id);
    }

    @Test
    void refusesLongIds() {
        assertThatIllegalArgumentException().isThrownBy(() -> SpiffeId.parse("spiffe://a/" + "x".repeat(2048)));
    }
}
