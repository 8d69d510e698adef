package dev.sluice.artifact.tls;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of a PEM file (RFC 7468). Text between blocks is ignored.
 *
 * @param complete whether the next marker after the start of the block is its end
 */
record PemBlock(String label, String body, boolean complete) {

    private static final Pattern MARKER = Pattern.compile("-----(BEGIN|END) ([A-Z0-9 ]{1,64})-----");

    /** Needs time in proportion to the length of the text, which others can choose. */
    static List<PemBlock> parse(String text) {
        List<PemBlock> blocks = new ArrayList<>();
        String label = "";
        int start = 0;
        Matcher marker = MARKER.matcher(text);
        while (marker.find()) {
            boolean begins = marker.group(1).equals("BEGIN");
            if (!label.isEmpty()) {
                boolean complete = !begins && marker.group(2).equals(label);
                blocks.add(new PemBlock(label, text.substring(start, marker.start()), complete));
            }
            label = begins ? marker.group(2) : "";
            start = marker.end();
        }
        if (!label.isEmpty()) {
            blocks.add(new PemBlock(label, text.substring(start), false));
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
        if (!complete) {
            throw new GeneralSecurityException("its END line is missing");
        }
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
