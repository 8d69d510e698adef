package dev.sluice.artifact.spiffe;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Validates certificates of peers as the X509-SVID standard says. */
record SvidVerifier(X509Context context, AuthorizedSpiffeIds authorized) {

    private static final Integer URI_NAME = 6;
    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;

    /** @throws PeerRefusedException if the chain is not that of an authorized peer; names what was offered and expected */
    void verify(X509Certificate[] chain, Instant now) throws PeerRefusedException {
        if (chain.length == 0) {
            throw new PeerRefusedException("the peer has no certificate; " + expected());
        }
        SpiffeId peer = idOf(chain[0]);
        requireLeaf(peer, chain[0]);
        requireValid(peer, chain[0], now);
        requireTrusted(peer, chain, now);
        if (!authorized.authorize(peer, context.id().trustDomain())) {
            throw new PeerRefusedException("the peer's SPIFFE ID \"" + peer + "\" is not authorized; " + expected());
        }
    }

    private String expected() {
        return "expected " + authorized + " (the own ID is \"" + context.id() + "\")";
    }

    private SpiffeId idOf(X509Certificate leaf) throws PeerRefusedException {
        try {
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            List<String> uris = (names == null ? List.<List<?>>of() : names)
                    .stream()
                            .filter(name -> URI_NAME.equals(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
            if (uris.size() != 1) {
                throw new PeerRefusedException("the peer's certificate has " + uris.size()
                        + " URI names instead of one SPIFFE ID; " + expected());
            }
            return SpiffeId.parse(uris.get(0));
        } catch (CertificateParsingException | IllegalArgumentException e) {
            throw new PeerRefusedException("the peer's certificate has an invalid SPIFFE ID; " + expected(), e);
        }
    }

    private void requireLeaf(SpiffeId peer, X509Certificate leaf) throws PeerRefusedException {
        boolean[] usage = leaf.getKeyUsage();
        if (leaf.getBasicConstraints() >= 0 || (usage != null && (usage[KEY_CERT_SIGN] || usage[CRL_SIGN]))) {
            throw new PeerRefusedException(
                    "the peer's certificate for \"" + peer + "\" is a CA certificate; " + expected());
        }
    }

    private void requireValid(SpiffeId peer, X509Certificate leaf, Instant now) throws PeerRefusedException {
        if (!isValid(leaf, now)) {
            throw new PeerRefusedException("the peer's certificate for \"" + peer + "\" is valid from "
                    + leaf.getNotBefore().toInstant() + " to "
                    + leaf.getNotAfter().toInstant()
                    + "; check its rotation and the clocks");
        }
    }

    private static boolean isValid(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    private void requireTrusted(SpiffeId peer, X509Certificate[] chain, Instant now) throws PeerRefusedException {
        List<X509Certificate> bundle = context.bundles().get(peer.trustDomain());
        if (bundle == null) {
            throw new PeerRefusedException("the trust domain of the peer's SPIFFE ID \"" + peer
                    + "\" is unknown; the Workload API sent the authorities of "
                    + new TreeSet<>(context.bundles().keySet()));
        }
        Set<TrustAnchor> anchors = bundle.stream()
                .filter(authority -> isValid(authority, now))
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet());
        try {
            PKIXBuilderParameters path = new PKIXBuilderParameters(anchors, selector(chain[0]));
            path.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(chain))));
            path.setRevocationEnabled(false);
            path.setDate(Date.from(now));
            CertPathBuilder.getInstance("PKIX").build(path);
        } catch (GeneralSecurityException e) {
            throw new PeerRefusedException(
                    "the peer's certificate for \"" + peer
                            + "\" was not issued by a current authority of trust domain \"" + peer.trustDomain() + "\"",
                    e);
        }
    }

    private static X509CertSelector selector(X509Certificate leaf) {
        X509CertSelector selector = new X509CertSelector();
        selector.setCertificate(leaf);
        return selector;
    }
}
