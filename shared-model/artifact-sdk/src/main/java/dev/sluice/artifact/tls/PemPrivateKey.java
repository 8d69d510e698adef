package dev.sluice.artifact.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;

/** Reads private keys in PKCS #8 (RFC 5208), and in the older formats PKCS #1 (RSA) and SEC 1 (EC). */
final class PemPrivateKey {

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION = {0x02, 0x01, 0x00};

    private PemPrivateKey() {}

    /**
     * Reads a key.
     *
     * @param owner public key of the certificate, which determines the algorithm and the curve
     * @throws GeneralSecurityException if the key is invalid or does not belong to the public key; does not quote it
     */
    static PrivateKey read(PemBlock block, PublicKey owner) throws GeneralSecurityException {
        byte[] pkcs8 = switch (block.label()) {
            case "PRIVATE KEY" -> block.content();
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> pkcs8(block.content(), owner);
            case "ENCRYPTED PRIVATE KEY" ->
                throw new GeneralSecurityException("it is encrypted; use a key without a password");
            default -> throw new GeneralSecurityException("its format \"" + block.label() + "\" is unknown");
        };
        PrivateKey key = parse(pkcs8, owner);
        if (!isPair(key, owner)) {
            throw notOfCertificate();
        }
        return key;
    }

    private static PrivateKey parse(byte[] pkcs8, PublicKey owner) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance(owner.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (InvalidKeySpecException e) {
            // no cause: parsers quote their input
            throw notOfCertificate();
        }
    }

    private static GeneralSecurityException notOfCertificate() {
        return new GeneralSecurityException("it is damaged or does not belong to the certificate");
    }

    private static boolean isPair(PrivateKey key, PublicKey owner) throws GeneralSecurityException {
        String algorithm = switch (owner.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> owner.getAlgorithm();
        };
        byte[] message = {1};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(message);
        byte[] signed = signature.sign();
        signature.initVerify(owner);
        signature.update(message);
        return signature.verify(signed);
    }

    /** Wraps an older format: the algorithm of PKCS #8 is encoded as in the public key. */
    private static byte[] pkcs8(byte[] key, PublicKey owner) {
        return der(SEQUENCE, VERSION, algorithm(owner), der(OCTET_STRING, key));
    }

    /** Returns the first element of the SubjectPublicKeyInfo. */
    private static byte[] algorithm(PublicKey owner) {
        ByteBuffer in = ByteBuffer.wrap(owner.getEncoded());
        enter(in);
        int start = in.position();
        int length = enter(in);
        byte[] element = new byte[in.position() - start + length];
        in.position(start).get(element);
        return element;
    }

    /** Reads the tag and returns the length of the element, which follows. */
    private static int enter(ByteBuffer in) {
        in.get();
        int length = in.get() & 0xff;
        if (length < 0x80) {
            return length;
        }
        int value = 0;
        for (int i = length & 0x7f; i > 0; i--) {
            value = (value << 8) | (in.get() & 0xff);
        }
        return value;
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        writeLength(element, content.size());
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream element, int length) {
        if (length < 0x80) {
            element.write(length);
            return;
        }
        int bytes = length < 0x100 ? 1 : 2;
        element.write(0x80 | bytes);
        for (int i = bytes - 1; i >= 0; i--) {
            element.write(length >> (8 * i));
        }
    }
}
