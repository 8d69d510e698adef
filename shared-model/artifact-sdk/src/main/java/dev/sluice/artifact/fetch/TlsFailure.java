package dev.sluice.artifact.fetch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** What a failed TLS handshake says about the peer. Quotes only words of the TLS standard, no text of the server. */
final class TlsFailure {

    private static final Pattern ALERT = Pattern.compile("Received fatal alert: ([a-z_]+)");
    private static final String NO_TLS = "Unsupported or unrecognized SSL message";

    private TlsFailure() {}

    /** Returns the end of a message; empty if the reason is unknown. */
    static String reason(SSLException e) {
        String message = String.valueOf(e.getMessage());
        Matcher alert = ALERT.matcher(message);
        if (alert.find()) {
            return ": the host refused it with the alert " + alert.group(1);
        }
        return message.contains(NO_TLS) ? ": the host does not answer in TLS" : "";
    }
}
