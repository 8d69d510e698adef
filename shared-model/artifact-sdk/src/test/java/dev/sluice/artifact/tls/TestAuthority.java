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
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority for tests. */
public final class TestAuthority {

    private static final AtomicLong SERIAL = new AtomicLong(System.currentTimeMillis());

    private final String name;
    private final KeyPair keys = keys("EC", 256);
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
        Instant now = Instant.now();
        this.certificate = sign(this.name, keys, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)), null);
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
        return new Issued(sign("CN=leaf", own, notBefore, notAfter, subject), own);
    }

    private X509Certificate sign(
            String subject, KeyPair own, Instant notBefore, Instant notAfter, @Nullable GeneralName alternative) {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name(name),
                BigInteger.valueOf(SERIAL.incrementAndGet()),
                Date.from(notBefore),
                Date.from(notAfter),
                new X500Name(subject),
                own.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(alternative == null));
            if (alternative != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternative));
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
