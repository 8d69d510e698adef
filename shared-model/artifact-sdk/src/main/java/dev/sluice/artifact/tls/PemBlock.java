package dev.sluice.artifact.tls;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of a PEM file (RFC 7468). Text between blocks is ignored. */
record PemBlock(String label, String body) {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----(.*?)-----END \\1-----", Pattern.DOTALL);

    static List<PemBlock> parse(String text) {
        List<PemBlock> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new PemBlock(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    boolean isCertificate() {
        return label.equals("CERTIFICATE");
    }

    boolean isPrivateKey() {
        return label.endsWith("PRIVATE KEY");
    }

    byte[] content() throws GeneralSecurityException {
        if (label.startsWith("ENCRYPTED") || body.contains("Proc-Type:")) {
            throw new GeneralSecurityException("it is encrypted; use a key without a password");
        }
        try {
            return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            // no cause: its message quotes the input
            throw new GeneralSecurityException("it is not valid PEM");
        }
    }

    /** Without the body, which can be a key. */
    @Override
    public String toString() {
        return label;
    }
}
