package dev.sluice.artifact.spiffe;

import dev.sluice.artifact.tls.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;

/** Issues SVIDs of one trust domain, and encodes them as the Workload API does. */
public final class TrustDomain {

    private final String name;
    private final TestAuthority authority;

    /** Creates a trust domain with its authority. */
    public TrustDomain(String name) {
        this.name = name;
        this.authority = new TestAuthority(name);
    }

    TestAuthority authority() {
        return authority;
    }

    /** Returns the name of a certificate for this path. */
    GeneralName nameOf(String path) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, "spiffe://" + name + path);
    }

    public TestAuthority.Issued issue(String path) {
        Instant now = Instant.now();
        return issue(path, now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)));
    }

    public TestAuthority.Issued issue(String path, Instant notBefore, Instant notAfter) {
        return authority.issue(nameOf(path), notBefore, notAfter);
    }

    /** Returns an update for this workload with the authorities of this trust domain only. */
    public byte[] update(String path) {
        return update(path, issue(path), List.of(this), List.of());
    }

    /** Returns an update with these authorities of the own trust domain, and those of federated ones. */
    public byte[] update(
            String path, TestAuthority.Issued svid, List<TrustDomain> bundle, List<TrustDomain> federated) {
        return update(path, svid, new byte[0], bundle, federated);
    }

    /** Returns an update with an SVID of an intermediate authority, and only the root in the bundle. */
    public byte[] updateWithIntermediate(String path) {
        TestAuthority.Issued intermediate = authority.issueAuthority();
        return update(
                path,
                TestAuthority.of(intermediate).issue(nameOf(path)),
                encoded(intermediate.certificate()),
                List.of(this),
                List.of());
    }

    private byte[] update(
            String path,
            TestAuthority.Issued svid,
            byte[] intermediates,
            List<TrustDomain> bundle,
            List<TrustDomain> federated) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(field(
                1,
                concat(
                        field(1, ("spiffe://" + name + path).getBytes(StandardCharsets.UTF_8)),
                        field(2, concat(encoded(svid.certificate()), intermediates)),
                        field(3, svid.keys().getPrivate().getEncoded()),
                        field(4, concat(bundle.stream().map(TrustDomain::der).toArray(byte[][]::new))))));
        for (TrustDomain other : federated) {
            byte[] key = field(1, ("spiffe://" + other.name).getBytes(StandardCharsets.UTF_8));
            message.writeBytes(field(3, concat(key, field(2, other.der()))));
        }
        return message.toByteArray();
    }

    private byte[] der() {
        return encoded(authority.certificate());
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Encodes a length-delimited field of protobuf. */
    static byte[] field(int number, byte[] value) {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        field.write((number << 3) | 2);
        int length = value.length;
        while (length > 0x7f) {
            field.write((length & 0x7f) | 0x80);
            length >>>= 7;
        }
        field.write(length);
        field.writeBytes(value);
        return field.toByteArray();
    }
}
