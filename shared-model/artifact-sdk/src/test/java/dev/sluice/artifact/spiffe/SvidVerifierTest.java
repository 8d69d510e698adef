package dev.sluice.artifact.spiffe;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.tls.TestAuthority;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which certificates of peers are accepted by the workload {@code spiffe://own.org/server}. */
class SvidVerifierTest {

    private static final TrustDomain OWN = new TrustDomain("own.org");
    private static final TrustDomain PARTNER = new TrustDomain("partner.org");
    private static final TrustDomain FORMER = new TrustDomain("own.org");
    private static final TrustDomain STRANGER = new TrustDomain("stranger.org");

    private final Instant now = Instant.now();

    record Refused(String name, X509Certificate peer, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Refused> refused() {
        TestAuthority authority = new TestAuthority("own.org");
        Instant now = Instant.now();
        return Stream.of(
                new Refused(
                        "another path",
                        OWN.issue("/intruder").certificate(),
                        "the peer's SPIFFE ID \"spiffe://own.org/intruder\" is not authorized; expected"
                                + " spiffe://self/client/,spiffe://partner.org/c (the own ID is"
                                + " \"spiffe://own.org/server\")"),
                new Refused(
                        "another trust domain",
                        STRANGER.issue("/client/a").certificate(),
                        "the trust domain of the peer's SPIFFE ID \"spiffe://stranger.org/client/a\" is unknown; the"
                                + " Workload API sent the authorities of [own.org, partner.org]"),
                new Refused(
                        "an authority that is no longer in the bundle",
                        FORMER.issue("/client/a").certificate(),
                        "the peer's certificate for \"spiffe://own.org/client/a\" was not issued by a current authority of"
                                + " trust domain \"own.org\""),
                new Refused(
                        "expired",
                        OWN.issue("/client/a", now.minusSeconds(9), now.minusSeconds(2))
                                .certificate(),
                        "the peer's certificate for \"spiffe://own.org/client/a\" is valid from "),
                new Refused(
                        "not yet valid",
                        OWN.issue("/client/a", now.plusSeconds(60), now.plusSeconds(90))
                                .certificate(),
                        "; check its rotation and the clocks"),
                new Refused(
                        "without a SPIFFE ID",
                        authority.issue().certificate(),
                        "the peer's certificate has 0 URI names instead of one SPIFFE ID; expected spiffe://self"),
                new Refused(
                        "with an ID that is not valid",
                        authority
                                .issue(new GeneralName(
                                        GeneralName.uniformResourceIdentifier, "https://own.org/client/a"))
                                .certificate(),
                        "the peer's certificate has an invalid SPIFFE ID; expected spiffe://self"),
                new Refused(
                        "with two SPIFFE IDs",
                        OWN.authority()
                                .issue(new GeneralNames(
                                        new GeneralName[] {OWN.nameOf("/client/a"), OWN.nameOf("/client/b")}))
                                .certificate(),
                        "the peer's certificate has 2 URI names instead of one SPIFFE ID; expected spiffe://self"),
                new Refused("an authority's own", authority.certificate(), "has 0 URI names"),
                new Refused(
                        "an authority with the SPIFFE ID of a workload",
                        OWN.authority().issueAuthority(OWN.nameOf("/client/a")).certificate(),
                        "the peer's certificate for \"spiffe://own.org/client/a\" is a CA certificate; expected spiffe://self"),
                new Refused(
                        "may sign certificates", withUsage(KeyUsage.keyCertSign), "\" is a CA certificate; expected"),
                new Refused("may sign CRLs", withUsage(KeyUsage.cRLSign), "\" is a CA certificate; expected"));
    }

    private static X509Certificate withUsage(int usage) {
        return OWN.authority()
                .issue(OWN.nameOf("/client/a"), KeyUsage.digitalSignature | usage)
                .certificate();
    }

    private static SvidVerifier verifier() throws IOException {
        byte[] update = OWN.update("/server", OWN.issue("/server"), List.of(OWN), List.of(PARTNER));
        return new SvidVerifier(
                X509Context.parse(ByteBuffer.wrap(update)),
                AuthorizedSpiffeIds.parse(List.of("spiffe://self/client/", "spiffe://partner.org/c")));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesAndTellsWhatWasOfferedAndExpected(Refused test) {
        assertThatThrownBy(() -> verifier().verify(new X509Certificate[] {test.peer()}, now))
                .isInstanceOf(PeerRefusedException.class)
                .hasMessageContaining(test.message());
    }

    @Test
    void acceptsAuthorizedIdsOfTheOwnAndOfFederatedTrustDomains() throws IOException {
        SvidVerifier verifier = verifier();
        for (TestAuthority.Issued peer : List.of(OWN.issue("/client/a"), PARTNER.issue("/c"))) {
            assertThatCode(() -> verifier.verify(new X509Certificate[] {peer.certificate()}, now))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void acceptsAKeyUsageForSignatures() {
        assertThatCode(() -> verifier().verify(new X509Certificate[] {withUsage(0)}, now))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsAnIntermediateAuthorityOfTheChain() throws IOException {
        TestAuthority.Issued intermediate = OWN.authority().issueAuthority();
        X509Certificate leaf =
                TestAuthority.of(intermediate).issue(OWN.nameOf("/client/a")).certificate();
        SvidVerifier verifier = verifier();
        assertThatCode(() -> verifier.verify(new X509Certificate[] {leaf, intermediate.certificate()}, now))
                .doesNotThrowAnyException();
        assertNotIssuedByCurrentAuthority(verifier, leaf);
    }

    @Test
    void refusesAChainThroughAnExpiredAuthorityAnotherWorkloadOrAnotherTrustDomain() throws IOException {
        SvidVerifier verifier = verifier();
        for (TestAuthority.Issued issuer : List.of(
                OWN.authority().issueExpiredAuthority(),
                OWN.authority().issue(OWN.nameOf("/client/b"), KeyUsage.digitalSignature),
                STRANGER.authority().issueAuthority(),
                PARTNER.authority().issueAuthority())) {
            X509Certificate leaf =
                    TestAuthority.of(issuer).issue(OWN.nameOf("/client/a")).certificate();
            assertNotIssuedByCurrentAuthority(verifier, leaf, issuer.certificate());
        }
    }

    private void assertNotIssuedByCurrentAuthority(SvidVerifier verifier, X509Certificate... chain) {
        assertThatThrownBy(() -> verifier.verify(chain, now))
                .isInstanceOf(PeerRefusedException.class)
                .hasMessageContaining("was not issued by a current authority of trust domain \"own.org\"");
    }

    /** Go and SPIRE treat an expired authority in a bundle as none, unlike the JDK. */
    @Test
    void doesNotTrustExpiredAuthorities() throws IOException {
        Instant later = now.plus(Duration.ofDays(2));
        X509Certificate peer =
                OWN.issue("/client/a", now, later.plusSeconds(60)).certificate();
        SvidVerifier verifier = verifier();
        assertThatThrownBy(() -> verifier.verify(new X509Certificate[] {peer}, later))
                .hasMessageContaining("was not issued by a current authority");
    }
}
