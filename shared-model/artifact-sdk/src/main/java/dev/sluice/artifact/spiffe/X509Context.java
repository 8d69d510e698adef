package dev.sluice.artifact.spiffe;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One update of the Workload API: the own SVID, and the authorities of the own and of federated trust domains.
 *
 * @param id the own ID
 * @param chain the own certificate and its intermediates
 * @param key key of the certificate
 * @param bundles certificates of the authorities, by trust domain
 */
record X509Context(
        SpiffeId id, List<X509Certificate> chain, PrivateKey key, Map<String, List<X509Certificate>> bundles) {

    private static final int SVIDS = 1;
    private static final int FEDERATED_BUNDLES = 3;
    private static final int SVID_ID = 1;
    private static final int SVID_CHAIN = 2;
    private static final int SVID_KEY = 3;
    private static final int SVID_BUNDLE = 4;
    private static final int ENTRY_KEY = 1;
    private static final int ENTRY_VALUE = 2;

    /**
     * Parses a message X509SVIDResponse. The first SVID is the default one, as the standard says.
     *
     * @throws IOException if there is no valid SVID; quotes no key
     */
    static X509Context parse(ByteBuffer message) throws IOException {
        ProtobufFields response = ProtobufFields.read(message);
        if (response.all(SVIDS).isEmpty()) {
            throw new IOException("the Workload API sent no X.509-SVID");
        }
        ProtobufFields svid = ProtobufFields.read(response.all(SVIDS).get(0));
        String id = new String(svid.bytes(SVID_ID), StandardCharsets.UTF_8);
        try {
            return parse(SpiffeId.parse(id), svid, response.all(FEDERATED_BUNDLES));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // no cause: parsers quote their input
            throw new IOException("the Workload API sent an invalid X.509-SVID for \"" + id + "\"");
        }
    }

    private static X509Context parse(SpiffeId id, ProtobufFields svid, List<ByteBuffer> federated)
            throws IOException, GeneralSecurityException {
        Map<String, List<X509Certificate>> bundles = new TreeMap<>();
        for (ByteBuffer entry : federated) {
            ProtobufFields bundle = ProtobufFields.read(entry);
            String trustDomain = new String(bundle.bytes(ENTRY_KEY), StandardCharsets.UTF_8);
            // agents send the trust domain as an ID
            bundles.put(
                    trustDomain.startsWith(SpiffeId.SCHEME)
                            ? trustDomain.substring(SpiffeId.SCHEME.length())
                            : trustDomain,
                    certificates(bundle.bytes(ENTRY_VALUE)));
        }
        bundles.put(id.trustDomain(), certificates(svid.bytes(SVID_BUNDLE)));
        List<X509Certificate> chain = certificates(svid.bytes(SVID_CHAIN));
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("no certificate");
        }
        PrivateKey key = KeyFactory.getInstance(chain.get(0).getPublicKey().getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(svid.bytes(SVID_KEY)));
        return new X509Context(id, chain, key, Map.copyOf(bundles));
    }

    private static List<X509Certificate> certificates(byte[] der) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(der)).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    Instant expires() {
        return chain.get(0).getNotAfter().toInstant();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return id + ", valid until " + expires();
    }
}
