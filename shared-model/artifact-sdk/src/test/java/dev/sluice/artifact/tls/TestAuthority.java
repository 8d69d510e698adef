package dev.sluice.artifact.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for tests. */
public final class TestAuthority {

    private static final AtomicLong SERIAL = new AtomicLong(System.currentTimeMillis());
    private static final Map<ASN1ObjectIdentifier, ASN1Encodable> AUTHORITY =
            Map.of(Extension.basicConstraints, new BasicConstraints(true));

    private final String name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    /** A certificate with its key. */
    public record Issued(X509Certificate certificate, KeyPair keys) {

        public String certificatePem() {
            return pem(certificate);
        }

        /** In PKCS #8, as written by openssl. */
        public String keyPem() {
            try {
                return pem(new JcaPKCS8Generator(keys.getPrivate(), null));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** In PKCS #1 or SEC 1, as written by cert-manager. */
        public String traditionalKeyPem() {
            return pem(keys.getPrivate());
        }
    }

    public TestAuthority(String name) {
        this.name = "CN=" + name;
        this.keys = keys("EC", 256);
        Instant now = Instant.now();
        this.certificate =
                sign(this.name, keys, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)), AUTHORITY);
    }

    private TestAuthority(Issued own) {
        this.name = own.certificate().getSubjectX500Principal().getName();
        this.keys = own.keys();
        this.certificate = own.certificate();
    }

    /** Signs with a certificate that another authority issued, whether or not it permits that. */
    public static TestAuthority of(Issued own) {
        return new TestAuthority(own);
    }

    /** Issues the certificate of an intermediate authority, valid now, which can also have a name. */
    public Issued issueAuthority(GeneralName... alternative) {
        Map<ASN1ObjectIdentifier, ASN1Encodable> extensions = new HashMap<>(AUTHORITY);
        if (alternative.length > 0) {
            extensions.put(Extension.subjectAlternativeName, new GeneralNames(alternative));
        }
        return issueWith(extensions);
    }

    /** Issues the certificate of an intermediate authority that has expired. */
    public Issued issueExpiredAuthority() {
        Instant now = Instant.now();
        return issueWith(AUTHORITY, now.minusSeconds(7200), now.minusSeconds(1));
    }

    /** Issues a certificate with a {@link KeyUsage} that is no authority's, valid now. */
    public Issued issue(GeneralName subject, int usage) {
        Map<ASN1ObjectIdentifier, ASN1Encodable> extensions = new HashMap<>(leaf(subject));
        extensions.put(Extension.keyUsage, new KeyUsage(usage));
        return issueWith(extensions);
    }

    private Issued issueWith(Map<ASN1ObjectIdentifier, ASN1Encodable> extensions) {
        Instant now = Instant.now();
        return issueWith(extensions, now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)));
    }

    private Issued issueWith(Map<ASN1ObjectIdentifier, ASN1Encodable> extensions, Instant start, Instant end) {
        KeyPair own = keys("EC", 256);
        return new Issued(sign("CN=issued-" + SERIAL.incrementAndGet(), own, start, end, extensions), own);
    }

    public String pem() {
        return pem(certificate);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** Issues a certificate for 127.0.0.1, valid now, with an EC key. */
    public Issued issue() {
        return issue(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    }

    /** Issues a certificate for another name, valid now. */
    public Issued issue(GeneralName subject) {
        Instant now = Instant.now();
        return issue(keys("EC", 256), subject, now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)));
    }

    /** Issues a certificate for 127.0.0.1 with this validity. */
    public Issued issue(Instant notBefore, Instant notAfter) {
        return issue(keys("EC", 256), new GeneralName(GeneralName.iPAddress, "127.0.0.1"), notBefore, notAfter);
    }

    /** Issues a certificate for several names, valid now. */
    public Issued issue(GeneralNames names) {
        return issueWith(Map.of(
                Extension.basicConstraints, new BasicConstraints(false), Extension.subjectAlternativeName, names));
    }

    /** Issues a certificate for another name with this validity. */
    public Issued issue(GeneralName subject, Instant notBefore, Instant notAfter) {
        return issue(keys("EC", 256), subject, notBefore, notAfter);
    }

    /** Issues a certificate for 127.0.0.1 for this key. */
    public Issued issue(KeyPair own) {
        Instant now = Instant.now();
        return issue(
                own,
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                now.minus(Duration.ofHours(1)),
                now.plus(Duration.ofHours(1)));
    }

    private Issued issue(KeyPair own, GeneralName subject, Instant notBefore, Instant notAfter) {
        return new Issued(sign("CN=leaf", own, notBefore, notAfter, leaf(subject)), own);
    }

    private static Map<ASN1ObjectIdentifier, ASN1Encodable> leaf(GeneralName subject) {
        return Map.of(
                Extension.basicConstraints,
                new BasicConstraints(false),
                Extension.subjectAlternativeName,
                new GeneralNames(subject));
    }

    private X509Certificate sign(
            String subject,
            KeyPair own,
            Instant notBefore,
            Instant notAfter,
            Map<ASN1ObjectIdentifier, ASN1Encodable> extensions) {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name(name),
                BigInteger.valueOf(SERIAL.incrementAndGet()),
                Date.from(notBefore),
                Date.from(notAfter),
                new X500Name(subject),
                own.getPublic());
        try {
            for (Map.Entry<ASN1ObjectIdentifier, ASN1Encodable> extension : extensions.entrySet()) {
                boolean critical = !extension.getKey().equals(Extension.subjectAlternativeName);
                builder.addExtension(extension.getKey(), critical, extension.getValue());
            }
            byte[] encoded = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
